import { TerraformLocal, TerraformOutput } from "cdktf";
import { Karpenter, KarpenterProps } from "../../lib";
import { evaluateAll } from "../support/hcl";
import {
  BOUNDARY_ARN,
  KEY_ARN,
  LONG_NAME,
  PLACE,
  POLICY_ARN,
  PROVIDER_ARN,
  QUEUE_ARN,
  ROLE_ARN,
  TAGS,
} from "../support/fixtures";
import { problemsOf, synth, synthError } from "../support/stack";
import { variable, variableList } from "../support/tokens";

const PROPS: KarpenterProps = {
  ...PLACE,
  clusterName: "demo",
  oidcProviderArn: PROVIDER_ARN,
  subnetIds: ["subnet-1", "subnet-2"],
  securityGroupIds: ["sg-1"],
};
const OWN_PROFILE = { createInstanceProfile: false, instanceProfileName: "mine" };

const karpenter = (props: Partial<KarpenterProps> = {}) =>
  synth((stack) => {
    const made = new Karpenter(stack, "karpenter", { ...PROPS, ...props });
    new TerraformLocal(stack, "helm_values", made.helmValues);
    new TerraformOutput(stack, "node_class_spec", { value: made.nodeClassSpec });
    new TerraformOutput(stack, "aws_auth_roles", { value: made.awsAuthRoles });
    new TerraformOutput(stack, "controller_role_arn", { value: made.controllerRoleArn });
    new TerraformOutput(stack, "interruption_queue_name", { value: made.interruptionQueueName ?? "none" });
  });
const problems = (props: Partial<KarpenterProps>) =>
  problemsOf((stack) => new Karpenter(stack, "karpenter", { ...PROPS, ...props }));

const KINDS = [
  "eks_integration",
  "iam_integration",
  "interruption",
  "node_lifecycle",
  "resource_discovery",
  "zonal_shift",
];
const EVENTS = [
  "capacity_reservation_interruption",
  "health",
  "instance_state_change",
  "rebalance",
  "spot_interruption",
];

/** The addresses of each part, all below the id `karpenter`. */
const CONTROLLER = [
  "aws_iam_role.karpenter_controller",
  "data.aws_iam_policy_document.karpenter_controller_irsa_trust",
  ...KINDS.flatMap((kind) => [
    `aws_iam_policy.karpenter_controller_policy_${kind}`,
    `aws_iam_role_policy_attachment.karpenter_controller_${kind}`,
    `data.aws_iam_policy_document.karpenter_controller_policy_${kind}_document`,
  ]),
];
const FARGATE_ROLE = [
  "aws_iam_role.karpenter_fargate_pod_execution_role",
  "aws_iam_role_policy_attachment.karpenter_fargate_amazon_eks_cni_policy",
  "aws_iam_role_policy_attachment.karpenter_fargate_amazon_eks_fargate_pod_execution_role_policy",
  "data.aws_iam_policy_document.karpenter_fargate_trust",
];
const FARGATE = ["aws_eks_fargate_profile.karpenter_fargate", ...FARGATE_ROLE];
const NODE_ROLE = [
  "aws_iam_role.karpenter_node",
  "aws_iam_role_policy_attachment.karpenter_node_amazon_ec2_container_registry_pull_only",
  "aws_iam_role_policy_attachment.karpenter_node_amazon_eks_cni_policy",
  "aws_iam_role_policy_attachment.karpenter_node_amazon_eks_worker_node_policy",
  "aws_iam_role_policy_attachment.karpenter_node_amazon_ssm_managed_instance_core",
  "data.aws_iam_policy_document.karpenter_node_trust",
];
const PROFILE_IDENTITY = ["terraform_data.karpenter_node_role_identity"];
const PROFILE = ["aws_iam_instance_profile.karpenter_node_instance_profile"];
const ENTRY_IDENTITY = ["terraform_data.karpenter_node_access_role_identity"];
const ENTRY = ["aws_eks_access_entry.karpenter_node_access"];
const QUEUE = [
  "aws_sqs_queue.karpenter_interruption",
  "aws_sqs_queue_policy.karpenter_interruption_queue_policy",
  "data.aws_iam_policy_document.karpenter_interruption_queue_policy_document",
  ...EVENTS.flatMap((event) => [
    `aws_cloudwatch_event_rule.karpenter_interruption_${event}`,
    `aws_cloudwatch_event_target.karpenter_interruption_${event}_target`,
  ]),
];
const ALL = [
  ...CONTROLLER,
  ...FARGATE,
  ...NODE_ROLE,
  ...PROFILE,
  ...PROFILE_IDENTITY,
  ...ENTRY,
  ...ENTRY_IDENTITY,
  ...QUEUE,
].sort();
const without = (...left: string[]) => ALL.filter((address) => !left.includes(address));
const OF_QUEUE_POLICY = CONTROLLER.filter((address) => address.includes("_interruption"));

