import { TerraformOutput } from "cdktf";
import type { FargateProfileProps } from "../../../lib/aws/fargate-profile";
import { FargateProfile } from "../../../lib/aws/fargate-profile";
import { evaluate } from "../../support/hcl";
import { BOUNDARY_ARN, KEY_ARN, LONG_NAME, PLACE, POLICY_ARN, ROLE_ARN, TAGS } from "../../support/fixtures";
import { policyDocument } from "../../support/policy";
import type { Synthesized } from "../../support/stack";
import { problemsOf, synth } from "../../support/stack";
import { variable, variableFlag, variableList, variableMap } from "../../support/tokens";

const PROPS: FargateProfileProps = { ...PLACE, clusterName: "demo", subnetIds: ["subnet-1", "subnet-2"] };
const MADE_ROLE = { aws_iam_role: { fargate_pod_execution_role: { arn: "arn:made", name: "made" } } };

const profile = (props: Partial<FargateProfileProps> = {}) =>
  synth((stack) => {
    const made = new FargateProfile(stack, "fargate", { ...PROPS, ...props });
    new TerraformOutput(stack, "role", { value: made.podExecutionRoleArn });
    new TerraformOutput(stack, "role_name", { value: made.podExecutionRoleName });
    new TerraformOutput(stack, "mapping", { value: made.awsAuthRole });
  });
const problems = (props: Partial<FargateProfileProps>) =>
  problemsOf((stack) => new FargateProfile(stack, "fargate", { ...PROPS, ...props }));
const block = (synthesized: Synthesized) => synthesized.resource("aws_eks_fargate_profile", "fargate");
const nameOf = (props: Partial<FargateProfileProps> = {}) =>
  String(evaluate(String(block(profile(props)).fargate_profile_name), MADE_ROLE));

