import { Token } from "cdktf";
import { environmentOfOidcProvider } from "../arns";
import { snakeCase } from "../terraform/readable-stack";
import { hclString } from "../terraform/expression";

/** A rule on several properties together that synth decides about. */
export interface RuleAtSynth {
  /** The properties it reads. */
  readonly properties: readonly string[];
  /** What is wrong, what is allowed and the way out; `{x}` is a property's name, `<x>` its value or a computed one. */
  readonly refusal: string;
  /**
   * Words that follow from the values.
   *
   * @default - none
   */
  readonly computed?: Readonly<Record<string, ComputedWords>>;
  /** Whether known values keep the rule. */
  accepts(values: PropertyValues): boolean;
}

/** Words of a refusal, for known values and as a Terraform expression. */
export interface ComputedWords {
  of(values: PropertyValues): string;
  readonly terraform?: string;
}

/** A rule on several properties together. Both languages' checks stand side by side, the words are written once. */
export interface CrossRule extends RuleAtSynth {
  /** The same as a Terraform condition on `var.x`, and on the provider's own place where none is given. */
  readonly terraform: string;
}

/** The values of some properties, by name. */
export type PropertyValues = Readonly<Record<string, unknown>>;

/** IRSA needs the OIDC provider, and that one has to be the cluster's. */
export const identityRules: readonly CrossRule[] = [
  {
    properties: ["controllerIdentity", "oidcProviderArn"],
    refusal:
      '"{oidcProviderArn}" is <oidcProviderArn>, but must be given when "{controllerIdentity}" is "irsa"; ' +
      "give the ARN of the cluster's IAM OIDC provider",
    accepts: (values) => values.controllerIdentity !== "irsa" || isGiven(values.oidcProviderArn),
    terraform: 'var.controller_identity != "irsa" || var.oidc_provider_arn != null',
  },
  ...(
    [
      ["partition", 1, "partition"],
      ["accountId", 4, "account_id"],
    ] as const
  ).map(([place, field, local]): CrossRule => ({
    properties: ["oidcProviderArn", place],
    refusal:
      `"{oidcProviderArn}" is <oidcProviderArn>, but must be of ${place === "partition" ? "partition" : "account"} ` +
      `<${place}>; give the OIDC provider of this cluster, or correct "{${place}}"`,
    accepts: (values) =>
      !isGiven(values.oidcProviderArn) ||
      !isGiven(values[place]) ||
      environmentOfOidcProvider(String(values.oidcProviderArn))[place] === values[place],
    terraform: `var.oidc_provider_arn == null || try(split(":", var.oidc_provider_arn)[${field}], "") == local.${local}`,
  })),
  {
    properties: ["oidcProviderArn", "region"],
    refusal:
      '"{oidcProviderArn}" is <oidcProviderArn>, but must be of region <region>; ' +
      'give the OIDC provider of this cluster, or correct "{region}"',
    accepts: (values) =>
      !isGiven(values.oidcProviderArn) ||
      !isGiven(values.region) ||
      environmentOfOidcProvider(String(values.oidcProviderArn)).region === values.region,
    terraform:
      "var.oidc_provider_arn == null || " +
      `try(regex(${hclString("oidc[.-]eks\\.([a-z0-9-]+)\\.")}, var.oidc_provider_arn)[0], "") == local.region`,
  },
];

/** Reading interruption events needs a queue to read them from. */
export const controllerQueueRules: readonly CrossRule[] = [
  {
    properties: ["interruptionHandling", "interruptionQueueArn"],
    refusal:
      '"{interruptionQueueArn}" is <interruptionQueueArn>, but must be given while "{interruptionHandling}" is true; ' +
      'give the ARN of the interruption queue, or set "{interruptionHandling}" to false',
    accepts: (values) => values.interruptionHandling !== true || isGiven(values.interruptionQueueArn),
    terraform: "!var.interruption_handling || var.interruption_queue_arn != null",
  },
];

/** Something made here or existing by the user, never both and never neither. */
function madeOrExisting(toggle: string, existing: string, what: string): CrossRule {
  return {
    properties: [toggle, existing],
    refusal:
      `"{${toggle}}" is <${toggle}> and "{${existing}}" is <${existing}>, but must be either true without, or false with ` +
      `${what} of your own; set "{${toggle}}" to false and give "{${existing}}", or leave both out`,
    accepts: (values) => (values[toggle] !== false) !== isGiven(values[existing]),
    terraform: `var.${snakeCase(toggle)} != (var.${snakeCase(existing)} != null)`,
  };
}

export const podExecutionRoleRules = [madeOrExisting("createPodExecutionRole", "podExecutionRoleArn", "a role")];

export const nodeRoleRules = [madeOrExisting("createNodeRole", "nodeRoleArn", "a role")];

