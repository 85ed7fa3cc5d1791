import {
  controllerQueueRules,
  identityRules,
  karpenterRules,
  nodeRoleRules,
  podExecutionRoleRules,
} from "../../../../lib/inputs/catalog/cross-rules";
import { fargateSelectorRules } from "../../../../lib/inputs/catalog/fargate-rules";
import { nodePolicyRules } from "../../../../lib/inputs/catalog/policy-rules";
import type { CrossRule, PropertyValues } from "../../../../lib/inputs/cross-rule";
import { breaks, crossRefusal, propertiesOf } from "../../../../lib/inputs/cross-rule";
import { predicate } from "../../../../lib/inputs/predicate";
import { crossPrecondition } from "../../../../modules/cross-precondition";
import { snakeCase } from "../../../../lib/terraform/readable-stack";
import { evaluate } from "../../../support/hcl";
import { variable } from "../../../support/tokens";

const ROLE = "arn:aws:iam::111122223333:role/a";
const QUEUE = "arn:aws:sqs:eu-north-1:111122223333:q";
const PROVIDER = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-north-1.amazonaws.com/id/AB12";
const [needsProvider, samePartition, sameAccount, sameRegion] = identityRules;
const [notOnFargate, controllerRole, queue, ownProfile, , additionalRoles] = karpenterRules;
const [needsQueue] = controllerQueueRules;
const [nodeRole] = nodeRoleRules;
const [podExecutionRole] = podExecutionRoleRules;
const [selectsController] = fargateSelectorRules;
const [policyOnce, notOfEveryNode] = nodePolicyRules("nodeAdditionalPolicies");

const policy = (name: string): string => `arn:aws:iam::111122223333:policy/${name}`;
const NAME = "app.kubernetes.io/name";

/** Fargate selectors, beside a controller in the namespace `karpenter`. */
function selectors(...fargateSelectors: readonly object[]): PropertyValues {
  return { fargateSelectors, namespace: "karpenter", createFargateProfile: true };
}

/** A policy of AWS for the role of nodes, in a release. */
function managed(name: string, karpenterVersion: string, partition = "aws"): PropertyValues {
  return {
    nodeAdditionalPolicies: { extra: `arn:${partition}:iam::aws:policy/${name}` },
    karpenterVersion,
    clusterIpFamily: "ipv4",
    nodeCniPolicy: true,
    nodeSsmPolicy: true,
  };
}

/** Terraform's verdict on the same values: every property of the message that is not given is null. */
function terraformVerdict(rule: CrossRule, values: PropertyValues): unknown {
  const names = [...propertiesOf(rule), ...Object.keys(values)];
  const given = Object.fromEntries(names.map((key) => [snakeCase(key), values[key] ?? null]));
  return evaluate(crossPrecondition(rule).condition, { var: given, local: given });
}