describe("FargateProfile", () => {
  test("is a profile with a pod execution role and two policies", () => {
    expect(profile().addresses).toEqual([
      "aws_eks_fargate_profile.fargate",
      "aws_iam_role.fargate_pod_execution_role",
      "aws_iam_role_policy_attachment.fargate_amazon_eks_cni_policy",
      "aws_iam_role_policy_attachment.fargate_amazon_eks_fargate_pod_execution_role_policy",
      "data.aws_iam_policy_document.fargate_trust",
      "data.aws_partition.fargate_partition",
    ]);
  });

  test("takes Karpenter's controller only by default", () => {
    expect(block(profile())).toMatchObject({
      cluster_name: "demo",
      pod_execution_role_arn: "${aws_iam_role.fargate_pod_execution_role.arn}",
      subnet_ids: ["subnet-1", "subnet-2"],
      selector: [{ namespace: "karpenter", labels: { "app.kubernetes.io/name": "karpenter" } }],
      lifecycle: { create_before_destroy: true },
    });
  });

  test("waits for the policies of its role, for pods cannot pull without them", () => {
    expect(block(profile()).depends_on).toEqual([
      "aws_iam_role_policy_attachment.fargate_amazon_eks_fargate_pod_execution_role_policy",
      "aws_iam_role_policy_attachment.fargate_amazon_eks_cni_policy",
    ]);
  });

  test("lets Fargate of this cluster only use the role", () => {
    expect(policyDocument(profile(), "fargate_trust")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AssumeRoleByFargatePods",
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "eks-fargate-pods.amazonaws.com" },
          Condition: {
            ArnLike: { "aws:SourceArn": "arn:aws:eks:eu-north-1:111122223333:fargateprofile/demo/*" },
          },
        },
      ],
    });
  });

  test.each(["aws", "aws-cn"])("attaches both managed policies of the partition %s", (partition) => {
    const synthesized = profile({ partition });
    const policies = ["fargate_amazon_eks_fargate_pod_execution_role_policy", "fargate_amazon_eks_cni_policy"];
    expect(policies.map((name) => synthesized.resource("aws_iam_role_policy_attachment", name))).toEqual(
      ["AmazonEKSFargatePodExecutionRolePolicy", "AmazonEKS_CNI_Policy"].map((name) => ({
        role: expect.stringMatching(/^\$\{aws_iam_role\.fargate_pod_execution_role\.(id|name)\}$/) as string,
        policy_arn: `arn:${partition}:iam::aws:policy/${name}`,
      })),
    );
  });

  test("makes the role with boundary, path, tags and a name of one's own", () => {
    const synthesized = profile({
      permissionsBoundaryArn: BOUNDARY_ARN,
      iamPath: "/k/",
      tags: TAGS,
      podExecutionRoleName: "mine",
    });
    expect(synthesized.resource("aws_iam_role", "fargate_pod_execution_role")).toMatchObject({
      name: "mine",
      path: "/k/",
      permissions_boundary: BOUNDARY_ARN,
      tags: TAGS,
    });
    expect(block(synthesized).tags).toEqual(TAGS);
    expect(profile().resource("aws_iam_role", "fargate_pod_execution_role").name).toBe("demo-karpenter-fargate");
  });

  test("takes a role of one's own and makes none", () => {
    const synthesized = profile({ podExecutionRoleArn: `${ROLE_ARN.replace("role/", "role/a/b/")}` });
    expect(synthesized.resources).toEqual(["aws_eks_fargate_profile.fargate"]);
    expect(block(synthesized).depends_on).toEqual([]);
    expect(synthesized.output("role_name")).toBe("nodes");
    expect(synthesized.output("mapping")).toEqual({
      rolearn: ROLE_ARN,
      username: "system:node:{{SessionName}}",
      groups: ["system:bootstrappers", "system:nodes", "system:node-proxier"],
    });
  });

  test("makes the role by a count where Terraform decides", () => {
    const synthesized = profile({
      createPodExecutionRole: variableFlag("create"),
      podExecutionRoleArn: variable("arn"),
    });
    expect(synthesized.resource("aws_iam_role", "fargate_pod_execution_role").count).toBe("${var.create ? 1 : 0}");
    const arn = String(synthesized.output("role"));
    expect(
      evaluate(arn, {
        var: { create: true, arn: null },
        aws_iam_role: { fargate_pod_execution_role: [{ arn: "made" }] },
      }),
    ).toBe("made");
    expect(
      evaluate(arn, { var: { create: false, arn: "mine" }, aws_iam_role: { fargate_pod_execution_role: [] } }),
    ).toBe("mine");
  });

  test.each([1, 2, 3, 4, 5])("takes %i selectors", (count) => {
    const selectors = Array.from({ length: count }, (_, index) => ({ namespace: `n${index}` }));
    expect(block(profile({ selectors })).selector).toEqual(selectors);
    expect(problems({ selectors })).toEqual([]);
  });

  test("takes selectors that only Terraform knows through a dynamic block", () => {
    const synthesized = profile({ selectors: variableFlag("selectors") });
    expect(block(synthesized)).toMatchObject({
      selector: [],
      dynamic: {
        selector: {
          for_each: "${var.selectors}",
          content: { namespace: "${selector.value.namespace}", labels: "${try(selector.value.labels, {})}" },
        },
      },
    });
  });

  test("keeps a name of one's own, and then goes before the next one comes", () => {
    expect(block(profile({ fargateProfileName: "mine" }))).toMatchObject({
      fargate_profile_name: "mine",
      lifecycle: { create_before_destroy: false },
    });
  });

  test("keeps a name that only Terraform knows, and has the one that changes where that is null", () => {
    const { fargate_profile_name: name, lifecycle } = block(profile({ fargateProfileName: variable("name") }));
    expect(lifecycle).toEqual({ create_before_destroy: true });
    expect(evaluate(String(name), { ...MADE_ROLE, var: { name: "mine" } })).toBe("mine");
    expect(evaluate(String(name), { ...MADE_ROLE, var: { name: null } })).toBe(nameOf());
  });
});

describe("the name of a FargateProfile", () => {
  test("is the cluster's with a hash of all that cannot be changed", () => {
    expect(nameOf()).toMatch(/^demo-karpenter-[0-9a-f]{8}$/);
    expect(nameOf({ namePrefix: "eu" })).toMatch(/^eu-karpenter-[0-9a-f]{8}$/);
  });

  test.each<[string, Partial<FargateProfileProps>]>([
    ["the subnets", { subnetIds: ["subnet-1"] }],
    ["the role", { podExecutionRoleArn: ROLE_ARN }],
    ["a selector's namespace", { selectors: [{ namespace: "kube-system" }] }],
    ["a selector's labels", { selectors: [{ namespace: "karpenter", labels: { app: "x" } }] }],
    [
      "the number of selectors",
      {
        selectors: [{ namespace: "karpenter", labels: { "app.kubernetes.io/name": "karpenter" } }, { namespace: "x" }],
      },
    ],
  ])("changes with %s", (_, props) => {
    expect(nameOf(props)).not.toBe(nameOf());
  });

  test.each<[string, Partial<FargateProfileProps>]>([
    ["the order of the subnets", { subnetIds: ["subnet-2", "subnet-1"] }],
    ["the tags", { tags: TAGS }],
    ["the boundary of its role", { permissionsBoundaryArn: BOUNDARY_ARN }],
    [
      "selectors that are written out",
      { selectors: [{ namespace: "karpenter", labels: { "app.kubernetes.io/name": "karpenter" } }] },
    ],
  ])("stays the same with %s", (_, props) => {
    expect(nameOf(props)).toBe(nameOf());
  });

  test("is the same where Terraform knows cluster, subnets and selectors only later", () => {
    const late = block(
      profile({
        clusterName: variable("cluster"),
        subnetIds: variableList("subnets"),
        selectors: variableFlag("selectors"),
      }),
    );
    const selectors = [{ namespace: "karpenter", labels: { "app.kubernetes.io/name": "karpenter" } }];
    const scope = { ...MADE_ROLE, var: { cluster: "demo", subnets: PROPS.subnetIds, selectors } };
    expect(evaluate(String(late.fargate_profile_name), scope)).toBe(nameOf());
  });

  test("has at most 63 characters for every length of a cluster's name, and tells two clusters apart", () => {
    const expression = String(block(profile({ clusterName: variable("cluster") })).fargate_profile_name);
    const names = Array.from({ length: 100 }, (_, index) =>
      String(evaluate(expression, { ...MADE_ROLE, var: { cluster: LONG_NAME.slice(0, index + 1) } })),
    );
    expect(Math.max(...names.map(({ length }) => length))).toBe(63);
    expect(new Set(names).size).toBe(100);
    expect(nameOf({ clusterName: LONG_NAME })).toBe(names[99]);
  });
});

