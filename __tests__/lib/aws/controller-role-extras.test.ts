import { ControllerRole } from "../../../lib/aws/controller-role";
import type { ControllerRoleProps } from "../../../lib/aws/controller-role";
import { FargateProfile } from "../../../lib/aws/fargate-profile";
import { NodeRole } from "../../../lib/aws/node-role";
import type { IamCondition, IamPolicyStatement, IamTrustStatement } from "../../../lib/inputs/catalog/iam-statements";
import { ISSUER, PLACE, PROVIDER_ARN, ROLE_ARN } from "../../support/fixtures";
import { policyDocument } from "../../support/policy";
import { problemsOf, synth } from "../../support/stack";
import { evaluate } from "../../support/hcl";
import { variable, variableList, variableMap } from "../../support/tokens";

const PROPS: ControllerRoleProps = {
  ...PLACE,
  clusterName: "demo",
  nodeRoleArns: [ROLE_ARN],
  oidcProviderArn: PROVIDER_ARN,
};
const role = (props: Partial<ControllerRoleProps> = {}) =>
  synth((stack) => new ControllerRole(stack, "controller", { ...PROPS, ...props }));
const problems = (props: object) =>
  problemsOf((stack) => new ControllerRole(stack, "controller", { ...PROPS, ...props }));

