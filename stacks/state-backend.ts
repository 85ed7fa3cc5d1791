import { isAbsolute, posix } from "node:path";
import type { TerraformRemoteState, TerraformStack } from "cdktf";
import { DataTerraformRemoteState, getHostNameType, LocalBackend, S3Backend, TerraformBackend } from "cdktf";
import type { Construct } from "constructs";
import type { AcknowledgedWarningsProps } from "../lib/inputs/acknowledged-warnings";
import { warn } from "../lib/inputs/acknowledged-warnings";
import { REQUIRED_VERSION } from "../lib/module/provider-requirement";

/** The state in a file on this machine: for trials, and for one person. */
export interface LocalState {
  /** The kind of backend. */
  readonly type: "local";
  /**
   * The file, relative to the folder that holds the output folder (the project's), or absolute.
   *
   * @default - `terraform.<stack>.tfstate`
   */
  readonly path?: string;
}

/** The state in an S3 bucket of yours, locked by S3 itself. */
export interface S3State {
  /** The kind of backend. */
  readonly type: "s3";
  /** The bucket's name. */
  readonly bucket: string;
  /** The region that the bucket is in. */
  readonly region: string;
  /**
   * The object that holds the state.
   *
   * @default - `karpenter/<stack>.tfstate`
   */
  readonly key?: string;
  /**
   * The ARN of the KMS key that encrypts the state.
   *
   * @default - the bucket's own encryption
   */
  readonly kmsKeyArn?: string;
  /**
   * The ARN of the role to read and write the state as.
   *
   * @default - the credentials that Terraform finds
   */
  readonly roleArn?: string;
  /**
   * Whether two runs at once are kept apart by a lock file in the bucket; needs Terraform or OpenTofu 1.10.
   *
   * @default true
   */
  readonly useLockfile?: boolean;
}

/** The state in HCP Terraform or Terraform Enterprise. */
export interface CloudState {
  /** The kind of backend. */
  readonly type: "cloud";
  /** The organization's name. */
  readonly organization: string;
  /**
   * The workspace's name; each cluster has one of its own.
   *
   * @default - `karpenter-<stack>`
   */
  readonly workspace?: string;
  /**
   * The host of Terraform Enterprise.
   *
   * @default - HCP Terraform
   */
  readonly hostname?: string;
}

/** Where a stack's state is kept. */
export type StateBackend = LocalState | S3State | CloudState;

/** Terraform runs in `cdktf.out/stacks/<stack>`; from there, this is the folder that holds `cdktf.out`. */
const PROJECT_FOLDER = "../../..";

/** The backend with what it leaves out: each stack has a place of its own. */
function complete(stackId: string, backend: StateBackend = { type: "local" }) {
  switch (backend.type) {
    case "local":
      return { ...backend, path: backend.path ?? `terraform.${stackId}.tfstate` };
    case "s3":
      return { ...backend, key: backend.key ?? `karpenter/${stackId}.tfstate` };
    case "cloud":
      return { ...backend, workspace: backend.workspace ?? `karpenter-${stackId}` };
  }
}

/** Gives a stack its backend, and asks for a Terraform that knows all of it. */
export function addStateBackend(
  stack: TerraformStack,
  config: StateBackend | undefined,
  props: AcknowledgedWarningsProps = {},
): void {
  const backend = complete(stack.node.id, config);
  let version = REQUIRED_VERSION;
  if (backend.type === "local") {
    // cdktf's own default is an absolute path, another one on every machine.
    const path = isAbsolute(backend.path) ? backend.path : posix.join(PROJECT_FOLDER, backend.path);
    new LocalBackend(stack, { path });
  } else if (backend.type === "s3") {
    const { bucket, key, region, kmsKeyArn: kmsKeyId } = backend;
    const lock = backend.useLockfile ?? true;
    const assumeRole = backend.roleArn === undefined ? undefined : { roleArn: backend.roleArn };
    const s3 = new S3Backend(stack, { bucket, key, region, kmsKeyId, assumeRole, encrypt: true });
    if (lock) {
      s3.addOverride("use_lockfile", true);
      version = ">= 1.10";
    } else {
      const text = 'two runs at once may damage the state; leave "backend.useLockfile" out to lock it';
      warn(stack, [{ id: "karpenter-state-lock", text }], props);
      version = assumeRole === undefined ? REQUIRED_VERSION : ">= 1.6";
    }
  } else {
    new HcpTerraform(stack, backend);
  }
  stack.addOverride("terraform.required_version", version);
}

/** The location of a stack's state as a string; two stacks with equal strings would share their state. */
export function stateLocation(stackId: string, config: StateBackend | undefined): string {
  const backend = complete(stackId, config);
  switch (backend.type) {
    case "local":
      return `file ${posix.normalize(backend.path)}`;
    case "s3":
      return `s3://${backend.bucket}/${backend.key}`;
    case "cloud":
      return `workspace ${backend.hostname ?? "HCP Terraform"} ${backend.organization}/${backend.workspace}`;
  }
}

/** The `cloud` block. cdktf's own refuses to be synthesized where no terraform binary is on the PATH. */
class HcpTerraform extends TerraformBackend {
  constructor(
    scope: Construct,
    private readonly config: Required<Pick<CloudState, "organization" | "workspace">> & CloudState,
  ) {
    super(scope, "backend", "cloud");
  }

  public override toTerraform(): object {
    const { organization, hostname, workspace } = this.config;
    return { terraform: { cloud: { organization, hostname, workspaces: { name: workspace } } } };
  }

  public override getRemoteStateDataSource(scope: Construct, name: string): TerraformRemoteState {
    const { organization, hostname, workspace } = this.config;
    return new DataTerraformRemoteState(scope, name, {
      organization,
      hostname,
      workspaces: { name: workspace },
    });
  }

  public override toMetadata(): object {
    return { ...super.toMetadata(), cloud: getHostNameType(this.config.hostname) };
  }
}