describe.each<[name: string, rule: CrossRule, accepted: readonly PropertyValues[], refused: readonly PropertyValues[]]>(
  [
    [
      "the rule that IRSA needs the OIDC provider",
      needsProvider,
      [{ controllerIdentity: "irsa", oidcProviderArn: PROVIDER }, { controllerIdentity: "pod-identity" }],
      [{ controllerIdentity: "irsa" }],
    ],
    [
      "the rule on the OIDC provider's partition",
      samePartition,
      [{ partition: "aws" }, { oidcProviderArn: PROVIDER, partition: "aws" }],
      [{ oidcProviderArn: PROVIDER, partition: "aws-cn" }],
    ],
    [
      "the rule on the OIDC provider's account",
      sameAccount,
      [{ accountId: "1" }, { oidcProviderArn: PROVIDER, accountId: "111122223333" }],
      [{ oidcProviderArn: PROVIDER, accountId: "444455556666" }],
    ],
    [
      "the rule on the OIDC provider's region",
      sameRegion,
      [
        { region: "eu-west-1" },
        { oidcProviderArn: PROVIDER, region: "eu-north-1" },
        {
          oidcProviderArn: PROVIDER.replace("oidc.eks", "oidc-eks").replace("amazonaws.com", "api.aws"),
          region: "eu-north-1",
        },
      ],
      [{ oidcProviderArn: PROVIDER, region: "eu-west-1" }],
    ],
    [
      "the rule that Pod Identity does not work on Fargate",
      notOnFargate,
      [
        { controllerIdentity: "irsa", createFargateProfile: true },
        { controllerIdentity: "irsa", createFargateProfile: false },
        { controllerIdentity: "pod-identity", createFargateProfile: false },
      ],
      [{ controllerIdentity: "pod-identity", createFargateProfile: true }],
    ],
    ...(
      [
        ["controller role", controllerRole, "createControllerRole", "controllerRoleArn"],
        ["node role", nodeRole, "createNodeRole", "nodeRoleArn"],
        ["pod execution role", podExecutionRole, "createPodExecutionRole", "podExecutionRoleArn"],
      ] as const
    ).map(([what, rule, toggle, existing]): [string, CrossRule, PropertyValues[], PropertyValues[]] => [
      `the rule that the ${what} is made or existing`,
      rule,
      [{ [toggle]: true }, { [toggle]: false, [existing]: ROLE }],
      [{ [toggle]: false }, { [toggle]: true, [existing]: ROLE }],
    ]),
    [
      "the rule that the queue is made, existing or not wanted",
      queue,
      [
        { interruptionHandling: true, createInterruptionQueue: true },
        { interruptionHandling: true, createInterruptionQueue: false, interruptionQueueArn: QUEUE },
        { interruptionHandling: false, createInterruptionQueue: true },
        { interruptionHandling: false, createInterruptionQueue: true, interruptionQueueArn: QUEUE },
      ],
      [
        { interruptionHandling: true, createInterruptionQueue: false },
        { interruptionHandling: true, createInterruptionQueue: true, interruptionQueueArn: QUEUE },
      ],
    ],
    [
      "the rule that reading interruption events needs a queue",
      needsQueue,
      [
        { interruptionHandling: false },
        { interruptionHandling: false, interruptionQueueArn: QUEUE },
        { interruptionHandling: true, interruptionQueueArn: QUEUE },
      ],
      [{ interruptionHandling: true }],
    ],
    [
      "the rule that an instance profile of one's own is named",
      ownProfile,
      [
        { createInstanceProfile: true, instanceProfileMode: "terraform" },
        { instanceProfileMode: "terraform" },
        { createInstanceProfile: false, instanceProfileMode: "karpenter" },
        { createInstanceProfile: false, instanceProfileMode: "terraform", instanceProfileName: "mine" },
      ],
      [{ createInstanceProfile: false, instanceProfileMode: "terraform" }],
    ],
    [
      "the rule that roles to pass are for a controller role made here",
      additionalRoles,
      [
        { createControllerRole: true, additionalNodeRoleArns: [ROLE] },
        { createControllerRole: true, additionalNodeRoleArns: [] },
        { createControllerRole: false, additionalNodeRoleArns: [] },
      ],
      [{ createControllerRole: false, additionalNodeRoleArns: [ROLE] }],
    ],
    [
      "the rule that Fargate's selectors select the controller",
      selectsController,
      [
        { namespace: "karpenter", createFargateProfile: true },
        selectors({ namespace: "karpenter" }),
        selectors({ namespace: "karpenter", labels: {} }),
        selectors({ namespace: "kube-system" }, { namespace: "karpenter", labels: { [NAME]: "karpenter" } }),
        selectors({ namespace: "karp*", labels: { [NAME]: "karp?nter", "app.kubernetes.io/instance": "*" } }),
        selectors({ namespace: "*" }),
        { ...selectors({ namespace: "platform" }), namespace: "platform" },
        // Helm values of one's own may bring such a label.
        {
          ...selectors({ namespace: "karpenter", labels: { team: "a" } }),
          controllerHelmValues: ["podLabels: {team: a}"],
        },
        { ...selectors({ namespace: "kube-system" }), createFargateProfile: false },
        { ...selectors({ namespace: "kube-system" }), installController: false },
      ],
      [
        selectors({ namespace: "kube-system" }),
        selectors({ namespace: "kube-system", labels: { [NAME]: "karpenter" } }),
        selectors({ namespace: "karpenter", labels: { [NAME]: "coredns" } }),
        selectors({ namespace: "karpenter", labels: { [NAME]: "karpenter", team: "a" } }),
        selectors({ namespace: "karpente?r" }),
        selectors({ namespace: "arpenter" }, { namespace: "karp" }),
        selectors({ namespace: "karpenter", labels: { [NAME]: "karpente." } }),
        { ...selectors({ namespace: "karpenter" }), namespace: "platform" },
        { ...selectors({ namespace: "kube-system" }), controllerHelmValues: ["podLabels: {team: a}"] },
      ],
    ],
    [
      "the rule that policies are named once",
      policyOnce,
      [
        {},
        { nodeAdditionalPolicies: {} },
        { nodeAdditionalPolicies: { a: policy("a"), b: policy("b"), c: policy("a").replace("1111", "2222") } },
      ],
      [{ nodeAdditionalPolicies: { a: policy("a"), b: policy("b"), c: policy("a") } }],
    ],
    [
      "the rule on policies that every node has",
      notOfEveryNode,
      [
        { karpenterVersion: "1.14.3" },
        managed("AmazonEC2ContainerRegistryReadOnly", "1.14.3"),
        managed("AmazonEC2ContainerRegistryPullOnly", "1.3.3"),
        managed("AmazonEKSWorkerNodePolicyX", "1.14.3"),
        { nodeAdditionalPolicies: { own: policy("AmazonEKS_CNI_Policy") }, karpenterVersion: "1.14.3" },
        { ...managed("AmazonEKS_CNI_Policy", "1.14.3"), createNodeRole: false },
      ],
      [
        managed("AmazonSSMManagedInstanceCore", "1.14.3"),
        managed("AmazonEKS_CNI_Policy", "1.3.3", "aws-us-gov"),
        managed("AmazonEC2ContainerRegistryPullOnly", "1.14.3"),
        managed("AmazonEC2ContainerRegistryPullOnly", "1.4.0"),
        managed("AmazonEC2ContainerRegistryReadOnly", "1.3.3"),
      ],
    ],
  ],
)("%s", (_, rule, accepted, refused) => {
  test.each(accepted)("accepts %j, in both languages", (values) => {
    expect([!breaks(rule, values), terraformVerdict(rule, values)]).toEqual([true, true]);
  });

  test.each(refused)("refuses %j, in both languages", (values) => {
    expect([!breaks(rule, values), terraformVerdict(rule, values)]).toEqual([false, false]);
  });

  test("tells Terraform's users of inputs, never of properties", () => {
    const { condition, error_message } = crossPrecondition(rule);
    const properties = propertiesOf(rule).filter((property) => property !== snakeCase(property));
    expect(properties.filter((property) => `${condition}${error_message}`.includes(property))).toEqual([]);
    expect(error_message).not.toMatch(/\{\w+\}(?!\))|<\w+>/);
  });
});