/** The service account can only be annotated with a role that there is. */
export const annotationRules: readonly CrossRule[] = [
  {
    properties: ["annotateRole", "controllerRoleArn"],
    refusal:
      '"{controllerRoleArn}" is <controllerRoleArn>, but must be given when "{annotateRole}" is true; give the ARN of the ' +
      'controller\'s role, or set "{annotateRole}" to false with EKS Pod Identity',
    accepts: (values) => values.annotateRole === false || isGiven(values.controllerRoleArn),
    terraform: "!var.annotate_role || var.controller_role_arn != null",
  },
];

/** Rules on the whole of Karpenter. */
export const karpenterRules: readonly CrossRule[] = [
  {
    properties: ["controllerIdentity", "createFargateProfile"],
    refusal:
      '"{controllerIdentity}" is "pod-identity" while the controller runs on Fargate ("{createFargateProfile}" is ' +
      '<createFargateProfile>), but must be "irsa" there: the EKS Pod Identity Agent is a DaemonSet and Fargate runs ' +
      'none; take "irsa", or set "{createFargateProfile}" to false and run the controller on nodes',
    accepts: (values) => values.controllerIdentity !== "pod-identity" || values.createFargateProfile === false,
    terraform: 'var.controller_identity != "pod-identity" || !var.create_fargate_profile',
  },
  madeOrExisting("createControllerRole", "controllerRoleArn", "a role"),
  {
    properties: ["interruptionHandling", "createInterruptionQueue", "interruptionQueueArn"],
    refusal:
      '"{createInterruptionQueue}" is <createInterruptionQueue> and "{interruptionQueueArn}" is <interruptionQueueArn>, ' +
      'but must be either true without, or false with a queue of your own; set "{interruptionHandling}" to false to go ' +
      "without a queue",
    accepts: (values) =>
      values.interruptionHandling === false ||
      (values.createInterruptionQueue !== false) !== isGiven(values.interruptionQueueArn),
    terraform: "!var.interruption_handling || var.create_interruption_queue != (var.interruption_queue_arn != null)",
  },
  {
    properties: ["createInstanceProfile", "instanceProfileName", "instanceProfileMode"],
    refusal:
      '"{createInstanceProfile}" is false and "{instanceProfileName}" is <instanceProfileName>, but must be the name of ' +
      'your own instance profile while "{instanceProfileMode}" is "terraform"; give the name, or leave the toggle out',
    accepts: (values) =>
      values.createInstanceProfile !== false ||
      values.instanceProfileMode === "karpenter" ||
      isGiven(values.instanceProfileName),
    terraform:
      'var.create_instance_profile != false || var.instance_profile_mode == "karpenter" || var.instance_profile_name != null',
  },
  {
    properties: ["createNodePools", "nodePools", "nodeClasses", "nodeOverlays"],
    refusal:
      '"{createNodePools}" is false, but must be true or left out while there is anything in "{nodePools}", ' +
      '"{nodeClasses}" or "{nodeOverlays}"; leave out what is not to be made',
    accepts: ({ createNodePools, ...objects }) =>
      createNodePools !== false ||
      [objects.nodePools, objects.nodeClasses, objects.nodeOverlays].every(
        (given) => Object.keys((given ?? {}) as object).length === 0,
      ),
    terraform:
      "var.create_node_pools != false || length(var.node_pools) + length(var.node_classes) + length(var.node_overlays) == 0",
  },
  {
    properties: ["createControllerRole", "additionalNodeRoleArns"],
    refusal:
      '"{additionalNodeRoleArns}" is <additionalNodeRoleArns>, but must be left out while "{createControllerRole}" is ' +
      "false: what your own role may pass is up to its policies; allow iam:PassRole there",
    accepts: ({ createControllerRole, additionalNodeRoleArns }) =>
      createControllerRole !== false || ((additionalNodeRoleArns ?? []) as unknown[]).length === 0,
    terraform: "var.create_controller_role || length(var.additional_node_role_arns) == 0",
  },
];

/** A rule's words with TypeScript names and known values. */
export function crossRefusal(rule: RuleAtSynth, values: PropertyValues): string {
  return rule.refusal
    .replace(/\{(\w+)\}/g, "$1")
    .replace(
      /<(\w+)>/g,
      (_, name: string) => rule.computed?.[name]?.of(values) ?? JSON.stringify(values[name] ?? null),
    );
}

/** A rule as a Terraform precondition, with the module's names and whatever values the plan finds. */
export function crossPrecondition(rule: CrossRule): { condition: string; error_message: string } {
  const places: Record<string, string> = {
    partition: "local.partition",
    accountId: "local.account_id",
    region: "local.region",
  };
  return {
    condition: `\${${rule.terraform}}`,
    error_message: rule.refusal
      .replace(/\{(\w+)\}/g, (_, property: string) => snakeCase(property))
      .replace(
        /<(\w+)>/g,
        (_, name: string) =>
          `\${${rule.computed?.[name]?.terraform ?? `jsonencode(${places[name] ?? `var.${snakeCase(name)}`})`}}`,
      ),
  };
}

/** Whether synth knows enough to decide. */
export function isDecidable(rule: RuleAtSynth, values: PropertyValues): boolean {
  return rule.properties.every((property) => !Token.isUnresolved(values[property]));
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
