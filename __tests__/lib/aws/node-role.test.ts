import { TerraformOutput } from "cdktf";
import type { NodeRoleProps } from "../../../lib/aws/node-role";
import { NodeRole } from "../../../lib/aws/node-role";
import { evaluate } from "../../support/hcl";
import { BOUNDARY_ARN, LONG_NAME, POLICY_ARN, ROLE_ARN, TAGS } from "../../support/fixtures";
import { policyDocument } from "../../support/policy";
import type { Synthesized } from "../../support/stack";
import { problemsOf, synth } from "../../support/stack";
import { variable, variableFlag, variableMap } from "../../support/tokens";

const PROPS: NodeRoleProps = { partition: "aws", clusterName: "demo" };

const node = (props: Partial<NodeRoleProps> = {}) =>
  synth((stack) => {
    const made = new NodeRole(stack, "node", { ...PROPS, ...props });
    new TerraformOutput(stack, "role", {
      value: [made.roleArn, made.roleName, made.roleUniqueId],
    });
    new TerraformOutput(stack, "profile", { value: [made.instanceProfileName, made.instanceProfileArn] });
    new TerraformOutput(stack, "attachments", {
      value: made.attachments.map(({ friendlyUniqueId }) => friendlyUniqueId),
    });
  });
const problems = (props: Partial<NodeRoleProps>) =>
  problemsOf((stack) => new NodeRole(stack, "node", { ...PROPS, ...props }));

const ATTACHMENTS = [
  "node_amazon_eks_worker_node_policy",
  "node_amazon_eks_cni_policy",
  "node_amazon_ec2_container_registry_pull_only",
  "node_amazon_ssm_managed_instance_core",
];

type Attachments = Record<"aws_iam_role_policy_attachment", Record<string, { count?: string; policy_arn: string }>>;

