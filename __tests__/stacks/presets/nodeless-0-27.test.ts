import { Testing } from "cdktf";
import type { ClusterConfig } from "../../../stacks/cluster-config";
import { NodelessKarpenter027Stack } from "../../../stacks/presets/nodeless-0-27";
import { ACCOUNT, ISSUER, PLACE, PROVIDER_ARN } from "../../support/fixtures";
import { EVENTS, eventsOf, NODE_POLICIES, NODE_TRUST, Setup } from "./made";

const setupOf = (props: Partial<ClusterConfig> = {}) =>
  new Setup(
    () =>
      new NodelessKarpenter027Stack(Testing.app(), "setup", {
        ...PLACE,
        clusterName: "demo",
        clusterEndpoint: "https://demo.gr7.eu-north-1.eks.amazonaws.com",
        oidcProviderArn: PROVIDER_ARN,
        subnetIds: ["subnet-1", "subnet-2"],
        securityGroupIds: ["sg-1"],
        ...props,
      }),
  );

const QUEUE = "arn:aws_sqs_queue.karpenter_interruption";

describe("the nodeless setup of 2023, row by row", () => {
  const setup = setupOf();

  test("controller role: C-karpenter-controller, assumed through IRSA", () => {
    expect(setup.resource("aws_iam_role", "karpenter_controller")).toMatchObject({
      name: "demo-karpenter-controller",
      assume_role_policy: "${data.aws_iam_policy_document.karpenter_controller_irsa_trust.json}",
    });
  });

  test("trust policy document: this service account of this OIDC provider, for STS", () => {
    expect(setup.policy("karpenter_controller_irsa_trust").Statement).toEqual([
      {
        Sid: "AssumeRoleWithServiceAccount",
        Effect: "Allow",
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: PROVIDER_ARN },
        Condition: {
          StringEquals: {
            [`${ISSUER}:sub`]: "system:serviceaccount:karpenter:karpenter",
            [`${ISSUER}:aud`]: "sts.amazonaws.com",
          },
        },
      },
    ]);
  });

  test("controller policy: what it may do everywhere; ours is one inline policy too", () => {
    const everywhere = Object.values(setup.controllerStatements).filter(
      ({ Resource, Condition }) => Resource === "*" && Condition === undefined,
    );
    expect(everywhere.flatMap(({ Action }) => Action).sort()).toEqual([
      "ec2:CreateFleet",
      "ec2:CreateLaunchTemplate",
      "ec2:CreateTags",
      "ec2:DescribeAvailabilityZones",
      "ec2:DescribeImages",
      "ec2:DescribeInstanceTypeOfferings",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeInstances",
      "ec2:DescribeLaunchTemplates",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSpotPriceHistory",
      "ec2:DescribeSubnets",
      "ec2:RunInstances",
      "pricing:GetProducts",
      "ssm:GetParameter",
    ]);
    expect(setup.resources.filter((address) => address.startsWith("aws_iam_policy."))).toEqual([]);
    expect(setup.resources.filter((address) => address.startsWith("aws_iam_role_policy."))).toHaveLength(1);
  });

  test("controller policy: ends only what is tagged for the cluster; ours deletes launch templates nowhere else", () => {
    const ending = Object.values(setup.controllerStatements).filter(({ Action }) =>
      [Action].flat().some((action) => /Terminate|Delete(?!Message)/.test(action)),
    );
    expect(ending).toEqual([
      {
        Sid: "AllowScopedDeletion",
        Effect: "Allow",
        Action: ["ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"],
        Resource: "*",
        Condition: { StringEquals: { "aws:ResourceTag/karpenter.sh/discovery": "demo" } },
      },
    ]);
  });

  test("controller policy: the cluster, the node role and the queue, each by its ARN", () => {
    const byArn = Object.values(setup.controllerStatements).filter(({ Resource }) => Resource !== "*");
    expect(byArn.map(({ Action, Resource }) => [Resource, Action]).sort()).toEqual([
      ["arn:aws:eks:eu-north-1:" + ACCOUNT + ":cluster/demo", "eks:DescribeCluster"],
      ["arn:aws_iam_role.karpenter_node", "iam:PassRole"],
      [QUEUE, ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage"]],
    ]);
  });

  test("aws_eks_fargate_profile: karpenter, one selector, the private subnets", () => {
    expect(setup.resource("aws_eks_fargate_profile", "karpenter_fargate")).toMatchObject({
      cluster_name: "demo",
      fargate_profile_name: "karpenter",
      selector: [{ namespace: "karpenter" }],
      subnet_ids: ["subnet-1", "subnet-2"],
    });
  });

  test("pod execution role: C-karpenter-fargate with both attachments; ours is for this cluster's profiles only", () => {
    expect(setup.resource("aws_iam_role", "karpenter_fargate_pod_execution_role").name).toBe("demo-karpenter-fargate");
    expect(setup.policy("karpenter_fargate_trust").Statement).toEqual([
      {
        Sid: "AssumeRoleByFargatePods",
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "eks-fargate-pods.amazonaws.com" },
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:eks:eu-north-1:${ACCOUNT}:fargateprofile/demo/*` } },
      },
    ]);
    expect(setup.managedPoliciesOf("karpenter_fargate")).toEqual([
      "AmazonEKSFargatePodExecutionRolePolicy",
      "AmazonEKS_CNI_Policy",
    ]);
  });

  test("node role and instance profile: names, trust and four attachments", () => {
    expect(setup.resource("aws_iam_role", "karpenter_node").name).toBe("demo-karpenter-node");
    expect(setup.resource("aws_iam_instance_profile", "karpenter_node_instance_profile")).toMatchObject({
      name: "demo-karpenter-instance-profile",
      role: "${aws_iam_role.karpenter_node.name}",
    });
    expect(setup.policy("karpenter_node_trust").Statement).toEqual(NODE_TRUST);
    expect(setup.managedPoliciesOf("karpenter_node")).toEqual(NODE_POLICIES);
  });

  test("aws_sqs_queue: C-karpenter, 300 seconds", () => {
    expect(setup.resource("aws_sqs_queue", "karpenter_interruption")).toMatchObject({
      name: "demo-karpenter",
      message_retention_seconds: 300,
    });
  });

  test("aws_sqs_queue_policy: sqs:SendMessage for events; ours for its own rules only, without the sqs service, and DenyHTTP", () => {
    const rules = setup.resources.filter((address) => address.startsWith("aws_cloudwatch_event_rule."));
    const names = rules.map(
      (address) => setup.resource("aws_cloudwatch_event_rule", address.split(".")[1]).name as string,
    );
    const queueArn = "arn:aws:sqs:eu-north-1:111122223333:demo-karpenter";
    const { Statement } = setup.policy("karpenter_interruption_queue_policy_document");
    expect(Statement).toEqual([
      {
        Sid: "AllowEventBridgeRules",
        Effect: "Allow",
        Action: "sqs:SendMessage",
        Resource: queueArn,
        Principal: { Service: "events.amazonaws.com" },
        Condition: { ArnEquals: { "aws:SourceArn": expect.any(Array) } },
      },
      {
        Sid: "DenyHTTP",
        Effect: "Deny",
        Action: "sqs:*",
        Resource: queueArn,
        Principal: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
    const [{ Condition }] = Statement;
    expect([Condition?.ArnEquals["aws:SourceArn"]].flat().sort()).toEqual(
      names.map((name) => `arn:aws:events:eu-north-1:111122223333:rule/${name}`).sort(),
    );
  });

  test("EventBridge rules: none by hand; ours are all of them, each with the queue as its target", () => {
    expect(eventsOf(setup)).toEqual(EVENTS);
    const targets = setup.resources.filter((address) => address.startsWith("aws_cloudwatch_event_target."));
    expect(targets.map((address) => setup.resource("aws_cloudwatch_event_target", address.split(".")[1]).arn)).toEqual(
      EVENTS.map(() => "${aws_sqs_queue.karpenter_interruption.arn}"),
    );
  });

  test("node access: not mentioned by hand; ours is an access entry", () => {
    expect(setup.resource("aws_eks_access_entry", "karpenter_node_access")).toMatchObject({
      principal_arn: "${aws_iam_role.karpenter_node.arn}",
      type: "EC2_LINUX",
    });
  });

  test("Helm: OCI chart, namespace made, CRDs included; ours with a chart of their own", () => {
    const oci = { repository: "oci://public.ecr.aws/karpenter", version: "v0.27.8", namespace: "karpenter" };
    expect(setup.resource("helm_release", "karpenter_charts_controller")).toMatchObject({
      ...oci,
      chart: "karpenter",
      skip_crds: true,
    });
    expect(setup.resource("helm_release", "karpenter_charts_crd")).toMatchObject({
      ...oci,
      chart: "karpenter-crd",
      create_namespace: true,
    });
  });

  test("Helm: the settings of the cluster and the service account's role", () => {
    expect(setup.controllerValues).toMatchObject({
      settings: {
        aws: {
          clusterName: "demo",
          clusterEndpoint: "https://demo.gr7.eu-north-1.eks.amazonaws.com",
          defaultInstanceProfile: "demo-karpenter-instance-profile",
          interruptionQueueName: "demo-karpenter",
        },
      },
      serviceAccount: { annotations: { "eks.amazonaws.com/role-arn": "arn:aws_iam_role.karpenter_controller" } },
    });
  });

  test("Provisioner default (v1alpha5): spot nodes of the m family in three zones, for an hour", () => {
    expect(setup.objects.Provisioner).toEqual({
      apiVersion: "karpenter.sh/v1alpha5",
      kind: "Provisioner",
      metadata: { name: "default" },
      spec: {
        providerRef: { name: "default" },
        requirements: [
          { key: "karpenter.k8s.aws/instance-category", operator: "In", values: ["m"] },
          { key: "karpenter.k8s.aws/instance-cpu", operator: "In", values: ["4", "8"] },
          { key: "karpenter.k8s.aws/instance-hypervisor", operator: "In", values: ["nitro"] },
          {
            key: "topology.kubernetes.io/zone",
            operator: "In",
            values: ["eu-north-1a", "eu-north-1b", "eu-north-1c"],
          },
          { key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] },
        ],
        limits: { resources: { cpu: "1000", memory: "1000Gi" } },
        ttlSecondsUntilExpired: 3600,
      },
    });
  });

  test("AWSNodeTemplate default (v1alpha1): found and tagged by karpenter.sh/discovery; ours says its family and tags what it finds", () => {
    const discovery = { "karpenter.sh/discovery": "demo" };
    expect(setup.objects.AWSNodeTemplate).toEqual({
      apiVersion: "karpenter.k8s.aws/v1alpha1",
      kind: "AWSNodeTemplate",
      metadata: { name: "default" },
      // AL2 is what this API takes where nothing is said.
      spec: { amiFamily: "AL2", securityGroupSelector: discovery, subnetSelector: discovery, tags: discovery },
    });
    expect(setup.resource("aws_ec2_tag", "karpenter_discovery_subnet")).toMatchObject({
      for_each: { "subnet-1": "subnet-1", "subnet-2": "subnet-2" },
      key: "karpenter.sh/discovery",
      value: "demo",
    });
    expect(setup.resource("aws_ec2_tag", "karpenter_discovery_security_group").for_each).toEqual({ "sg-1": "sg-1" });
  });

  test("said to readers: the wait for Fargate, interruption handling and expiry are in it, budgets are the readers' own", () => {
    expect(setup.resource("helm_release", "karpenter_charts_controller")).toMatchObject({ wait: true, timeout: 600 });
    expect(setup.controllerStatements).toHaveProperty("AllowInterruptionQueueActions");
    expect(setup.objects.Provisioner.spec).toHaveProperty("ttlSecondsUntilExpired");
  });
});

describe("the nodeless setup in today's form", () => {
  const today = setupOf({ karpenterVersion: "1.14.3" });

  test("has a NodePool of v1 that lets nodes live for an hour and an EC2NodeClass with a pinned AMI", () => {
    const { nodePools, nodeClasses } = today.nodePoolValues as {
      nodePools: Record<string, object>;
      nodeClasses: Record<string, object>;
    };
    expect(nodePools.default).toMatchObject({
      expireAfter: "1h",
      limits: { cpu: "1000", memory: "1000Gi" },
      disruption: { consolidateAfter: "Never" },
    });
    const terms = [{ tags: { "karpenter.sh/discovery": "demo" } }];
    expect(nodeClasses.default).toEqual({
      amiAlias: "al2023@v20260714",
      subnetSelectorTerms: terms,
      securityGroupSelectorTerms: terms,
      tags: { "karpenter.sh/discovery": "demo" },
    });
  });

  test("asks for the same nodes", () => {
    const { nodePools } = today.nodePoolValues as { nodePools: Record<string, { requirements: unknown }> };
    expect(nodePools.default.requirements).toEqual(setupOf().objects.Provisioner.spec.requirements);
  });

  test("has settings side by side, and nodes that only pull images", () => {
    expect(today.controllerValues).toMatchObject({
      settings: { clusterName: "demo", interruptionQueue: "demo-karpenter" },
    });
    expect(today.managedPoliciesOf("karpenter_node")).toContain("AmazonEC2ContainerRegistryPullOnly");
  });

  test("keeps the names of everything that people know by name", () => {
    const names = (setup: Setup) =>
      ["karpenter_controller", "karpenter_node", "karpenter_fargate_pod_execution_role"].map(
        (name) => setup.resource("aws_iam_role", name).name,
      );
    expect(names(today)).toEqual(names(setupOf()));
  });
});

describe("whoever starts from the nodeless setup", () => {
  test("sets what they like, and the rest stays", () => {
    const setup = setupOf({ namespace: "platform", nodeRoleName: "nodes", karpenterVersion: undefined });
    expect(setup.resource("aws_iam_role", "karpenter_node").name).toBe("nodes");
    expect(setup.resource("aws_eks_fargate_profile", "karpenter_fargate").selector).toEqual([
      { namespace: "platform" },
    ]);
    expect(setup.objects.Provisioner.spec).toHaveProperty("providerRef");
  });
});
