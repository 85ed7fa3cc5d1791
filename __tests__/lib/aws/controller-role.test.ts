import { TerraformOutput } from "cdktf";
import type { ControllerRoleProps } from "../../../lib/aws/controller-role";
import { ControllerRole } from "../../../lib/aws/controller-role";
import { generatedName } from "../../../lib/names";
import { evaluate } from "../../support/hcl";
import {
  ACCOUNT,
  BOUNDARY_ARN,
  ISSUER,
  LONG_NAME,
  PLACE,
  POLICY_ARN,
  PROVIDER_ARN,
  QUEUE_ARN,
  REGION,
  ROLE_ARN,
  TAGS,
} from "../../support/fixtures";
import { POLICY_LIMITS } from "../../../lib/aws/policy-size";
import { PARTITIONS } from "../../support/cluster-cases";
import { policyDocument, renderedSize } from "../../support/policy";
import { problemsOf, synth, synthError } from "../../support/stack";
import { variable, variableFlag, variableMap } from "../../support/tokens";

const PROPS: ControllerRoleProps = {
  ...PLACE,
  clusterName: "demo",
  nodeRoleArns: [ROLE_ARN],
  oidcProviderArn: PROVIDER_ARN,
};

const role = (props: Partial<ControllerRoleProps> = {}) =>
  synth((stack) => {
    const made = new ControllerRole(stack, "controller", { ...PROPS, ...props });
    new TerraformOutput(stack, "association", { value: made.podIdentityAssociationId });
    new TerraformOutput(stack, "attachments", {
      value: made.attachments.map(({ friendlyUniqueId }) => friendlyUniqueId),
    });
  });
const problems = (props: Partial<ControllerRoleProps>) =>
  problemsOf((stack) => new ControllerRole(stack, "controller", { ...PROPS, ...props }));