describe("NodeRole", () => {
  test("is a role with four managed policies and an instance profile", () => {
    expect(node().addresses).toEqual(
      [
        "aws_iam_instance_profile.node_instance_profile",
        "aws_iam_role.node",
        ...ATTACHMENTS.map((name) => `aws_iam_role_policy_attachment.${name}`),
        "terraform_data.node_in_use",
        "terraform_data.node_role_identity",
        "data.aws_iam_policy_document.node_trust",
        "data.aws_partition.node_partition",
      ].sort(),
    );
  });

  test.each(["aws", "aws-us-gov", "aws-cn"])("attaches the managed policies of the partition %s", (partition) => {
    const synthesized = node({ partition });
    expect(ATTACHMENTS.map((name) => synthesized.resource("aws_iam_role_policy_attachment", name))).toEqual(
      [
        "AmazonEKSWorkerNodePolicy",
        "AmazonEKS_CNI_Policy",
        "AmazonEC2ContainerRegistryPullOnly",
        "AmazonSSMManagedInstanceCore",
      ].map((name) => ({ role: "${aws_iam_role.node.id}", policy_arn: `arn:${partition}:iam::aws:policy/${name}` })),
    );
  });

  test.each([
    ["1.0.0", "ReadOnly"],
    ["1.3.8", "ReadOnly"],
    ["1.4.0", "PullOnly"],
    ["1.15.1", "PullOnly"],
  ])("lets nodes of Karpenter %s pull images as its template does", (karpenterVersion, access) => {
    const registry = (synthesized: Synthesized) =>
      Object.values((synthesized.json.resource as Attachments).aws_iam_role_policy_attachment)
        .filter(({ count = "${1}" }) => evaluate(count, late(karpenterVersion)) === 1)
        .map(({ policy_arn }) => policy_arn)
        .filter((arn) => arn.includes("ContainerRegistry"));
    const atPlan = node({ karpenterVersion: variable("version") });
    const late = (version: string) => ({
      local: { karpenter_minor: evaluate(String(atPlan.local("karpenter_minor")), { var: { version } }) },
    });
    const arn = `arn:aws:iam::aws:policy/AmazonEC2ContainerRegistry${access}`;
    expect(registry(node({ karpenterVersion }))).toEqual([arn]);
    expect(registry(atPlan)).toEqual([arn]);
  });

  test("lets EC2 use the role", () => {
    expect(policyDocument(node(), "node_trust")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AssumeRoleByNodes",
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "ec2.amazonaws.com" },
        },
      ],
    });
  });

  test("lets EC2 of China use the role by its name there", () => {
    const services = ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"];
    expect(policyDocument(node({ partition: "aws-cn" }), "node_trust").Statement[0].Principal).toEqual({
      Service: services,
    });
    const late = node({ partition: variable("p") });
    const principal = (p: string) => policyDocument(late, "node_trust", { var: { p } }).Statement[0].Principal;
    expect(principal("aws-cn")).toEqual({ Service: services });
    expect(principal("aws")).toEqual({ Service: "ec2.amazonaws.com" });
  });

  test("asks the provider for the partition when it is not told", () => {
    expect(node({ partition: undefined }).addresses).toContain("data.aws_partition.node_partition");
  });

  test("takes boundary, path and tags for role and profile", () => {
    const synthesized = node({ permissionsBoundaryArn: BOUNDARY_ARN, iamPath: "/k/", tags: TAGS });
    expect(synthesized.resource("aws_iam_role", "node")).toEqual({
      name: "demo-karpenter-node",
      description: "Karpenter nodes of the EKS cluster demo",
      assume_role_policy: "${data.aws_iam_policy_document.node_trust.json}",
      path: "/k/",
      permissions_boundary: BOUNDARY_ARN,
      tags: TAGS,
    });
    expect(synthesized.resource("aws_iam_instance_profile", "node_instance_profile")).toEqual({
      name: "demo-karpenter-instance-profile",
      role: "${aws_iam_role.node.name}",
      path: "/k/",
      tags: TAGS,
      lifecycle: { replace_triggered_by: ["terraform_data.node_role_identity"] },
    });
  });

  test("replaces the instance profile when the role is made anew under the same name", () => {
    expect(node().resource("terraform_data", "node_role_identity")).toEqual({
      input: { unique_id: "${aws_iam_role.node.unique_id}" },
    });
    expect(node({ createInstanceProfile: false }).resources).not.toContain("terraform_data.node_role_identity");
  });

  test("takes names of one's own", () => {
    const synthesized = node({ nodeRoleName: "role", instanceProfileName: "profile" });
    expect(synthesized.resource("aws_iam_role", "node").name).toBe("role");
    expect(synthesized.resource("aws_iam_instance_profile", "node_instance_profile").name).toBe("profile");
  });

  test("keeps its names within IAM's limits for a cluster's name of 100 characters", () => {
    const synthesized = node({ clusterName: LONG_NAME });
    expect(synthesized.resource("aws_iam_role", "node").name).toHaveLength(64);
    expect(synthesized.resource("aws_iam_instance_profile", "node_instance_profile").name).toBe(
      `${LONG_NAME}-karpenter-instance-profile`,
    );
  });

  test("attaches additional policies by the names that they are given", () => {
    const synthesized = node({ additionalPolicies: { ebs: POLICY_ARN } });
    expect(synthesized.resource("aws_iam_role_policy_attachment", "node_additional").for_each).toEqual({
      ebs: POLICY_ARN,
    });
    expect(synthesized.output("attachments")).toEqual([...ATTACHMENTS, "node_additional"]);
  });

  test("takes a role of one's own, and makes the instance profile for it by its name", () => {
    const synthesized = node({ nodeRoleArn: ROLE_ARN.replace("role/", "role/a/b/") });
    expect(synthesized.resources).toEqual([
      "aws_iam_instance_profile.node_instance_profile",
      "terraform_data.node_in_use",
    ]);
    expect(synthesized.resource("aws_iam_instance_profile", "node_instance_profile").role).toBe("nodes");
    expect(synthesized.output("role")).toEqual([ROLE_ARN.replace("role/", "role/a/b/"), "nodes", "${null}"]);
  });

  test("makes no instance profile when it is not wanted, and hands out the name of one's own", () => {
    const synthesized = node({ createInstanceProfile: false, instanceProfileName: "mine" });
    expect(synthesized.resources.filter((address) => address.includes("instance_profile"))).toEqual([]);
    expect(synthesized.output("profile")).toEqual(["mine", "${null}"]);
    expect(node({ createInstanceProfile: false }).output("profile")).toEqual(["${null}", "${null}"]);
  });
});

describe("NodeRole decided by Terraform", () => {
  const synthesized = node({
    createNodeRole: variableFlag("create"),
    nodeRoleArn: variable("arn"),
    createInstanceProfile: variableFlag("profile"),
    instanceProfileName: variable("name"),
    additionalPolicies: variableMap("policies"),
  });
  const made = { aws_iam_role: { node: [{ arn: "arn:made", name: "made", unique_id: "AROA" }] } };

  test("makes everything by a count", () => {
    const counts = [
      synthesized.resource("aws_iam_role", "node").count,
      ...ATTACHMENTS.map((name) => synthesized.resource("aws_iam_role_policy_attachment", name).count),
    ];
    expect(new Set(counts)).toEqual(new Set(["${var.create ? 1 : 0}"]));
    expect(synthesized.resource("aws_iam_instance_profile", "node_instance_profile").count).toBe(
      "${var.profile ? 1 : 0}",
    );
  });

  test("hands out the role that is there", () => {
    const role = (create: boolean) =>
      (synthesized.output("role") as string[]).map((value) =>
        evaluate(value, { ...(create ? made : { aws_iam_role: { node: [] } }), var: { create, arn: ROLE_ARN } }),
      );
    expect(role(true)).toEqual(["arn:made", "made", "AROA"]);
    expect(role(false)).toEqual([ROLE_ARN, "nodes", null]);
  });

  test("attaches additional policies to the role made here only", () => {
    const attachment = synthesized.resource("aws_iam_role_policy_attachment", "node_additional");
    const each = (create: boolean) => evaluate(String(attachment.for_each), { var: { create, policies: { a: "p" } } });
    expect([each(true), each(false)]).toEqual([{ a: "p" }, {}]);
  });
});