describe("FargateProfile at synth", () => {
  test("is refused nothing when all is right or unknown", () => {
    expect(problems({})).toEqual([]);
    expect(problems({ subnetIds: variableList("ids"), tags: variableMap("tags") })).toEqual([]);
  });

  test("takes an explicit undefined for a toggle as not given", () => {
    expect(problems({ podExecutionRoleArn: ROLE_ARN, createPodExecutionRole: undefined })).toEqual([]);
  });

  test("refuses more than 5 selectors", () => {
    const selectors = Array.from({ length: 6 }, (_, index) => ({ namespace: `n${index}` }));
    expect(problems({ selectors })).toEqual([
      '"selectors" has 6 items, but must have 1 to 5; put what else should run on Fargate into a Fargate profile of its own',
    ]);
  });

  test("refuses no subnets", () => {
    expect(problems({ subnetIds: [] })).toEqual([
      '"subnetIds" has 0 items, but must have 1 to 100; give the ids of the cluster\'s private subnets',
    ]);
  });

  test("refuses to make a role and to take one at once, and to have none", () => {
    const words = "but must be either true without, or false with a role of your own";
    expect(problems({ createPodExecutionRole: true, podExecutionRoleArn: ROLE_ARN })[0]).toContain(words);
    expect(problems({ createPodExecutionRole: false })[0]).toContain(
      `"createPodExecutionRole" is false and "podExecutionRoleArn" is null, ${words}`,
    );
  });

  test("refuses a name of 64 characters", () => {
    expect(problems({ fargateProfileName: "n".repeat(63) })).toEqual([]);
    expect(problems({ fargateProfileName: "n".repeat(64) })[0]).toContain("but must be 1 to 63 letters");
  });

  test.each<[string, Partial<FargateProfileProps>, string[]]>([
    ["in a cluster of IPv6", { clusterIpFamily: "ipv6" }, ["aws_iam_role_policy.fargate_cni_ipv6"]],
    ["without the VPC CNI's permissions", { podExecutionRoleCniPolicy: false }, []],
    [
      "with policies of one's own",
      { podExecutionRoleCniPolicy: false, podExecutionRoleAdditionalPolicies: { logs: POLICY_ARN } },
      ["aws_iam_role_policy_attachment.fargate_additional"],
    ],
  ])("%s, waits for what its role has then", (_, props, policies) => {
    expect(block(profile(props)).depends_on).toEqual([
      "aws_iam_role_policy_attachment.fargate_amazon_eks_fargate_pod_execution_role_policy",
      ...policies,
    ]);
  });

  test("refuses a policy that its role has already, or twice", () => {
    const of = (podExecutionRoleAdditionalPolicies: Record<string, string>) => ({ podExecutionRoleAdditionalPolicies });
    const cni = of({ cni: "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy" });
    expect(problems(cni)).toEqual([
      expect.stringContaining('but must not have "cni": the role of pods on Fargate has that policy already'),
    ]);
    expect(problems({ ...cni, podExecutionRoleCniPolicy: false })).toEqual([]);
    expect(problems(of({ a: POLICY_ARN, b: POLICY_ARN }))).toHaveLength(1);
    expect(problems({ ...of({ a: POLICY_ARN }), podExecutionRoleArn: ROLE_ARN })).toHaveLength(1);
  });
});

