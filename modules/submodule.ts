import type { Construct } from "constructs";
import type { IResolvable, ITerraformDependable } from "cdktf";
import { TerraformHclModule, ref } from "cdktf";
import type { ModuleStack } from "../lib/module";
import type { Toggle } from "../lib/terraform/expression";
import { tf, tfString } from "../lib/terraform/expression";

/** How the root module calls one of its parts. */
export interface SubmoduleProps {
  /** The part, from which the call takes its source and its inputs. */
  readonly module: ModuleStack;
  /** Inputs that are not just the root's input of the same name. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /**
   * Whether there is one.
   *
   * @default true
   */
  readonly condition?: Toggle;
  /**
   * What must be there before, and stay until it is gone.
   *
   * @default - what its inputs refer to
   */
  readonly dependsOn?: ITerraformDependable[];
}

/** A call of a part by the root module: every input of the part is passed on by its name unless said otherwise. */
export class Submodule extends TerraformHclModule {
  private readonly condition: Toggle;

  constructor(scope: Construct, id: string, props: SubmoduleProps) {
    const names = props.module.variables.map((variable) => variable.name);
    const stranger = Object.keys(props.inputs ?? {}).find((name) => !names.includes(name));
    if (stranger !== undefined) {
      throw new Error(`"inputs" of the submodule "${id}" has "${stranger}", but must only have ${names.join(", ")}`);
    }
    super(scope, id, {
      source: `./${props.module.props.path}`,
      skipAssetCreationFromLocalModules: true,
      dependsOn: props.dependsOn,
      variables: Object.fromEntries(names.map((name) => [name, props.inputs?.[name] ?? ref(`var.${name}`)])),
    });
    this.condition = props.condition ?? true;
    if (this.condition !== true) {
      this.addOverride("count", tf`${this.condition} ? 1 : 0`);
    }
  }

  /** An output of the part, or `otherwise` (null by default) where there is none. */
  public output(name: string, otherwise: unknown = null): string {
    return this.condition === true
      ? this.getString(name)
      : tfString`${this.condition} ? ${this.only(name)} : ${otherwise}`;
  }

  /** An output of the part as a list of none or one. */
  public all(name: string): IResolvable {
    return this.condition === true ? tf`[${this.getString(name)}]` : tf`${this.condition} ? [${this.only(name)}] : []`;
  }

  /** An output of the only instance. What refers to it waits for that output; through `[*]` it would wait for all of the part. */
  private only(name: string): IResolvable {
    return tf`${this.fqn}[0].${ref(name)}`;
  }
}
