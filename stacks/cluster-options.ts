import { Field, number } from "../lib/inputs/field";
import { CONTROLLER_OPTION_FIELDS } from "../lib/inputs/catalog/controller";
import { jsonSchema } from "../lib/inputs/json-schema";
import { nodeClassesSchema, nodeOverlaysSchema, nodePoolsSchema } from "../lib/inputs/catalog/objects";
import { KarpenterProps } from "../lib/karpenter-props";
import { ModuleVariableProps } from "../lib/module/module-variable";
import * as rules from "../lib/inputs/catalog/aws";
import { JsonSchema, Rule, RuleText } from "../lib/inputs/rule";
import { snakeCase } from "../lib/terraform/readable-stack";
import { ClusterConfig } from "./cluster-config";
import { InputName, INPUTS } from "../modules/inputs";
import { StateBackend } from "./state-backend";
import * as stateRules from "./state-rules";

/** An option of the clusters file. */
export interface Option {
  /** What the option is for, as editors show it. */
  readonly description: string;
  /** What its value must be. */
  readonly schema: JsonSchema;
  /** What a user is told of a value that the schema refuses. */
  readonly words: RuleText;
  /**
   * What it may hold, where the constructs tell of what is wrong inside of it.
   *
   * @default - the schema and the words say all
   */
  readonly field?: Field;
  /** @default - none, or one that depends on other options */
  readonly default?: string;
}

/** Options by name. */
export type Options = Readonly<Record<string, Option>>;

const yesOrNo: RuleText = { allowed: "true or false", remedy: "write it without quotes" };

function option(description: string, rule: Rule<never>): Option {
  if (rule.schema === undefined) {
    throw new Error(`the rule "${rule.allowed}" has no schema, so it cannot be used in the clusters file`);
  }
  return { description, schema: rule.schema, words: rule };
}

function toggle(description: string): Option {
  return { description, schema: { type: "boolean" }, words: yesOrNo };
}

/** Options that a file cannot say, or should not: the region stands beside them, a password belongs into no file. */
type NotInFile = "region" | "nodesDependOn" | "chartRepositoryUsername" | "chartRepositoryPassword";

/** The names of all options of Karpenter; whoever adds one to the constructs is reminded of it here by the compiler. */
const KARPENTER_OPTIONS: Readonly<Record<Exclude<keyof KarpenterProps, NotInFile>, unknown>> = {
  clusterName: true,
  clusterEndpoint: true,
  oidcProviderArn: true,
  subnetIds: true,
  securityGroupIds: true,
  karpenterVersion: true,
  kubernetesVersion: true,
  namespace: true,
  serviceAccountName: true,
  controllerIdentity: true,
  createControllerRole: true,
  controllerRoleArn: true,
  controllerRoleName: true,
  controllerAdditionalPolicies: true,
  instanceProfileMode: true,
  createFargateProfile: true,
  fargateSubnetIds: true,
  fargateSelectors: true,
  fargateProfileName: true,
  createPodExecutionRole: true,
  podExecutionRoleArn: true,
  podExecutionRoleName: true,
  createNodeRole: true,
  nodeRoleArn: true,
  nodeRoleName: true,
  nodeAdditionalPolicies: true,
  additionalNodeRoleArns: true,
  createInstanceProfile: true,
  instanceProfileName: true,
  createAccessEntry: true,
  accessEntryType: true,
  interruptionHandling: true,
  createInterruptionQueue: true,
  interruptionQueueArn: true,
  interruptionQueueName: true,
  interruptionQueueKmsKeyArn: true,
  discoverySubnetIds: true,
  discoverySecurityGroupIds: true,
  namePrefix: true,
  permissionsBoundaryArn: true,
  iamPath: true,
  tags: true,
  partition: true,
  accountId: true,
  installController: true,
  createNamespace: true,
  ...CONTROLLER_OPTION_FIELDS,
  chartRepository: true,
  chartTimeout: true,
  createNodePools: true,
  nodePools: true,
  nodeClasses: true,
  nodeOverlays: true,
  nodePoolsTimeout: true,
};

/** What options may hold that the constructs look into themselves. */
const FIELDS: Readonly<Record<string, Field>> = {
  ...CONTROLLER_OPTION_FIELDS,
  chartTimeout: number,
  nodePools: nodePoolsSchema,
  nodeClasses: nodeClassesSchema,
  nodeOverlays: nodeOverlaysSchema,
  nodePoolsTimeout: number,
};

/** Options that the published modules do not have. */
const TYPESCRIPT_ONLY: Options = {
  fargateProfileName: option(
    "Name of the Fargate profile, up to 63 characters; when left out, one that changes with everything that replaces the profile.",
    rules.fargateProfileName,
  ),
};