describe("the rule on the region", () => {
  test("refuses an OIDC provider that tells no region, in both languages", () => {
    const values = { oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/example.com", region: "eu-north-1" };
    expect([!breaks(sameRegion, values), terraformVerdict(sameRegion, values)]).toEqual([false, false]);
  });
});

describe("crossRefusal", () => {
  test("says values as JSON and what is not given as null", () => {
    expect(crossRefusal(needsProvider, { controllerIdentity: "irsa" })).toBe(
      '"oidcProviderArn" is null, but must be given when "controllerIdentity" is "irsa"; ' +
        "give the ARN of the cluster's IAM OIDC provider",
    );
    expect(crossRefusal(samePartition, { oidcProviderArn: "arn:x", partition: "aws" })).toBe(
      '"oidcProviderArn" is "arn:x", but must be of partition "aws"; ' +
        'give the OIDC provider of this cluster, or correct "partition"',
    );
  });

  test("names a role that is made and existing at once", () => {
    expect(crossRefusal(nodeRole, { createNodeRole: true, nodeRoleArn: ROLE })).toBe(
      `"createNodeRole" is true and "nodeRoleArn" is "${ROLE}", but must be either true without, or false with a role ` +
        'of your own; set "createNodeRole" to false and give "nodeRoleArn", or leave both out',
    );
  });
});

describe("crossPrecondition", () => {
  test("is the same rule on inputs, with the values that the plan finds", () => {
    expect(crossPrecondition(notOnFargate)).toEqual({
      condition:
        '${anytrue([!try(var.controller_identity == "pod-identity", false), try(var.create_fargate_profile == false, false)])}',
      error_message:
        '"controller_identity" is "pod-identity" while the controller runs on Fargate ("create_fargate_profile" is ' +
        '${jsonencode(var.create_fargate_profile)}), but must be "irsa" there: the EKS Pod Identity Agent is a DaemonSet ' +
        'and Fargate runs none; take "irsa", or set "create_fargate_profile" to false and run the controller on nodes',
    });
  });

  test("compares with the environment that the provider has where none is given", () => {
    expect(crossPrecondition(sameAccount)).toEqual({
      condition:
        "${anytrue([!try(var.oidc_provider_arn != null, false), " +
        '(try(split(":", var.oidc_provider_arn)[4], "") == local.account_id)])}',
      error_message:
        '"oidc_provider_arn" is ${jsonencode(var.oidc_provider_arn)}, but must be of account ' +
        '${jsonencode(local.account_id)}; give the OIDC provider of this cluster, or correct "account_id"',
    });
  });
});

describe("words that follow from the values", () => {
  const rule: CrossRule = {
    refusal: '"{iamPath}" is <iamPath>, but must have <count> letters',
    computed: {
      count: { of: ({ iamPath }) => String(String(iamPath).length), terraform: (at) => `length(${at("iamPath")})` },
    },
    condition: predicate(
      () => false,
      () => "false",
    ),
  };

  test("are computed at synth, and by Terraform", () => {
    expect(crossRefusal(rule, { iamPath: "/a/" })).toBe('"iamPath" is "/a/", but must have 3 letters');
    expect(crossPrecondition(rule).error_message).toBe(
      '"iam_path" is ${jsonencode(var.iam_path)}, but must have ${length(var.iam_path)} letters',
    );
  });
});

describe("a rule", () => {
  test("is about the properties that its message names, without computed words", () => {
    expect(propertiesOf(samePartition)).toEqual(["oidcProviderArn", "partition"]);
    expect(
      propertiesOf({ ...needsQueue, computed: { interruptionQueueArn: { of: () => "", terraform: () => "" } } }),
    ).toEqual(["interruptionHandling"]);
  });

  test("is not broken as long as one value is known to Terraform only", () => {
    const [key, namespace] = [variable("key"), variable("namespace")];
    expect(breaks(selectsController, selectors({ namespace: "a" }, { namespace }))).toBe(false);
    expect(breaks(selectsController, selectors({ namespace: "karpenter", labels: { [NAME]: namespace } }))).toBe(false);
    expect(breaks(selectsController, selectors({ namespace: "a", labels: { [key]: "b" } }))).toBe(true);
    expect(breaks(policyOnce, { nodeAdditionalPolicies: { a: key, b: key } })).toBe(false);
    expect(breaks(ownProfile, { createInstanceProfile: false, instanceProfileMode: "terraform" })).toBe(true);
    expect(breaks(ownProfile, { createInstanceProfile: false, instanceProfileMode: variable("mode") })).toBe(false);
  });

  test("does not mind other properties", () => {
    const values = { controllerIdentity: "pod-identity", createFargateProfile: true, region: variable("region") };
    expect(breaks(notOnFargate, values)).toBe(true);
  });
});