describe("Karpenter's inventory", () => {
  test("is all of this by default", () => {
    expect(karpenter().addresses).toEqual(ALL);
  });

  test.each<[string, Partial<KarpenterProps>, string[]]>([
    ["with a controller role of one's own", { controllerRoleArn: ROLE_ARN }, CONTROLLER],
    ["without a Fargate profile", { createFargateProfile: false }, FARGATE],
    ["with a pod execution role of one's own", { podExecutionRoleArn: ROLE_ARN }, FARGATE_ROLE],
    [
      "with a node role of one's own",
      { nodeRoleArn: ROLE_ARN },
      [...NODE_ROLE, ...PROFILE_IDENTITY, ...ENTRY_IDENTITY],
    ],
    ["with an instance profile of one's own", OWN_PROFILE, [...PROFILE, ...PROFILE_IDENTITY]],
    ["when Karpenter makes instance profiles", { instanceProfileMode: "karpenter" }, [...PROFILE, ...PROFILE_IDENTITY]],
    ["without an access entry", { createAccessEntry: false }, [...ENTRY, ...ENTRY_IDENTITY]],
    ["without interruption handling", { interruptionHandling: false }, [...QUEUE, ...OF_QUEUE_POLICY]],
    ["with a queue of one's own", { interruptionQueueArn: QUEUE_ARN }, QUEUE],
    [
      "with everything of one's own",
      {
        controllerRoleArn: ROLE_ARN,
        podExecutionRoleArn: ROLE_ARN,
        nodeRoleArn: ROLE_ARN,
        interruptionQueueArn: QUEUE_ARN,
        ...OWN_PROFILE,
      },
      without("aws_eks_fargate_profile.karpenter_fargate", ...ENTRY),
    ],
  ])("%s lacks exactly what that replaces", (_, props, left) => {
    expect(karpenter(props).addresses).toEqual(without(...left));
    expect(problems(props)).toEqual([]);
  });

  test("has an association instead of the IRSA trust with Pod Identity", () => {
    const props = { controllerIdentity: "pod-identity", createFargateProfile: false } as const;
    const irsa = "data.aws_iam_policy_document.karpenter_controller_irsa_trust";
    expect(karpenter(props).addresses).toEqual(
      [
        ...without(irsa, ...FARGATE),
        "aws_eks_pod_identity_association.karpenter_controller_pod_identity",
        "data.aws_iam_policy_document.karpenter_controller_pod_identity_trust",
      ].sort(),
    );
  });

  test("has tags on subnets and security groups, and more policies, when they are asked for", () => {
    const synthesized = karpenter({
      discoverySubnetIds: { a: "subnet-1" },
      discoverySecurityGroupIds: { nodes: "sg-1" },
      controllerAdditionalPolicies: { extra: POLICY_ARN },
      nodeAdditionalPolicies: { extra: POLICY_ARN },
    });
    expect(synthesized.addresses.filter((address) => !ALL.includes(address))).toEqual([
      "aws_ec2_tag.karpenter_discovery_security_group",
      "aws_ec2_tag.karpenter_discovery_subnet",
      "aws_iam_role_policy_attachment.karpenter_controller_additional",
      "aws_iam_role_policy_attachment.karpenter_node_additional",
    ]);
  });

  test("asks the provider once for partition, region and account when it is not told", () => {
    const synthesized = karpenter({ partition: undefined, region: undefined, accountId: undefined });
    expect(synthesized.addresses.filter((address) => !ALL.includes(address))).toEqual([
      "data.aws_caller_identity.karpenter_caller",
      "data.aws_partition.karpenter_partition",
      "data.aws_region.karpenter_region",
    ]);
  });

  test("does not collide with that of a second Karpenter in the same stack", () => {
    const synthesized = synth((stack) => {
      new Karpenter(stack, "one", PROPS);
      new Karpenter(stack, "two", { ...PROPS, clusterName: "other" });
    });
    expect(synthesized.addresses).toHaveLength(2 * ALL.length);
    expect(problemsOf((stack) => new Karpenter(stack, "one", PROPS))).toEqual([]);
  });
});

