import {
  controllerRoleEnvironmentRules,
  karpenterEnvironmentRules,
  knownEnvironment,
} from "../../../../lib/inputs/catalog/environment-rules";
import type { CrossRule, PropertyValues } from "../../../../lib/inputs/cross-rule";
import { breaks, crossRefusal } from "../../../../lib/inputs/cross-rule";
import { snakeCase } from "../../../../lib/terraform/readable-stack";
import { crossPrecondition } from "../../../../modules/cross-precondition";
import { evaluate } from "../../../support/hcl";
import { ACCOUNT, KEY_ARN, PLACE, POLICY_ARN, PROVIDER_ARN, QUEUE_ARN, ROLE_ARN } from "../../../support/fixtures";
import { variable } from "../../../support/tokens";

const RULES = [...karpenterEnvironmentRules, ...controllerRoleEnvironmentRules];
const NULLS = Object.fromEntries(
  RULES.flatMap(({ refusal }) => [...refusal.matchAll(/\{(\w+)\}/g)].map(([, name]) => [snakeCase(name), null])),
);

/** What synth says, and what a plan says, of the cluster's place with these values. */
function told(values: PropertyValues, rules: readonly CrossRule[] = RULES): { synth: string[]; plan: string[] } {
  const all = { ...PLACE, createInterruptionQueue: true, ...values };
  const given = { ...NULLS, ...Object.fromEntries(Object.entries(all).map(([key, value]) => [snakeCase(key), value])) };
  const scope = { var: given, local: given };
  return {
    synth: [...new Set(rules.filter((rule) => breaks(rule, all)).map((rule) => crossRefusal(rule, all)))],
    plan: [
      ...new Set(
        rules
          .map(crossPrecondition)
          .filter(({ condition }) => evaluate(condition, scope) !== true)
          .map(({ error_message }) => String(evaluate(error_message, scope))),
      ),
    ],
  };
}

const elsewhere = (arn: string) => arn.replace(ACCOUNT, "444455556666");
const abroad = (arn: string) => arn.replace(PLACE.region, "eu-west-1");
const inChina = (arn: string) => arn.replace("arn:aws:", "arn:aws-cn:");
const strange = (property: string, value: unknown, word: string, own: string, is = "is"): string =>
  `"${property}" ${is} ${JSON.stringify(value)}, but must be of ${word} "${own}", that of the cluster; give one of the cluster's ${word}`;
const { partition, region } = PLACE;

