/** Rules on several inputs together. */
import { environmentOfOidcProvider } from "../../arns";
import { hclString } from "../../terraform/expression";
import type { CrossRule } from "../cross-rule";
import type { Predicate } from "../predicate";
import { all, any, given, implies, is, not, predicate, sized } from "../predicate";
import { isGiven } from "../../terraform/known-values";

/** The OIDC provider's ARN names the cluster's environment, where both are given. */
function providerIsOf(place: "partition" | "region" | "accountId", partOf: (arn: string) => string): Predicate {
  return any(
    not(given("oidcProviderArn")),
    predicate(
      ({ oidcProviderArn, [place]: own }) =>
        !isGiven(own) || environmentOfOidcProvider(String(oidcProviderArn))[place] === own,
      (at) => `try(${partOf(at("oidcProviderArn"))}, "") == ${at(place)}`,
    ),
  );
}

/** A toggle is true without the existing thing, or false with it. */
function eitherOr(toggle: string, existing: string): Predicate {
  return any(all(not(is(toggle, false)), not(given(existing))), all(is(toggle, false), given(existing)));
}

/** IRSA needs the OIDC provider, and that one has to be the cluster's. */
export const identityRules: readonly CrossRule[] = [
  {
    refusal:
      '"{oidcProviderArn}" is <oidcProviderArn>, but must be given when "{controllerIdentity}" is "irsa"; ' +
      "give the ARN of the cluster's IAM OIDC provider",
    condition: implies(is("controllerIdentity", "irsa"), given("oidcProviderArn")),
  },
  ...(
    [
      ["partition", 1],
      ["accountId", 4],
    ] as const
  ).map(([place, field]): CrossRule => ({
    refusal:
      `"{oidcProviderArn}" is <oidcProviderArn>, but must be of ${place === "partition" ? "partition" : "account"} ` +
      `<${place}>; give the OIDC provider of this cluster, or correct "{${place}}"`,
    condition: providerIsOf(place, (arn) => `split(":", ${arn})[${field}]`),
  })),
  {
    refusal:
      '"{oidcProviderArn}" is <oidcProviderArn>, but must be of region <region>; ' +
      'give the OIDC provider of this cluster, or correct "{region}"',
    condition: providerIsOf("region", (arn) => `regex(${hclString("oidc[.-]eks\\.([a-z0-9-]+)\\.")}, ${arn})[0]`),
  },
];

/** Reading interruption events needs a queue to read them from. */
export const controllerQueueRules: readonly CrossRule[] = [
  {
    refusal:
      '"{interruptionQueueArn}" is <interruptionQueueArn>, but must be given while "{interruptionHandling}" is true; ' +
      'give the ARN of the interruption queue, or set "{interruptionHandling}" to false',
    condition: implies(is("interruptionHandling", true), given("interruptionQueueArn")),
  },
];

/** Something is either made here or existing, never both and never neither. */
function madeOrExisting(toggle: string, existing: string, what: string): CrossRule {
  return {
    refusal:
      `"{${toggle}}" is <${toggle}> and "{${existing}}" is <${existing}>, but must be either true without, or false with ` +
      `${what} of your own; set "{${toggle}}" to false and give "{${existing}}", or leave both out`,
    condition: eitherOr(toggle, existing),
  };
}

export const podExecutionRoleRules = [madeOrExisting("createPodExecutionRole", "podExecutionRoleArn", "a role")];

export const queueRules = [madeOrExisting("createInterruptionQueue", "interruptionQueueArn", "a queue")];

export const nodeRoleRules = [madeOrExisting("createNodeRole", "nodeRoleArn", "a role")];

/** The service account can only be annotated with a role that there is. */
export const annotationRules: readonly CrossRule[] = [
  {
    refusal:
      '"{controllerRoleArn}" is <controllerRoleArn>, but must be given when "{annotateRole}" is true; give the ARN of the ' +
      'controller\'s role, or set "{annotateRole}" to false with EKS Pod Identity',
    condition: any(is("annotateRole", false), given("controllerRoleArn")),
  },
];

/** What EKS has for IPv4 alone. https://docs.aws.amazon.com/eks/latest/userguide/cni-ipv6.html */
export const ipFamilyRules: readonly CrossRule[] = [
  {
    refusal:
      '"{accessEntryType}" is "EC2_WINDOWS", but must be "EC2_LINUX" while "{clusterIpFamily}" is "ipv6": EKS has no Windows nodes ' +
      'in a cluster of IPv6; take "EC2_LINUX", or correct "{clusterIpFamily}"',
    condition: implies(is("clusterIpFamily", "ipv6"), not(is("accessEntryType", "EC2_WINDOWS"))),
  },
];

/** Rules on the whole of Karpenter. */
export const karpenterRules: readonly CrossRule[] = [
  {
    refusal:
      '"{controllerIdentity}" is "pod-identity" while the controller runs on Fargate ("{createFargateProfile}" is ' +
      '<createFargateProfile>), but must be "irsa" there: the EKS Pod Identity Agent is a DaemonSet and Fargate runs ' +
      'none; take "irsa", or set "{createFargateProfile}" to false and run the controller on nodes',
    condition: implies(is("controllerIdentity", "pod-identity"), is("createFargateProfile", false)),
  },
  madeOrExisting("createControllerRole", "controllerRoleArn", "a role"),
  {
    refusal:
      '"{createInterruptionQueue}" is <createInterruptionQueue> and "{interruptionQueueArn}" is <interruptionQueueArn>, ' +
      'but must be either true without, or false with a queue of your own; set "{interruptionHandling}" to false to go ' +
      "without a queue",
    condition: any(is("interruptionHandling", false), eitherOr("createInterruptionQueue", "interruptionQueueArn")),
  },
  {
    refusal:
      '"{createInstanceProfile}" is false and "{instanceProfileName}" is <instanceProfileName>, but must be the name of ' +
      'your own instance profile while "{instanceProfileMode}" is "terraform"; give the name, or leave the toggle out',
    condition: any(
      not(is("createInstanceProfile", false)),
      is("instanceProfileMode", "karpenter"),
      given("instanceProfileName"),
    ),
  },
  {
    refusal:
      '"{createNodePools}" is false, but must be true or left out while there is anything in "{nodePools}", ' +
      '"{nodeClasses}", "{nodeOverlays}" or "{capacityBuffers}"; leave out what is not to be made',
    condition: implies(
      is("createNodePools", false),
      all(
        ...["nodePools", "nodeClasses", "nodeOverlays", "capacityBuffers"].map((objects) => sized(objects, { max: 0 })),
      ),
    ),
  },
  {
    refusal:
      '"{additionalNodeRoleArns}" is <additionalNodeRoleArns>, but must be left out while "{createControllerRole}" is ' +
      "false: what your own role may pass is up to its policies; allow iam:PassRole there",
    condition: implies(is("createControllerRole", false), sized("additionalNodeRoleArns", { max: 0 })),
  },
  ...ipFamilyRules,
];