describe("the logs of a FargateProfile", () => {
  const ALL_STREAMS = "arn:aws:logs:eu-north-1:111122223333:log-group";
  const written = (props: Partial<FargateProfileProps>) =>
    policyDocument(profile(props), "fargate_logging_document").Statement;

  test("go nowhere by default", () => {
    expect(profile().addresses.filter((address) => /log/.test(address))).toEqual([]);
  });

  test("go to a log group that is there, and may be written to, before any pod", () => {
    const synthesized = profile({ fargateLogging: "managed", tags: TAGS });
    expect(synthesized.resource("aws_cloudwatch_log_group", "fargate_log_group")).toEqual({
      name: "/aws/eks/demo/fargate",
      retention_in_days: 90,
      tags: TAGS,
    });
    expect(block(synthesized).depends_on).toEqual(
      expect.arrayContaining(["aws_cloudwatch_log_group.fargate_log_group", "aws_iam_role_policy.fargate_logging"]),
    );
    expect(synthesized.resource("aws_iam_role_policy", "fargate_logging")).toMatchObject({ name: "fargate-logging" });
  });

  test("may be written to that log group and no other, which the role cannot make", () => {
    expect(written({ fargateLogging: "existing", fargateLogGroupName: "/theirs" })).toEqual([
      {
        Sid: "WriteLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: `${ALL_STREAMS}:/theirs:*`,
      },
    ]);
    expect(
      JSON.stringify(written({ fargateLogging: "managed", partition: "aws-cn", createFargateLogGroup: false })),
    ).toContain("arn:aws-cn:logs:eu-north-1:111122223333:log-group:/aws/eks/demo/fargate:*");
  });

  test.each<[string, Partial<FargateProfileProps>, string[]]>([
    ["one's own log group", { createFargateLogGroup: false }, ["aws_iam_role_policy.fargate_logging"]],
    ["one's own role", { podExecutionRoleArn: ROLE_ARN }, ["aws_cloudwatch_log_group.fargate_log_group"]],
    [
      "a ConfigMap of the cluster's",
      { fargateLogging: "existing", fargateLogGroupName: "a" },
      ["aws_iam_role_policy.fargate_logging"],
    ],
  ])("with %s, need no more than the rest", (_, props, made) => {
    const { resources } = profile({ fargateLogging: "managed", ...props });
    expect(resources.filter((address) => /log/.test(address))).toEqual(made);
  });

  test("are kept and encrypted as asked", () => {
    const props = { fargateLogRetentionDays: 0, fargateLogKmsKeyArn: KEY_ARN, fargateLogGroupName: "mine" };
    expect(
      profile({ fargateLogging: "managed", ...props }).resource("aws_cloudwatch_log_group", "fargate_log_group"),
    ).toEqual({
      name: "mine",
      retention_in_days: 0,
      kms_key_id: KEY_ARN,
    });
  });

  test.each<[string, string | null, boolean | null, unknown, [group: number, policy: number]]>([
    ["none", null, null, null, [0, 0]],
    ["managed", null, null, "/aws/eks/demo/fargate", [1, 1]],
    ["managed", "mine", false, "mine", [0, 1]],
    ["existing", "theirs", null, "theirs", [0, 1]],
    ["existing", "theirs", true, "theirs", [1, 1]],
  ])("where Terraform decides, are %s with the name %j", (mode, name, create, found, [groups, policies]) => {
    const synthesized = synth((stack) => {
      const { logGroupName } = new FargateProfile(stack, "fargate", {
        ...PROPS,
        fargateLogging: variable("mode") as never,
        fargateLogGroupName: variable("name"),
        createFargateLogGroup: variableFlag("create"),
      });
      new TerraformOutput(stack, "name", { value: logGroupName });
    });
    const group = synthesized.resource("aws_cloudwatch_log_group", "fargate_log_group");
    const scope = {
      var: { mode, name, create },
      aws_cloudwatch_log_group: { fargate_log_group: groups === 1 ? [{ name: found }] : [] },
    };
    const policy = synthesized.resource("aws_iam_role_policy", "fargate_logging");
    expect([group.count, policy.count].map((count) => evaluate(String(count), scope))).toEqual([groups, policies]);
    expect(evaluate(String(synthesized.output("name")), scope)).toBe(found);
  });

  test("ask the provider for its region once", () => {
    const synthesized = profile({ region: undefined, accountId: undefined, fargateLogging: "managed" });
    expect(synthesized.addresses).toEqual(expect.arrayContaining(["data.aws_caller_identity.fargate_caller"]));
    expect(JSON.stringify(synthesized.json)).toContain(
      "logs:${data.aws_region.fargate_region.id}:${data.aws_caller_identity.fargate_caller.account_id}:log-group",
    );
  });

  test("cannot be kept where nothing is written", () => {
    expect(problems({ fargateLogRetentionDays: 7 })).toEqual([
      '"fargateLogRetentionDays" is 7, but must be left out where no log group is made: "fargateLogging" is "none" and ' +
        '"createFargateLogGroup" null; set "fargateLogging" to "managed", or "createFargateLogGroup" to true, or leave this out',
    ]);
  });
});
