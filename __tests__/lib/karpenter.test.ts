import { TerraformLocal, TerraformOutput } from "cdktf";
import type { KarpenterProps } from "../../lib";
import { Karpenter } from "../../lib";
import { evaluateAll } from "../support/hcl";
import { BOUNDARY_ARN, KEY_ARN, PLACE, PROVIDER_ARN, QUEUE_ARN, ROLE_ARN, TAGS } from "../support/fixtures";
import { synth } from "../support/stack";
import { variableList } from "../support/tokens";

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
const EVENTS = [
  "capacity_reservation_interruption",
  "health",
  "instance_state_change",
  "rebalance",
  "spot_interruption",
];

describe("Karpenter's parts", () => {
  const ROLES = ["karpenter_controller", "karpenter_fargate_pod_execution_role", "karpenter_node"];

  /** The roles that the controller may pass. */
  const passed = (props: Partial<KarpenterProps>) =>
    (
      karpenter(props).data("aws_iam_policy_document", "karpenter_controller_policy_iam_integration_document")
        .statement as { resources: unknown }[]
    )[0].resources;

  test("let the controller pass the node role made here, and one of one's own", () => {
    expect(passed({})).toEqual(["${aws_iam_role.karpenter_node.arn}"]);
    expect(passed({ nodeRoleArn: ROLE_ARN })).toEqual([ROLE_ARN]);
  });

  test("let the controller pass the roles of other nodes too, also where only Terraform knows them", () => {
    expect(passed({ additionalNodeRoleArns: [ROLE_ARN] })).toEqual(["${aws_iam_role.karpenter_node.arn}", ROLE_ARN]);
    expect(passed({ additionalNodeRoleArns: variableList("roles") })).toBe(
      "${concat([aws_iam_role.karpenter_node.arn], var.roles)}",
    );
  });

  test("let the controller reboot nodes where its feature gate says that it does", () => {
    const actions = (props: Partial<KarpenterProps>) =>
      JSON.stringify(
        karpenter({ karpenterVersion: "1.15.1", featureGates: { nodeRepair: true }, ...props }).data(
          "aws_iam_policy_document",
          "karpenter_controller_policy_node_lifecycle_document",
        ),
      );
    expect(actions({ awsFeatureGates: { rebootForRepair: true } })).toContain('"ec2:RebootInstances"');
    expect(actions({ awsFeatureGates: { rebootForRepair: false } })).not.toContain("ec2:RebootInstances");
    expect(actions({})).not.toContain("ec2:RebootInstances");
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
        !/^(terraform_data|helm_release|aws_iam_role_policy|aws_iam_role_policy_attachment|aws_cloudwatch_event_target)\./.test(
          address,
        ),
    );
    const untagged = taggable.filter((address) => {
      const [type, name] = address.split(".");
      return JSON.stringify(synthesized.resource(type, name).tags) !== JSON.stringify(TAGS);
    });
    expect(untagged).toEqual([]);
    expect(taggable).toHaveLength(3 + EVENTS.length + 4);
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

  test("annotate no role with Pod Identity, and are fit for a Terraform output then too", () => {
    const synthesized = synth((stack) => {
      const props = { controllerIdentity: "pod-identity", createFargateProfile: false } as const;
      const { helmValues } = new Karpenter(stack, "karpenter", { ...PROPS, ...props });
      new TerraformOutput(stack, "helm_values", { value: helmValues });
    });
    expect(synthesized.output("helm_values")).toMatchObject({ serviceAccount: { name: "karpenter" } });
    expect(JSON.stringify(synthesized.output("helm_values"))).not.toContain("annotations");
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