describe("ControllerRole", () => {
  const POLICIES = ["eks_integration", "iam_integration", "node_lifecycle", "resource_discovery", "zonal_shift"];
  const INLINE = ["aws_iam_role_policy.controller_inline_policy"];
  const MANAGED = [
    ...POLICIES.map((name) => `aws_iam_policy.controller_policy_${name}`),
    ...POLICIES.map((name) => `aws_iam_role_policy_attachment.controller_${name}`),
  ];

  test("is a role for IRSA with one inline policy of all statements", () => {
    expect(role().addresses).toEqual([
      "aws_iam_role.controller",
      ...INLINE,
      "data.aws_iam_policy_document.controller_irsa_trust",
      "data.aws_iam_policy_document.controller_policy_document",
      ...POLICIES.map((name) => `data.aws_iam_policy_document.controller_policy_${name}_document`),
      "data.aws_partition.controller_partition",
    ]);
    expect(role().resource("aws_iam_role_policy", "controller_inline_policy")).toEqual({
      name: "karpenter",
      role: "${aws_iam_role.controller.id}",
      policy: "${data.aws_iam_policy_document.controller_policy_document.json}",
    });
    const { source_policy_documents } = role().data("aws_iam_policy_document", "controller_policy_document");
    expect([...(source_policy_documents as string[])].sort()).toEqual(
      POLICIES.map((name) => `\${data.aws_iam_policy_document.controller_policy_${name}_document.json}`),
    );
  });

  test.each([
    ["inline", INLINE],
    ["managed", MANAGED],
    ["both", [...INLINE, ...MANAGED]],
  ] as const)("has its permissions in the form that it is told, %s", (controllerPolicyForm, policies) => {
    const synthesized = role({ controllerPolicyForm });
    expect(synthesized.resources).toEqual(["aws_iam_role.controller", ...policies].sort());
    expect(synthesized.output("attachments")).toHaveLength(controllerPolicyForm === "inline" ? 1 : policies.length - 5);
  });

  test("is in one form or the other by a count where Terraform chooses", () => {
    const synthesized = role({ controllerPolicyForm: variable("form") as "inline" });
    const count = (type: string, name: string) =>
      ["inline", "managed", "both"].map((form) =>
        evaluate(String(synthesized.resource(type, name).count), { var: { form } }),
      );
    expect(count("aws_iam_role_policy", "controller_inline_policy")).toEqual([1, 0, 1]);
    expect(count("aws_iam_policy", "controller_policy_zonal_shift")).toEqual([0, 1, 1]);
    expect(count("aws_iam_role_policy_attachment", "controller_zonal_shift")).toEqual([0, 1, 1]);
  });

  test("has the statements of a queue that only Terraform knows where there is one", () => {
    const synthesized = role({ interruptionHandling: variableFlag("queue"), interruptionQueueArn: QUEUE_ARN });
    const document = synthesized.data("aws_iam_policy_document", "controller_policy_document");
    const sources = (queue: boolean) =>
      evaluate(String(document.source_policy_documents), {
        var: { queue },
        data: {
          aws_iam_policy_document: Object.fromEntries(
            [...POLICIES, "interruption"].map((name) => [`controller_policy_${name}_document`, { json: name }]),
          ),
        },
      });
    expect(sources(true)).toEqual(expect.arrayContaining([...POLICIES, "interruption"]));
    expect(sources(false)).toEqual(expect.arrayContaining(POLICIES));
    expect(sources(false)).not.toContain("interruption");
  });

  test("refuses an inline policy that IAM would not take, and says what to do", () => {
    const nodeRoleArns = Array.from(
      { length: 20 },
      (_, i) => `arn:aws:iam::${ACCOUNT}:role/${"p/".repeat(45)}${"r".repeat(60)}${i}`,
    );
    const karpenterVersion = "1.15.1";
    const props = { nodeRoleArns, karpenterVersion, clusterName: LONG_NAME, instanceProfileMode: "karpenter" } as const;
    expect(problems({ ...props, controllerPolicyForm: "managed" })).toEqual([]);
    expect(problems(props)).toEqual([
      expect.stringMatching(
        /^"nodeRoleArns" makes the controller's inline policy \d+ characters long, but must leave it within the 10240 .*"managed"$/,
      ),
    ]);
  });

  test.each(["0.32.10", "1.0.8", "1.14.3", "1.15.1"])(
    "is within what IAM takes inline, in every partition and for the longest names, with 12 roles of nodes and Karpenter %s",
    (karpenterVersion) => {
      const sizes = PARTITIONS.map(([partition, region]) => {
        const props: ControllerRoleProps = {
          partition,
          region,
          accountId: ACCOUNT,
          karpenterVersion,
          clusterName: LONG_NAME,
          instanceProfileMode: "karpenter",
          rebootForRepair: true,
          oidcProviderArn: `arn:${partition}:iam::${ACCOUNT}:oidc-provider/oidc.eks.${region}.amazonaws.com/id/0A`,
          interruptionQueueArn: `arn:${partition}:sqs:${region}:${ACCOUNT}:${"q".repeat(80)}`,
          interruptionQueueKmsKeyArn: `arn:${partition}:kms:${region}:${ACCOUNT}:key/${"k".repeat(36)}`,
          nodeRoleArns: Array.from(
            { length: 12 },
            (_, i) => `arn:${partition}:iam::${ACCOUNT}:role/${"r".repeat(62)}${10 + i}`,
          ),
        };
        expect(problemsOf((stack) => new ControllerRole(stack, "controller", props))).toEqual([]);
        const synthesized = synth((stack) => new ControllerRole(stack, "controller", props));
        return renderedSize(policyDocument(synthesized, "controller_policy_document"));
      });
      expect(Math.max(...sizes)).toBeLessThanOrEqual(POLICY_LIMITS.inline);
    },
  );

  test("takes ten more policies beside an inline one, and four beside managed ones", () => {
    const additionalPolicies = Object.fromEntries(
      Array.from({ length: 10 }, (_, i) => [`p${i}`, `${POLICY_ARN}-${i}`]),
    );
    const four = Object.fromEntries(Object.entries(additionalPolicies).slice(0, 4));
    expect(problems({ additionalPolicies })).toEqual([]);
    expect(problems({ additionalPolicies: four, controllerPolicyForm: "both" })).toEqual([]);
    expect(problems({ additionalPolicies, controllerPolicyForm: "managed" })).toEqual([
      expect.stringMatching(/must have at most 4 entries while "controllerPolicyForm" is "managed"/),
    ]);
  });

  test("attaches each managed policy to the role", () => {
    const synthesized = role({ controllerPolicyForm: "managed" });
    expect(synthesized.resource("aws_iam_role_policy_attachment", "controller_node_lifecycle")).toEqual({
      role: "${aws_iam_role.controller.id}",
      policy_arn: "${aws_iam_policy.controller_policy_node_lifecycle.arn}",
    });
  });

  test("trusts karpenter in the namespace karpenter by default", () => {
    const [statement] = policyDocument(role(), "controller_irsa_trust").Statement;
    expect(statement.Condition).toEqual({
      StringEquals: {
        [`${ISSUER}:sub`]: "system:serviceaccount:karpenter:karpenter",
        [`${ISSUER}:aud`]: "sts.amazonaws.com",
      },
    });
  });

  test("trusts the service account that it is told", () => {
    const synthesized = role({ namespace: "kube-system", serviceAccountName: "scaler" });
    expect(policyDocument(synthesized, "controller_irsa_trust").Statement[0].Condition?.StringEquals).toMatchObject({
      [`${ISSUER}:sub`]: "system:serviceaccount:kube-system:scaler",
    });
  });

  test("has no association with IRSA", () => {
    expect(role().output("association")).toBe("${null}");
  });

  test("is assumed through an association with Pod Identity", () => {
    const synthesized = role({ controllerIdentity: "pod-identity", oidcProviderArn: undefined, tags: TAGS });
    expect(synthesized.resource("aws_eks_pod_identity_association", "controller_pod_identity")).toEqual({
      cluster_name: "demo",
      namespace: "karpenter",
      service_account: "karpenter",
      role_arn: "${aws_iam_role.controller.arn}",
      tags: TAGS,
    });
    expect(synthesized.output("association")).toBe(
      "${aws_eks_pod_identity_association.controller_pod_identity.association_id}",
    );
  });

  test("trusts the agent of its own cluster only with Pod Identity", () => {
    const synthesized = role({ controllerIdentity: "pod-identity" });
    expect(synthesized.addresses).not.toContain("data.aws_iam_policy_document.controller_irsa_trust");
    expect(policyDocument(synthesized, "controller_pod_identity_trust")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AssumeRoleWithPodIdentity",
          Effect: "Allow",
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Principal: { Service: "pods.eks.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": ACCOUNT },
            ArnEquals: { "aws:SourceArn": `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/demo` },
          },
        },
      ],
    });
  });

  test("takes boundary, path and tags, and its policies take path and tags", () => {
    const synthesized = role({
      permissionsBoundaryArn: BOUNDARY_ARN,
      iamPath: "/k/",
      tags: TAGS,
      controllerPolicyForm: "managed",
    });
    expect(synthesized.resource("aws_iam_role", "controller")).toEqual({
      name: "demo-karpenter-controller",
      description: "Karpenter controller of the EKS cluster demo",
      assume_role_policy: "${data.aws_iam_policy_document.controller_irsa_trust.json}",
      path: "/k/",
      permissions_boundary: BOUNDARY_ARN,
      tags: TAGS,
    });
    expect(synthesized.resource("aws_iam_policy", "controller_policy_node_lifecycle")).toMatchObject({
      path: "/k/",
      tags: TAGS,
    });
  });

  test("takes a name of one's own, or one after the prefix", () => {
    expect(role({ controllerRoleName: "mine" }).resource("aws_iam_role", "controller").name).toBe("mine");
    expect(role({ namePrefix: "eu" }).resource("aws_iam_role", "controller").name).toBe("eu-karpenter-controller");
  });

  test("keeps every name within IAM's limits for a cluster's name of 100 characters", () => {
    const synthesized = role({ clusterName: LONG_NAME, controllerPolicyForm: "managed" });
    const { name } = synthesized.resource("aws_iam_role", "controller");
    expect(name).toBe(generatedName(LONG_NAME, "-karpenter-controller", 64));
    const policies = synthesized.resources.filter((address) => address.startsWith("aws_iam_policy."));
    const names = policies.map((address) => String(synthesized.resource("aws_iam_policy", address.split(".")[1]).name));
    expect(Math.max(...names.map(({ length }) => length))).toBeLessThanOrEqual(128);
    expect(new Set(names).size).toBe(5);
  });

  test("attaches additional policies by the names that they are given", () => {
    const synthesized = role({ additionalPolicies: { "extra.one": POLICY_ARN } });
    expect(synthesized.resource("aws_iam_role_policy_attachment", "controller_additional")).toEqual({
      for_each: { "extra.one": POLICY_ARN },
      role: "${aws_iam_role.controller.id}",
      policy_arn: "${each.value}",
    });
    expect(synthesized.output("attachments")).toContain("controller_additional");
  });

  test("attaches a map of policies that only Terraform knows, and nothing for an empty one", () => {
    expect(
      role({ additionalPolicies: variableMap("policies") }).resource(
        "aws_iam_role_policy_attachment",
        "controller_additional",
      ).for_each,
    ).toBe("${var.policies}");
    expect(role({ additionalPolicies: {} }).resources).toEqual(role().resources);
  });

  test("may read its queue", () => {
    const reads = (props: Partial<ControllerRoleProps>) =>
      policyDocument(role({ interruptionQueueArn: QUEUE_ARN, ...props }), "controller_policy_interruption_document");
    expect(reads({}).Statement[0].Resource).toBe(QUEUE_ARN);
    expect(role({ interruptionQueueArn: QUEUE_ARN, controllerPolicyForm: "managed" }).resources).toEqual(
      expect.arrayContaining([
        "aws_iam_policy.controller_policy_interruption",
        "aws_iam_role_policy_attachment.controller_interruption",
      ]),
    );
  });

  test("has both trust policies by a count where Terraform chooses", () => {
    const synthesized = role({ controllerIdentity: variable("identity") as "irsa" });
    const json = String(synthesized.resource("aws_iam_role", "controller").assume_role_policy);
    const data = (irsa: object[], agent: object[]) => ({
      aws_iam_policy_document: { controller_irsa_trust: irsa, controller_pod_identity_trust: agent },
    });
    expect(evaluate(json, { var: { identity: "irsa" }, data: data([{ json: "I" }], []) })).toBe("I");
    expect(evaluate(json, { var: { identity: "pod-identity" }, data: data([], [{ json: "P" }]) })).toBe("P");
    const counts = ["controller_irsa_trust", "controller_pod_identity_trust"].map((name) =>
      ["irsa", "pod-identity"].map((identity) =>
        evaluate(String(synthesized.data("aws_iam_policy_document", name).count), { var: { identity } }),
      ),
    );
    expect(counts).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  test("is refused nothing when all is right or unknown", () => {
    expect(problems({})).toEqual([]);
    expect(problems({ oidcProviderArn: variable("provider"), region: variable("region") })).toEqual([]);
  });

  test("refuses IRSA without the OIDC provider", () => {
    expect(problems({ oidcProviderArn: undefined })).toEqual([
      '"oidcProviderArn" is null, but must be given when "controllerIdentity" is "irsa"; give the ARN of the ' +
        "cluster's IAM OIDC provider",
    ]);
  });

  test.each([
    ["partition", { partition: "aws-cn" }],
    ["account", { accountId: "444455556666" }],
    ["region", { region: "eu-west-1" }],
  ])("refuses the OIDC provider of another %s", (what, props) => {
    expect(problems(props)).toEqual([
      `"oidcProviderArn" is "${PROVIDER_ARN}", but must be of ${what} "${Object.values(props)[0]}"; ` +
        `give the OIDC provider of this cluster, or correct "${Object.keys(props)[0]}"`,
    ]);
  });

  test("fails with each problem once, though its policy has the same properties", () => {
    const message = synthError(
      (stack) => new ControllerRole(stack, "controller", { ...PROPS, clusterName: "-", namespace: "*", iamPath: "x" }),
    );
    for (const property of ["clusterName", "namespace", "iamPath"]) {
      expect(message.split(`"${property}" is `)).toHaveLength(2);
    }
  });
});
