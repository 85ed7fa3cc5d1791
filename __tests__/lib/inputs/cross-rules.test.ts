import {
  controllerQueueRules,
  CrossRule,
  crossPrecondition,
  crossRefusal,
  identityRules,
  isDecidable,
  karpenterRules,
  nodeRoleRules,
  podExecutionRoleRules,
  PropertyValues,
} from "../../../lib/inputs/cross-rules";
import { snakeCase } from "../../../lib/terraform/readable-stack";
import { evaluate } from "../../support/hcl";
import { variable } from "../../support/tokens";

const ROLE = "arn:aws:iam::111122223333:role/a";
const QUEUE = "arn:aws:sqs:eu-north-1:111122223333:q";
const PROVIDER = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-north-1.amazonaws.com/id/AB12";
const [needsProvider, samePartition, sameAccount, sameRegion] = identityRules;
const [notOnFargate, controllerRole, queue, ownProfile, , additionalRoles] = karpenterRules;
const [needsQueue] = controllerQueueRules;
const [nodeRole] = nodeRoleRules;
const [podExecutionRole] = podExecutionRoleRules;

/** Terraform's verdict on the same values: every property that is not given is null. */
function terraformVerdict(rule: CrossRule, values: PropertyValues): unknown {
  const given = Object.fromEntries(rule.properties.map((key) => [snakeCase(key), values[key] ?? null]));
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
  ],
)("%s", (_, rule, accepted, refused) => {
  test.each(accepted)("accepts %j, in both languages", (values) => {
    expect([rule.accepts(values), terraformVerdict(rule, values)]).toEqual([true, true]);
  });

  test.each(refused)("refuses %j, in both languages", (values) => {
    expect([rule.accepts(values), terraformVerdict(rule, values)]).toEqual([false, false]);
  });

  test("tells Terraform's users of inputs, never of properties", () => {
    const { condition, error_message } = crossPrecondition(rule);
    const properties = rule.properties.filter((property) => property !== snakeCase(property));
    expect(properties.filter((property) => `${condition}${error_message}`.includes(property))).toEqual([]);
    expect(error_message).not.toMatch(/\{\w+\}(?!\))|<\w+>/);
  });
});

describe("the rule on the region", () => {
  test("refuses an OIDC provider that tells no region, in both languages", () => {
    const values = { oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/example.com", region: "eu-north-1" };
    expect([sameRegion.accepts(values), terraformVerdict(sameRegion, values)]).toEqual([false, false]);
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
      condition: '${var.controller_identity != "pod-identity" || !var.create_fargate_profile}',
      error_message:
        '"controller_identity" is "pod-identity" while the controller runs on Fargate ("create_fargate_profile" is ' +
        '${jsonencode(var.create_fargate_profile)}), but must be "irsa" there: the EKS Pod Identity Agent is a DaemonSet ' +
        'and Fargate runs none; take "irsa", or set "create_fargate_profile" to false and run the controller on nodes',
    });
  });

  test("compares with the place that the provider has where none is given", () => {
    expect(crossPrecondition(sameAccount)).toEqual({
      condition:
        '${var.oidc_provider_arn == null || try(split(":", var.oidc_provider_arn)[4], "") == local.account_id}',
      error_message:
        '"oidc_provider_arn" is ${jsonencode(var.oidc_provider_arn)}, but must be of account ' +
        '${jsonencode(local.account_id)}; give the OIDC provider of this cluster, or correct "account_id"',
    });
    expect(crossPrecondition(sameRegion).condition).toBe(
      '${var.oidc_provider_arn == null || try(regex("oidc[.-]eks\\\\.([a-z0-9-]+)\\\\.", var.oidc_provider_arn)[0], "") ' +
        "== local.region}",
    );
  });

  test("writes the toggles of roles and the queue by their inputs", () => {
    expect(
      [controllerRole, nodeRole, podExecutionRole, queue].map((rule) => crossPrecondition(rule).condition),
    ).toEqual([
      "${var.create_controller_role != (var.controller_role_arn != null)}",
      "${var.create_node_role != (var.node_role_arn != null)}",
      "${var.create_pod_execution_role != (var.pod_execution_role_arn != null)}",
      "${!var.interruption_handling || var.create_interruption_queue != (var.interruption_queue_arn != null)}",
    ]);
  });
});

describe("words that follow from the values", () => {
  const rule: CrossRule = {
    properties: ["iamPath"],
    refusal: '"{iamPath}" is <iamPath>, but must have <count> letters',
    computed: { count: { of: ({ iamPath }) => String(String(iamPath).length), terraform: "length(var.iam_path)" } },
    accepts: () => false,
    terraform: "false",
  };

  test("are computed at synth, and by Terraform", () => {
    expect(crossRefusal(rule, { iamPath: "/a/" })).toBe('"iamPath" is "/a/", but must have 3 letters');
    expect(crossPrecondition(rule).error_message).toBe(
      '"iam_path" is ${jsonencode(var.iam_path)}, but must have ${length(var.iam_path)} letters',
    );
  });
});

describe("isDecidable", () => {
  test("is true for known values and for what is not given", () => {
    expect(isDecidable(needsProvider, { controllerIdentity: "irsa" })).toBe(true);
  });

  test("is false as soon as one value is only known to Terraform", () => {
    expect(isDecidable(needsProvider, { controllerIdentity: "irsa", oidcProviderArn: variable("arn") })).toBe(false);
  });

  test("does not mind properties that the rule does not read", () => {
    expect(isDecidable(notOnFargate, { region: variable("region") })).toBe(true);
  });
});