describe("NodeRole at synth", () => {
  test("is refused nothing when all is right or unknown", () => {
    expect(problems({})).toEqual([]);
    expect(problems({ nodeRoleArn: variable("arn"), createNodeRole: variableFlag("create") })).toEqual([]);
  });

  test("takes an explicit undefined for a toggle as not given", () => {
    expect(problems({ nodeRoleArn: ROLE_ARN, createNodeRole: undefined })).toEqual([]);
  });

  test("refuses to make a role and to take one at once", () => {
    expect(problems({ nodeRoleArn: ROLE_ARN, createNodeRole: true })).toEqual([
      `"createNodeRole" is true and "nodeRoleArn" is "${ROLE_ARN}", but must be either true without, or false with a role ` +
        'of your own; set "createNodeRole" to false and give "nodeRoleArn", or leave both out',
    ]);
  });

  test("refuses a role by its name", () => {
    expect(problems({ nodeRoleArn: "nodes" })).toEqual([
      '"nodeRoleArn" is "nodes", but must be the ARN of an IAM role, arn:<partition>:iam::<account>:role/<name>, ' +
        "without wildcards; give the role's ARN, not its name",
    ]);
  });

  const IPV6 = [
    {
      Sid: "GivePodsIpv6Addresses",
      Effect: "Allow",
      Action: [
        "ec2:AssignIpv6Addresses",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeInstances",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeTags",
      ],
      Resource: "*",
    },
    {
      Sid: "TagNetworkInterfaces",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: "arn:aws:ec2:*:*:network-interface/*",
    },
  ];
  const CNI = "aws_iam_role_policy_attachment.node_amazon_eks_cni_policy";
  const CNI_IPV6 = "aws_iam_role_policy.node_cni_ipv6";
  const SSM = "aws_iam_role_policy_attachment.node_amazon_ssm_managed_instance_core";
  const OPTIONAL = [CNI, CNI_IPV6, SSM];

  test("lets the VPC CNI give IPv6 addresses in a cluster of IPv6, with a policy that AWS does not manage", () => {
    const made = node({ clusterIpFamily: "ipv6" });
    expect(policyDocument(made, "node_cni_ipv6_document").Statement).toEqual(IPV6);
    expect(made.resource("aws_iam_role_policy", "node_cni_ipv6")).toEqual({
      name: "cni-ipv6",
      role: "${aws_iam_role.node.id}",
      policy: "${data.aws_iam_policy_document.node_cni_ipv6_document.json}",
    });
    expect(made.output("attachments")).toContain("node_cni_ipv6");
  });

  test.each<[string, Partial<NodeRoleProps>, string[]]>([
    ["in a cluster of IPv4", {}, [CNI, SSM]],
    ["in a cluster of IPv6", { clusterIpFamily: "ipv6" }, [CNI_IPV6, SSM]],
    ["with a role of the VPC CNI's own", { nodeCniPolicy: false }, [SSM]],
    ["with a role of the VPC CNI's own in a cluster of IPv6", { nodeCniPolicy: false, clusterIpFamily: "ipv6" }, [SSM]],
    ["without Session Manager", { nodeSsmPolicy: false }, [CNI]],
    ["of one's own, nothing", { nodeRoleArn: ROLE_ARN }, []],
  ])("has what is asked for %s", (_, props, policies) => {
    expect(node(props).resources.filter((address) => OPTIONAL.includes(address))).toEqual(policies.sort());
  });

  test("lets Terraform decide about these", () => {
    const made = node({
      clusterIpFamily: variable("family") as never,
      nodeCniPolicy: variableFlag("cni"),
      nodeSsmPolicy: variableFlag("ssm"),
    });
    const counts = (scope: object) =>
      OPTIONAL.map((address) => {
        const [type, name] = address.split(".");
        return evaluate(String(made.resource(type, name).count), { var: scope });
      });
    expect(counts({ family: "ipv4", cni: true, ssm: true })).toEqual([1, 0, 1]);
    expect(counts({ family: "ipv6", cni: true, ssm: false })).toEqual([0, 1, 0]);
    expect(counts({ family: "ipv6", cni: false, ssm: true })).toEqual([0, 0, 1]);
  });

  test("takes a policy of AWS's from the user where it is not attached already", () => {
    const ssm = { additionalPolicies: { ssm: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" } };
    const cni = { additionalPolicies: { cni: "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy" } };
    expect(problems(ssm)).toHaveLength(1);
    expect(problems({ ...ssm, nodeSsmPolicy: false })).toEqual([]);
    expect(problems(cni)).toHaveLength(1);
    expect(problems({ ...cni, nodeCniPolicy: false })).toEqual([]);
    expect(problems({ ...cni, clusterIpFamily: "ipv6" })).toEqual([]);
  });
});
