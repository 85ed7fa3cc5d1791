import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Construct } from "constructs";
import type { TerraformBackend } from "cdktf";
import { TerraformAsset, TerraformLocal } from "cdktf";
import { ReadableStack } from "../terraform/readable-stack";
import { ModuleAsset } from "./module-asset";
import { ModuleFile } from "./module-file";
import { ModuleVariable } from "./module-variable";
import type { ProviderRequirementProps } from "./provider-requirement";
import { ProviderRequirement, REQUIRED_VERSION } from "./provider-requirement";

/** What is said about a published module. */
export interface ModuleStackProps {
  /** Its title, as the heading of its README. */
  readonly title: string;
  /** Markdown that says what it makes and when to use it; stands above the generated tables of its README. */
  readonly description: string;
  /** The providers it needs. */
  readonly providers: readonly ProviderRequirementProps[];
  /** The folder below the published root, such as `modules/fargate-profile`; "" is the root itself. */
  readonly path: string;
}

/** The address of something that moved between two versions of a module. */
export interface MovedBlock {
  /** The old address, `aws_iam_role.node`. */
  readonly from: string;
  /** The new address. */
  readonly to: string;
}

/** Terraform JSON as a plain object. */
export type TerraformJson = Record<string, unknown>;

/**
 * A stack that becomes a published Terraform module instead of a deployment: no backend, no provider block, no metadata,
 * addresses without hashes.
 */
export class ModuleStack extends ReadableStack {
  /** What is said about the module. */
  public readonly props: ModuleStackProps;
  private readonly moves: MovedBlock[] = [];

  constructor(scope: Construct, id: string, props: ModuleStackProps) {
    super(scope, id);
    this.props = props;
    props.providers.forEach((requirement) => new ProviderRequirement(this, requirement));
    this.addOverride("terraform.required_version", REQUIRED_VERSION);
    this.node.addValidation({ validate: () => this.foreignAssets() });
    const { synthesizer } = this;
    this.synthesizer = {
      synthesize: (session) => {
        synthesizer.synthesize(session);
        this.writeBeside(join(session.outdir, session.manifest.forStack(this).workingDirectory));
      },
    };
  }

  /**
   * States that a resource has a new address, so that users' resources are kept. Written as a `moved` block; cdktf's own
   * `moveTo` would need the terraform binary at synth.
   */
  public addMoved(move: MovedBlock): void {
    this.moves.push(move);
    this.addOverride("moved", this.moves);
  }

  /** A named value of the module, `local.<name>`. */
  public local(name: string, value: unknown): string {
    const local = new TerraformLocal(this, `local ${name}`, value);
    local.overrideLogicalId(name);
    return local.asString;
  }

  /** The module's inputs in the order they were declared. */
  public get variables(): ModuleVariable[] {
    return this.node.findAll().filter((node): node is ModuleVariable => node instanceof ModuleVariable);
  }

  /** The folders that ship beside the module's files. */
  public get assets(): ModuleAsset[] {
    return this.node.findAll().filter((node): node is ModuleAsset => node instanceof ModuleAsset);
  }

  /** The files that are written beside the module's own. */
  public get files(): ModuleFile[] {
    return this.node.findAll().filter((node): node is ModuleFile => node instanceof ModuleFile);
  }

  /** The module as Terraform JSON, without cdktf's metadata. */
  public toModule(): TerraformJson {
    this.prepareStack();
    this.runAllValidations();
    return withoutMetadata(this.toTerraform()) as TerraformJson;
  }

  /** Writes what ships beside the module's own files: `app.synth()` does, and `writeModule`. */
  public writeBeside(folder: string): void {
    for (const { source, path } of this.assets) {
      cpSync(source, join(folder, path), { recursive: true });
    }
    for (const { props } of this.files) {
      mkdirSync(dirname(join(folder, props.path)), { recursive: true });
      writeFileSync(join(folder, props.path), props.content);
    }
  }

  /** Assets of cdktf, whose path is one below the root that cdktf deploys, which whoever calls the module does not have. */
  private foreignAssets(): string[] {
    return this.node
      .findAll()
      .filter((node): node is TerraformAsset => node instanceof TerraformAsset)
      .map(
        ({ node }) =>
          `"${node.path}" is a TerraformAsset, but a module can only carry files that lie beside its own; take a ModuleAsset, ` +
          "whose modulePath begins with path.module",
      );
  }

  /** A module has no backend: the root that calls it has one. cdktf asks for one of every stack. */
  public override ensureBackendExists(): TerraformBackend {
    return undefined as unknown as TerraformBackend;
  }
}

/** Drops every `"//"` where cdktf keeps construct paths and its own version; one that is a text is a comment of ours. */
function withoutMetadata(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutMetadata);
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key, item]) => key !== "//" || typeof item === "string")
        .map(([key, item]) => [key, withoutMetadata(item)]),
    );
  }
  return value;
}