describe("Karpenter's parts", () => {
  const ROLES = ["karpenter_controller", "karpenter_fargate_pod_execution_role", "karpenter_node"];

  test("let the controller pass the node role made here, and one of one's own", () => {
    const resources = (props: Partial<KarpenterProps>) =>
      (
        karpenter(props).data("aws_iam_policy_document", "karpenter_controller_policy_iam_integration_document")
          .statement as { resources: string[] }[]
      )[0].resources;
    expect(resources({})).toEqual(["${aws_iam_role.karpenter_node.arn}"]);
    expect(resources({ nodeRoleArn: ROLE_ARN })).toEqual([ROLE_ARN]);
  });

  test("get tags, boundary and path", () => {
    const synthesized = karpenter({ tags: TAGS, permissionsBoundaryArn: BOUNDARY_ARN, iamPath: "/k/" });
    for (const role of ROLES) {
      expect(synthesized.resource("aws_iam_role", role)).toMatchObject({
        tags: TAGS,
        path: "/k/",
        permissions_boundary: BOUNDARY_ARN,
      });
    }
    const taggable = synthesized.resources.filter(
      (address) =>
        !/^(terraform_data|aws_iam_role_policy_attachment|aws_cloudwatch_event_target|aws_sqs_queue_policy)\./.test(
          address,
        ),
    );
    const untagged = taggable.filter((address) => {
      const [type, name] = address.split(".");
      return JSON.stringify(synthesized.resource(type, name).tags) !== JSON.stringify(TAGS);
    });
    expect(untagged).toEqual([]);
    expect(taggable).toHaveLength(3 + KINDS.length + EVENTS.length + 4);
  });

  test("are named after the prefix", () => {
    const synthesized = karpenter({ namePrefix: "eu" });
    const names = ROLES.map((role) => synthesized.resource("aws_iam_role", role).name);
    expect(names).toEqual(["eu-karpenter-controller", "eu-karpenter-fargate", "eu-karpenter-node"]);
  });

  test("take the namespace for trust and Fargate alike", () => {
    const synthesized = karpenter({ namespace: "kube-system" });
    expect(synthesized.resource("aws_eks_fargate_profile", "karpenter_fargate").selector).toEqual([
      { namespace: "kube-system", labels: { "app.kubernetes.io/name": "karpenter" } },
    ]);
    expect(JSON.stringify(synthesized.data("aws_iam_policy_document", "karpenter_controller_irsa_trust"))).toContain(
      "system:serviceaccount:kube-system:karpenter",
    );
  });

  test("put the controller into subnets and under selectors of its own", () => {
    const selectors = [{ namespace: "team-*" }];
    const block = karpenter({ fargateSubnetIds: ["subnet-9"], fargateSelectors: selectors }).resource(
      "aws_eks_fargate_profile",
      "karpenter_fargate",
    );
    expect([block.subnet_ids, block.selector]).toEqual([["subnet-9"], selectors]);
  });

  test("let the controller decrypt what the queue's key encrypts", () => {
    const synthesized = karpenter({ interruptionQueueKmsKeyArn: KEY_ARN });
    expect(synthesized.resource("aws_sqs_queue", "karpenter_interruption").kms_master_key_id).toBe(KEY_ARN);
    expect(
      JSON.stringify(synthesized.data("aws_iam_policy_document", "karpenter_controller_policy_interruption_document")),
    ).toContain("AllowInterruptionQueueDecryption");
  });
});