const CONDITIONS: readonly IamCondition[] = [
  { test: "StringEquals", variable: "aws:SourceVpce", values: ["vpce-1"] },
  { test: "StringNotEquals", variable: "aws:PrincipalTag/team", values: ["a", "b"] },
];
const TRUST: readonly IamTrustStatement[] = [
  {
    sid: "BreakGlass",
    principals: [{ type: "AWS", identifiers: [ROLE_ARN, `${ROLE_ARN}-2`] }],
    conditions: [{ test: "Bool", variable: "aws:MultiFactorAuthPresent", values: ["true"] }],
  },
  { effect: "Deny", actions: ["sts:AssumeRole", "sts:TagSession"], principals: [{ type: "AWS", identifiers: ["*"] }] },
];
const STATEMENTS: readonly IamPolicyStatement[] = [
  { sid: "Bucket", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::golden/*", "arn:aws:s3:::other/*"] },
  {
    effect: "Deny",
    actions: ["ec2:RunInstances"],
    resources: ["*"],
    conditions: [{ test: "StringNotLike", variable: "ec2:InstanceType", values: ["m7*", "c7*"] }],
  },
];
const DOCUMENT = JSON.stringify({ Version: "2012-10-17", Statement: [] });

describe.each(["irsa", "pod-identity"] as const)("the trust policy of %s", (controllerIdentity) => {
  const name = controllerIdentity === "irsa" ? "controller_irsa_trust" : "controller_pod_identity_trust";
  const trust = (props: object, scope = {}) =>
    policyDocument(role({ controllerIdentity, ...props }), name, scope).Statement;
  const [own] = trust({});

  test("keeps its own conditions, and all others have to hold too", () => {
    const [narrowed, ...others] = trust({ controllerTrustConditions: CONDITIONS });
    expect(others).toEqual([]);
    expect(narrowed).toEqual({
      ...own,
      Condition: {
        ...own.Condition,
        StringEquals: { ...own.Condition?.StringEquals, "aws:SourceVpce": "vpce-1" },
        StringNotEquals: { "aws:PrincipalTag/team": ["a", "b"] },
      },
    });
  });

  test("has the statements of others beside its own", () => {
    expect(trust({ controllerTrustStatements: TRUST })).toEqual([
      own,
      {
        Sid: "BreakGlass",
        Effect: "Allow",
        Principal: { AWS: [ROLE_ARN, `${ROLE_ARN}-2`] },
        Action: "sts:AssumeRole",
        Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
      },
      { Effect: "Deny", Principal: { AWS: "*" }, Action: ["sts:AssumeRole", "sts:TagSession"] },
    ]);
  });

  test("is the same where only Terraform knows these", () => {
    const unknown = {
      controllerTrustConditions: variableList("conditions") as never,
      controllerTrustStatements: variableList("statements") as never,
    };
    const found = trust(unknown, { var: { conditions: CONDITIONS, statements: TRUST } });
    const known = trust({ controllerTrustConditions: CONDITIONS, controllerTrustStatements: TRUST });
    const sorted = (all: readonly object[]) => all.map((each) => JSON.stringify(each)).sort();
    expect(sorted(found.map((each) => ({ ...known[0], ...each })))).toHaveLength(known.length);
    expect(found).toEqual(expect.arrayContaining([...known]));
    expect(trust(unknown, { var: { conditions: [], statements: [] } })).toEqual([own]);
  });
});

describe("a controller's role", () => {
  const added = (props: object, scope = {}) => {
    const synthesized = role(props);
    return {
      addresses: synthesized.resources.filter((address) => !role().resources.includes(address)),
      statements: () => policyDocument(synthesized, "controller_statements_document", scope).Statement,
      resource: (name: string) => synthesized.resource("aws_iam_role_policy", name),
    };
  };

  test("has nothing beside its own unless it is asked for", () => {
    const nothing = { controllerInlinePolicies: {}, controllerPolicyStatements: [], controllerTrustConditions: [] };
    expect(role(nothing).json).toEqual(role().json);
  });

  test("has statements of one's own as one more inline policy, whoever knows them", () => {
    const { addresses, statements, resource } = added({ controllerPolicyStatements: STATEMENTS });
    expect(addresses).toEqual(["aws_iam_role_policy.controller_statements"]);
    expect(resource("controller_statements")).toMatchObject({
      name: "statements",
      role: "${aws_iam_role.controller.id}",
    });
    expect(statements()).toEqual([
      {
        Sid: "Bucket",
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: ["arn:aws:s3:::golden/*", "arn:aws:s3:::other/*"],
      },
      {
        Effect: "Deny",
        Action: "ec2:RunInstances",
        Resource: "*",
        Condition: { StringNotLike: { "ec2:InstanceType": ["m7*", "c7*"] } },
      },
    ]);
    const scope = { var: { statements: STATEMENTS } };
    const unknown = added({ controllerPolicyStatements: variableList("statements") }, scope);
    expect(unknown.statements()).toEqual(statements());
    expect(evaluate(String(unknown.resource("controller_statements").count), scope)).toBe(1);
    expect(evaluate(String(unknown.resource("controller_statements").count), { var: { statements: [] } })).toBe(0);
  });

  test("has documents of one's own by name", () => {
    const { addresses, resource } = added({ controllerInlinePolicies: { logs: DOCUMENT } });
    expect(addresses).toEqual(["aws_iam_role_policy.controller_inline"]);
    expect(resource("controller_inline")).toMatchObject({
      for_each: { logs: DOCUMENT },
      name: "${each.key}",
      policy: "${each.value}",
    });
    expect(added({ controllerInlinePolicies: variableMap("documents") }).addresses).toHaveLength(1);
  });

  test("refuses at plan what IAM would not take of its inline policies together", () => {
    const { resource } = added({
      controllerInlinePolicies: { logs: DOCUMENT },
      controllerPolicyStatements: STATEMENTS,
    });
    const [{ condition, error_message }] = (
      resource("controller_inline").lifecycle as { precondition: { condition: string; error_message: string }[] }
    ).precondition;
    const at = (length: number) => ({
      aws_iam_role_policy: { controller_inline_policy: { policy: `${" ".repeat(50)}${"x".repeat(length)}` } },
      data: { aws_iam_policy_document: { controller_statements_document: { json: "y".repeat(200) } } },
    });
    const rest = 10_240 - DOCUMENT.length - 200;
    expect([evaluate(condition, at(rest)), evaluate(condition, at(rest + 1))]).toEqual([true, false]);
    expect(evaluate(error_message, at(rest + 1))).toMatch(
      /^"controllerInlinePolicies" makes the inline policies of the controller's role 10241 characters long together, but must leave them within the 10240 that IAM takes; attach a managed policy instead$/,
    );
  });

  test("has the description and the length of sessions that it is given", () => {
    const given = { controllerRoleDescription: "ours", controllerMaxSessionDuration: 43_200 };
    const { description, max_session_duration } = role(given).resource("aws_iam_role", "controller");
    expect([description, max_session_duration]).toEqual(["ours", 43_200]);
    const unknown = role({ controllerRoleDescription: variable("text") }).resource("aws_iam_role", "controller");
    const at = (text: string | null) => evaluate(String(unknown.description), { var: { text } });
    expect([at("ours"), at(null)]).toEqual(["ours", "Karpenter controller of the EKS cluster demo"]);
    expect(role().resource("aws_iam_role", "controller").max_session_duration).toBeUndefined();
  });

  test.each<[string, object, string]>([
    [
      "a condition that would widen the trust",
      { controllerTrustConditions: [{ test: "StringEquals", variable: `${ISSUER}:sub`, values: ["x"] }] },
      `"controllerTrustConditions[0].variable" is "${ISSUER}:sub", but must be another than sub, aud, aws:SourceAccount and aws:SourceArn`,
    ],
    [
      "the same in other letters",
      { controllerTrustConditions: [{ test: "ArnLike", variable: "AWS:sourcearn", values: ["*"] }] },
      "but must be another than sub",
    ],
    [
      "two conditions of which either would do",
      { controllerTrustConditions: [CONDITIONS[0], CONDITIONS[0]] },
      '"controllerTrustConditions" has one "test" with one "variable" twice, but must have each once',
    ],
    [
      "the same in a statement",
      {
        controllerPolicyStatements: [
          { ...STATEMENTS[1], conditions: [CONDITIONS[0], { ...CONDITIONS[0], values: ["y"] }] },
        ],
      },
      '"controllerPolicyStatements[0].conditions" has one "test" with one "variable" twice',
    ],
    [
      "the world as a principal",
      { controllerTrustStatements: [{ principals: [{ type: "AWS", identifiers: ["*"] }] }] },
      '"controllerTrustStatements[0].principals" has the identifier "*", but must name accounts, roles or services',
    ],
    [
      "a name that is not known",
      { controllerPolicyStatements: [{ action: ["s3:GetObject"], resources: ["*"] }] },
      '"controllerPolicyStatements[0].action" is not known; did you mean "actions"?',
    ],
    [
      "an operator that IAM has not",
      { controllerTrustConditions: [{ ...CONDITIONS[0], test: "Equals" }] },
      "an operator of IAM",
    ],
    [
      "a Sid with a space",
      { controllerTrustStatements: [{ ...TRUST[0], sid: "a b" }] },
      "a text of letters and digits",
    ],
    [
      "a Sid that is there twice",
      { controllerPolicyStatements: [STATEMENTS[0], STATEMENTS[0]] },
      '"controllerPolicyStatements" has a "sid" twice, but must have each once',
    ],
    [
      "an action of another service in a trust policy",
      { controllerTrustStatements: [{ ...TRUST[0], actions: ["s3:Get"] }] },
      "an action of STS",
    ],
    [
      "an action without its service",
      { controllerPolicyStatements: [{ ...STATEMENTS[0], actions: ["Get"] }] },
      "an action with its service",
    ],
    ["a policy that is no JSON", { controllerInlinePolicies: { logs: "{" } }, "an IAM policy as JSON"],
    ["a policy without statements", { controllerInlinePolicies: { logs: "{}" } }, "an IAM policy as JSON"],
    [
      "a policy by the name of one made here",
      { controllerInlinePolicies: { karpenter: DOCUMENT } },
      "another than karpenter, statements, cni-ipv6 and fargate-logging",
    ],
    [
      "a session of a day",
      { controllerMaxSessionDuration: 86_400 },
      '"controllerMaxSessionDuration" is 86400, but must be',
    ],
    [
      "a description in other letters",
      { controllerRoleDescription: "ролю" },
      "up to 1000 letters, digits and other characters of Latin-1",
    ],
    [
      "a trust policy that IAM would not take",
      {
        controllerTrustStatements: [
          { principals: [{ type: "AWS", identifiers: Array.from({ length: 40 }, (_, i) => `${ROLE_ARN}-${i}`) }] },
        ],
      },
      `"controllerTrustStatements" makes the trust policy of the controller's role`,
    ],
  ])("refuses %s", (_, props, answer) => {
    expect(problems(props)).toEqual([expect.stringContaining(answer)]);
  });

  test("takes what is right, known or not", () => {
    const right = {
      controllerTrustConditions: CONDITIONS,
      controllerTrustStatements: TRUST,
      controllerPolicyStatements: STATEMENTS,
      controllerInlinePolicies: { "a.b": DOCUMENT, open: variable("x") },
    };
    expect(problems(right)).toEqual([]);
  });
});

test("the roles of nodes and of pods on Fargate have a description and inline policies of one's own", () => {
  const synthesized = synth((stack) => {
    const nodeInlinePolicies = { logs: DOCUMENT };
    new NodeRole(stack, "node", { ...PLACE, clusterName: "demo", nodeRoleDescription: "nodes", nodeInlinePolicies });
    new FargateProfile(stack, "fargate", {
      ...PLACE,
      clusterName: "demo",
      subnetIds: ["subnet-1"],
      podExecutionRoleDescription: "pods",
      podExecutionInlinePolicies: { logs: DOCUMENT },
    });
  });
  const about = { for_each: { logs: DOCUMENT }, name: "${each.key}", policy: "${each.value}" };
  expect(synthesized.resource("aws_iam_role", "node").description).toBe("nodes");
  expect(synthesized.resource("aws_iam_role_policy", "node_inline")).toMatchObject({
    ...about,
    role: "${aws_iam_role.node.id}",
  });
  expect(synthesized.resource("aws_iam_role", "fargate_pod_execution_role").description).toBe("pods");
  expect(synthesized.resource("aws_iam_role_policy", "fargate_inline")).toMatchObject(about);
  expect(JSON.stringify(synthesized.resource("aws_eks_fargate_profile", "fargate").depends_on)).toContain(
    "fargate_inline",
  );
});