describe("the rules on the cluster's environment", () => {
  test.each<[string, PropertyValues]>([
    [
      "all of the cluster's",
      { nodeRoleArn: ROLE_ARN, permissionsBoundaryArn: POLICY_ARN, interruptionQueueArn: QUEUE_ARN },
    ],
    ["nothing at all", {}],
    ["policies that AWS manages", { nodeAdditionalPolicies: { a: "arn:aws:iam::aws:policy/X", b: POLICY_ARN } }],
    ["roles in a list", { nodeRoleArns: [ROLE_ARN], additionalNodeRoleArns: [] }],
    ["a key of the queue's region", { interruptionQueueKmsKeyArn: KEY_ARN }],
    [
      "a key of another account for a queue of one's own",
      { interruptionQueueKmsKeyArn: elsewhere(KEY_ARN), createInterruptionQueue: false },
    ],
    ["what is malformed, of which another rule tells", { nodeRoleArn: "nodes" }],
    ["an endpoint of the region", { clusterEndpoint: `https://A.gr7.${region}.eks.amazonaws.com` }],
    ["a dual-stack endpoint of the region", { clusterEndpoint: `https://A.eks-cluster.${region}.api.aws` }],
    ["an endpoint that tells no region", { clusterEndpoint: "https://eu-west-1.example.com" }],
  ])("take %s", (_, values) => {
    expect(told(values)).toEqual({ synth: [], plan: [] });
  });

  test.each<[string, unknown, string[]]>([
    ["nodeRoleArn", elsewhere(ROLE_ARN), [strange("nodeRoleArn", elsewhere(ROLE_ARN), "account", ACCOUNT)]],
    ["nodeRoleArn", inChina(ROLE_ARN), [strange("nodeRoleArn", inChina(ROLE_ARN), "partition", partition)]],
    ["controllerRoleArn", elsewhere(ROLE_ARN), [strange("controllerRoleArn", elsewhere(ROLE_ARN), "account", ACCOUNT)]],
    [
      "podExecutionRoleArn",
      inChina(ROLE_ARN),
      [strange("podExecutionRoleArn", inChina(ROLE_ARN), "partition", partition)],
    ],
    [
      "additionalNodeRoleArns",
      [ROLE_ARN, elsewhere(ROLE_ARN)],
      [strange("additionalNodeRoleArns", elsewhere(ROLE_ARN), "account", ACCOUNT, "has")],
    ],
    [
      "nodeRoleArns",
      [inChina(ROLE_ARN), ROLE_ARN],
      [strange("nodeRoleArns", inChina(ROLE_ARN), "partition", partition, "has")],
    ],
    [
      "permissionsBoundaryArn",
      elsewhere(POLICY_ARN),
      [strange("permissionsBoundaryArn", elsewhere(POLICY_ARN), "account", ACCOUNT)],
    ],
    [
      "controllerAdditionalPolicies",
      { a: "arn:aws-cn:iam::aws:policy/X" },
      [strange("controllerAdditionalPolicies", "arn:aws-cn:iam::aws:policy/X", "partition", partition, "has")],
    ],
    [
      "additionalPolicies",
      { a: elsewhere(POLICY_ARN) },
      [strange("additionalPolicies", elsewhere(POLICY_ARN), "account", ACCOUNT, "has")],
    ],
    [
      "interruptionQueueArn",
      abroad(elsewhere(QUEUE_ARN)),
      ["region", "account"].map((word) =>
        strange("interruptionQueueArn", abroad(elsewhere(QUEUE_ARN)), word, word === "region" ? region : ACCOUNT),
      ),
    ],
    [
      "interruptionQueueKmsKeyArn",
      abroad(KEY_ARN),
      [strange("interruptionQueueKmsKeyArn", abroad(KEY_ARN), "region", region)],
    ],
    [
      "interruptionQueueKmsKeyArn",
      elsewhere(KEY_ARN),
      [strange("interruptionQueueKmsKeyArn", elsewhere(KEY_ARN), "account", ACCOUNT)],
    ],
  ])("refuse %s that is %j, at synth and at plan", (property, value, answers) => {
    const { synth, plan } = told({ [property]: value });
    expect(synth).toEqual(answers);
    expect(plan).toEqual(answers.map((answer) => answer.replace(`"${property}"`, `"${snakeCase(property)}"`)));
  });

  test("refuse the API server of another region", () => {
    const clusterEndpoint = "https://A.gr7.eu-west-1.eks.amazonaws.com";
    expect(told({ clusterEndpoint }).synth).toEqual([
      `"clusterEndpoint" is "${clusterEndpoint}", but must be of region "${region}", that of the cluster; give the ` +
        "`endpoint` of this EKS cluster",
    ]);
    expect(told({ clusterEndpoint }).plan).toHaveLength(1);
  });

  test("leave to the plan what only Terraform knows", () => {
    const values = { ...PLACE, nodeRoleArn: elsewhere(ROLE_ARN), accountId: variable("account") };
    expect(RULES.filter((rule) => breaks(rule, values))).toEqual([]);
    expect(RULES.filter((rule) => breaks(rule, { ...PLACE, nodeRoleArn: variable("role") }))).toEqual([]);
  });

  test("know the environment by the OIDC provider where it is not given", () => {
    expect(knownEnvironment({ oidcProviderArn: PROVIDER_ARN })).toEqual(PLACE);
    expect(knownEnvironment({ accountId: "444455556666" }).accountId).toBe("444455556666");
    expect(knownEnvironment({})).toEqual({});
    // Another rule tells of that.
    expect(knownEnvironment({ oidcProviderArn: PROVIDER_ARN, accountId: "444455556666" }).accountId).toBeUndefined();
  });
});