describe("Karpenter's outputs", () => {
  test("are Helm values that fit the parts made here", () => {
    expect(karpenter({ clusterEndpoint: "https://x" }).local("helm_values")).toMatchObject({
      settings: {
        clusterName: "demo",
        clusterEndpoint: "https://x",
        interruptionQueue: "${aws_sqs_queue.karpenter_interruption.name}",
      },
      serviceAccount: {
        name: "karpenter",
        annotations: { "eks.amazonaws.com/role-arn": "${aws_iam_role.karpenter_controller.arn}" },
      },
      replicas: 2,
      controller: { resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "1", memory: "1Gi" } } },
      dnsPolicy: "Default",
    });
  });

  test("are Helm values that fit parts of one's own", () => {
    const values = karpenter({
      controllerRoleArn: ROLE_ARN,
      interruptionQueueArn: QUEUE_ARN,
      createFargateProfile: false,
      serviceAccountName: "scaler",
    }).local("helm_values");
    expect(values).toMatchObject({
      settings: { clusterName: "demo", interruptionQueue: "interruptions" },
      serviceAccount: { name: "scaler", annotations: { "eks.amazonaws.com/role-arn": ROLE_ARN } },
      dnsPolicy: "ClusterFirst",
    });
  });

  test("name no queue and no endpoint in the Helm values where there is none", () => {
    const values = karpenter({ interruptionHandling: false, interruptionQueueArn: QUEUE_ARN }).local("helm_values");
    expect((values as { settings: unknown }).settings).toEqual({ clusterName: "demo" });
  });

  test("annotate no role with Pod Identity", () => {
    const synthesized = karpenter({ controllerIdentity: "pod-identity", createFargateProfile: false });
    expect(JSON.stringify(synthesized.local("helm_values"))).not.toContain("role-arn");
  });

  test("are the spec of an EC2NodeClass, by instance profile or by role", () => {
    const terms = {
      subnetSelectorTerms: [{ id: "subnet-1" }, { id: "subnet-2" }],
      securityGroupSelectorTerms: [{ id: "sg-1" }],
    };
    expect(karpenter().output("node_class_spec")).toEqual({
      instanceProfile: "${aws_iam_instance_profile.karpenter_node_instance_profile.name}",
      ...terms,
    });
    expect(karpenter(OWN_PROFILE).output("node_class_spec")).toEqual({ instanceProfile: "mine", ...terms });
    expect(karpenter({ instanceProfileMode: "karpenter" }).output("node_class_spec")).toEqual({
      role: "${aws_iam_role.karpenter_node.name}",
      ...terms,
    });
  });

  test("are selector terms also of ids that only Terraform knows", () => {
    const spec = karpenter({ subnetIds: variableList("ids"), securityGroupIds: variableList("groups") }).output(
      "node_class_spec",
    );
    const scope = { aws_iam_instance_profile: { karpenter_node_instance_profile: { name: "p" } } };
    expect(evaluateAll(spec, { ...scope, var: { ids: ["subnet-1"], groups: ["sg-1", "sg-2"] } })).toEqual({
      instanceProfile: "p",
      subnetSelectorTerms: [{ id: "subnet-1" }],
      securityGroupSelectorTerms: [{ id: "sg-1" }, { id: "sg-2" }],
    });
  });

  test("are the mappings of both roles for the aws-auth ConfigMap", () => {
    const usernames = (props: Partial<KarpenterProps>) =>
      (karpenter(props).output("aws_auth_roles") as { username: string }[]).map(({ username }) => username);
    expect(usernames({})).toEqual(["system:node:{{EC2PrivateDNSName}}", "system:node:{{SessionName}}"]);
    expect(usernames({ createFargateProfile: false })).toEqual(["system:node:{{EC2PrivateDNSName}}"]);
  });

  test("are the role and the queue that are used, made here or not", () => {
    const outputs = (props: Partial<KarpenterProps>) =>
      ["controller_role_arn", "interruption_queue_name"].map((name) => karpenter(props).output(name));
    expect(outputs({})).toEqual([
      "${aws_iam_role.karpenter_controller.arn}",
      "${aws_sqs_queue.karpenter_interruption.name}",
    ]);
    expect(outputs({ controllerRoleArn: ROLE_ARN, interruptionQueueArn: QUEUE_ARN })).toEqual([
      ROLE_ARN,
      "interruptions",
    ]);
    expect(outputs({ interruptionHandling: false })[1]).toBe("none");
  });
});