/** An option that the constructs look into themselves, path by path. */
function typed(description: string, field: Field): Option {
  const words = { allowed: "what clusters.schema.json says", remedy: "an editor shows it" };
  return { description, schema: jsonSchema(field), words, field };
}

/** An option in the words of the published modules' input of the same name. */
function sameAsInput(name: string): Option {
  const input: ModuleVariableProps | undefined = (INPUTS as Readonly<Record<string, ModuleVariableProps>>)[
    snakeCase(name)
  ];
  if (input === undefined) {
    throw new Error(`no module has an input "${snakeCase(name)}"; describe the option "${name}" beside it`);
  }
  const description = inCamelCase(input.description);
  if (input.rule === undefined && input.type === "bool") {
    return toggle(description);
  }
  if (name in FIELDS) {
    return typed(description, FIELDS[name]);
  }
  const made = option(description, input.rule as Rule<never>);
  return typeof input.default === "string" ? { ...made, default: input.default } : made;
}

/** Turns the names of inputs into those of options. */
function inCamelCase(description: string): string {
  return description
    .replace(/\b[a-z]+(?:_[a-z]+)+\b/g, (word) =>
      word in INPUTS ? (word as InputName).replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) : word,
    )
    .replace(/\bwhen null\b/g, "when left out");
}

/** Every option of a cluster but its backend. */
export const CLUSTER_OPTIONS: Options = {
  name: option(
    "Name of the stack, as `cdktf deploy` takes it, and part of where its state is kept; when left out, <clusterName>-<region>.",
    stateRules.stackName,
  ),
  region: option("Region that the cluster is in.", stateRules.clusterRegion),
  assumeRoleArn: option(
    "ARN of a role that Terraform becomes in the cluster's account; when left out, the credentials that Terraform finds.",
    rules.roleArn,
  ),
  clusterCertificateAuthority: option(
    "Certificate authority of the cluster's API server in base64, as EKS gives it; when left out, read from EKS.",
    stateRules.certificateAuthority,
  ),
  kubeConfigPath: option(
    "Kubeconfig file to reach the cluster with; when left out, a token of `aws eks get-token`.",
    stateRules.kubeConfigPath,
  ),
  kubeConfigContext: option(
    "Context of the kubeconfig file; when left out, the file's current one.",
    stateRules.kubeConfigContext,
  ),
  defaultTags: option("Tags that the AWS provider puts on everything it makes.", rules.tags),
  ...Object.fromEntries(
    Object.keys(KARPENTER_OPTIONS).map((name) => [name, TYPESCRIPT_ONLY[name] ?? sameAsInput(name)]),
  ),
} satisfies Partial<Record<keyof ClusterConfig, Option>>;

/** What every backend has. */
export const BACKEND_TYPE = option(
  "Where the state is kept: in a file (local), in an S3 bucket (s3), or in HCP Terraform (cloud).",
  stateRules.backendType,
);

/** The options of each backend. */
export const BACKEND_OPTIONS: Readonly<Record<StateBackend["type"], Options>> = {
  local: {
    path: option(
      "File that holds the state, relative to the project's folder or absolute; when left out, terraform.<stack>.tfstate.",
      stateRules.statePath,
    ),
  },
  s3: {
    bucket: option("Name of the bucket that holds the state.", stateRules.bucketName),
    region: option("Region that the bucket is in.", stateRules.stateRegion),
    key: option(
      "Key of the object that holds the state; when left out, karpenter/<stack>.tfstate.",
      stateRules.stateKey,
    ),
    kmsKeyArn: option(
      "ARN of the KMS key that encrypts the state; when left out, the bucket's own encryption.",
      stateRules.stateKmsKey,
    ),
    roleArn: option(
      "ARN of the role to read and write the state as; when left out, the credentials that Terraform finds.",
      rules.roleArn,
    ),
    useLockfile: toggle(
      "Whether a lock file in the bucket keeps two runs apart, which needs Terraform or OpenTofu 1.10; when left out, true.",
    ),
  },
  cloud: {
    organization: option("Organization of HCP Terraform.", stateRules.organization),
    workspace: option("Name of the workspace; when left out, karpenter-<stack>.", stateRules.workspaceName),
    hostname: option("Host of Terraform Enterprise; when left out, HCP Terraform.", stateRules.hostname),
  },
};

/** What a backend cannot do without. */
export const BACKEND_REQUIRED: Readonly<Record<StateBackend["type"], readonly string[]>> = {
  local: [],
  s3: ["bucket", "region"],
  cloud: ["organization"],
};