describe("Karpenter at synth", () => {
  test("is refused nothing when all is right or unknown", () => {
    expect(problems({})).toEqual([]);
    expect(problems({ clusterName: LONG_NAME })).toEqual([]);
    expect(
      problems({
        clusterName: variable("c"),
        oidcProviderArn: variable("p"),
        subnetIds: variableList("s"),
        iamPath: variable("i"),
      }),
    ).toEqual([]);
  });

  test("refuses Pod Identity on Fargate, with the way out", () => {
    expect(problems({ controllerIdentity: "pod-identity" })).toEqual([
      '"controllerIdentity" is "pod-identity" while the controller runs on Fargate ("createFargateProfile" is true), but ' +
        'must be "irsa" there: the EKS Pod Identity Agent is a DaemonSet and Fargate runs none; take "irsa", or set ' +
        '"createFargateProfile" to false and run the controller on nodes',
    ]);
  });

  test.each<[Partial<KarpenterProps>, string]>([
    [
      { oidcProviderArn: undefined },
      '"oidcProviderArn" is null, but must be given when "controllerIdentity" is "irsa"',
    ],
    [{ createControllerRole: false }, '"createControllerRole" is false and "controllerRoleArn" is null'],
    [{ createNodeRole: false }, '"createNodeRole" is false and "nodeRoleArn" is null'],
    [{ createPodExecutionRole: false }, '"createPodExecutionRole" is false and "podExecutionRoleArn" is null'],
    [{ createInterruptionQueue: false }, '"createInterruptionQueue" is false and "interruptionQueueArn" is null'],
    [{ createInstanceProfile: false }, '"createInstanceProfile" is false and "instanceProfileName" is null'],
  ])("refuses %j, and nothing else is said", (props, words) => {
    const found = problems(props);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(words);
  });

  test("needs no OIDC provider for a controller role of one's own", () => {
    expect(problems({ oidcProviderArn: undefined, controllerRoleArn: ROLE_ARN })).toEqual([]);
  });

  test("fails with every problem in one error, each said once and under the name that its user knows", () => {
    const message = synthError(
      (stack) =>
        new Karpenter(stack, "karpenter", {
          ...PROPS,
          clusterName: "-",
          fargateSelectors: [],
          nodeAdditionalPolicies: { a: "x" },
          tags: { "karpenter.sh/nodepool": "x" },
          karpenterVersion: "1.0.0",
          accountId: "444455556666",
        }),
    );
    const said = [...message.matchAll(/\[(.*?)\] "(\w+)" is /g)].map(([, path, property]) => `${path} ${property}`);
    expect(said).toEqual(
      ["clusterName", "karpenterVersion", "fargateSelectors", "nodeAdditionalPolicies", "tags", "oidcProviderArn"].map(
        (property) => `test/karpenter ${property}`,
      ),
    );
  });
});
