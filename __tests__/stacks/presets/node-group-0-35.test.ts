import { Testing } from "cdktf";
import { PROVIDERS } from "../../../lib/module/provider-requirement";
import { minorVersionOf } from "../../../lib/versions";
import type { NodeGroupKarpenter035StackProps } from "../../../stacks/presets/node-group-0-35";
import { NodeGroupKarpenter035Stack } from "../../../stacks/presets/node-group-0-35";
import { ACCOUNT } from "../../support/fixtures";
import { EVENTS, eventsOf, NODE_POLICIES, NODE_TRUST, Setup } from "./made";

const ISSUER = "oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
const PROVIDER_ARN = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`;
const NODE_GROUP = {
  rolearn: `arn:aws:iam::${ACCOUNT}:role/node-group`,
  username: "system:node:{{EC2PrivateDNSName}}",
  groups: ["system:bootstrappers", "system:nodes"],
};

const setupOf = (props: Partial<NodeGroupKarpenter035StackProps> = {}) =>
  new Setup(
    () =>
      new NodeGroupKarpenter035Stack(Testing.app(), "setup", {
        partition: "aws",
        region: "us-west-2",
        accountId: ACCOUNT,
        clusterName: "demo",
        oidcProviderArn: PROVIDER_ARN,
        subnetIds: ["subnet-1", "subnet-2"],
        securityGroupIds: ["sg-1"],
        otherRoles: [NODE_GROUP],
        ...props,
      }),
  );

const DISCOVERY = { "karpenter.sh/discovery": "demo" };
const REQUIREMENTS = [
  { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] },
  { key: "karpenter.sh/capacity-type", operator: "In", values: ["on-demand", "spot"] },
  { key: "karpenter.k8s.aws/instance-category", operator: "In", values: ["c", "m", "r"] },
  { key: "karpenter.k8s.aws/instance-generation", operator: "Gt", values: ["4"] },
];

describe("the setup of 2024 on existing nodes, row by row", () => {
  const setup = setupOf();

  test("needs: Kubernetes and Helm; ours knows Karpenter's own range, and the Helm provider brings Helm 3", () => {
    expect(minorVersionOf("0.35.0").kubernetes[0]).toEqual({ from: "1.23", to: "1.29" });
    expect((setup.json.terraform as { required_providers: object }).required_providers).toMatchObject({
      helm: { version: PROVIDERS.helm.version },
    });
  });

  test("namespace, service account: kube-system, which is there already, and karpenter", () => {
    for (const release of ["karpenter_charts_crd", "karpenter_charts_controller", "karpenter_node_pools"]) {
      expect(setup.resource("helm_release", release).namespace).toBe("kube-system");
    }
    expect(setup.resource("helm_release", "karpenter_charts_crd").create_namespace).toBe(false);
    expect(setup.controllerValues).toMatchObject({ serviceAccount: { name: "karpenter" } });
  });

  test("node role: KarpenterNodeRole-C, trust and the same four attachments", () => {
    expect(setup.resource("aws_iam_role", "karpenter_node").name).toBe("KarpenterNodeRole-demo");
    expect(setup.policy("karpenter_node_trust").Statement).toEqual(NODE_TRUST);
    expect(setup.managedPoliciesOf("karpenter_node")).toEqual(NODE_POLICIES);
  });

  test("instance profile: KarpenterNodeInstanceProfile-C", () => {
    expect(setup.resource("aws_iam_instance_profile", "karpenter_node_instance_profile")).toMatchObject({
      name: "KarpenterNodeInstanceProfile-demo",
      role: "${aws_iam_role.karpenter_node.name}",
    });
  });

  test("controller: IRSA role; KarpenterControllerPolicy-C never made by hand, ours is one inline policy that is", () => {
    expect(setup.resource("aws_iam_role", "karpenter_controller").name).toBe("KarpenterControllerRole-demo");
    expect(setup.policy("karpenter_controller_irsa_trust").Statement).toMatchObject([
      {
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: PROVIDER_ARN },
        Condition: {
          StringEquals: {
            [`${ISSUER}:sub`]: "system:serviceaccount:kube-system:karpenter",
            [`${ISSUER}:aud`]: "sts.amazonaws.com",
          },
        },
      },
    ]);
    expect(setup.resources.filter((address) => address.startsWith("aws_iam_role_policy."))).toHaveLength(1);
    expect(setup.controllerStatements.AllowScopedDeletion).toMatchObject({
      Action: ["ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"],
      Condition: { StringLike: { "aws:ResourceTag/karpenter.sh/nodepool": "*" } },
    });
    expect(setup.controllerStatements.AllowPassingInstanceRole.Resource).toBe("arn:aws_iam_role.karpenter_node");
  });

  test("aws-auth: the node role's mapping; ours beside all others of the cluster, and no node comes before it", () => {
    const wanted = setup.local("aws_auth_wanted");
    expect(wanted).toEqual([
      NODE_GROUP,
      {
        rolearn: expect.stringContaining("aws_iam_role.karpenter_node.arn"),
        username: "system:node:{{EC2PrivateDNSName}}",
        groups: ["system:bootstrappers", "system:nodes"],
      },
    ]);
    const release = setup.resource("helm_release", "aws_auth");
    expect(release).toMatchObject({ name: "karpenter-aws-auth", namespace: "kube-system", take_ownership: true });
    expect((release.values as string[])[0]).toContain('"mapRoles" = yamlencode(local.aws_auth_wanted)');
    expect(setup.resource("helm_release", "karpenter_node_pools").depends_on).toContain("helm_release.aws_auth");
    expect(setup.resources.filter((address) => address.startsWith("aws_eks_access_entry."))).toEqual([]);
  });

  test("Helm: OCI chart karpenter 0.35.0, without a login, until it runs", () => {
    const release = setup.resource("helm_release", "karpenter_charts_controller");
    expect(release).toMatchObject({
      chart: "karpenter",
      repository: "oci://public.ecr.aws/karpenter",
      version: "0.35.0",
      wait: true,
    });
    expect(release).not.toHaveProperty("repository_username");
  });

  test("Helm: settings of the cluster and the queue, requests and limits of 1 cpu and 1Gi", () => {
    const size = { cpu: "1", memory: "1Gi" };
    expect(setup.controllerValues).toMatchObject({
      settings: { clusterName: "demo", interruptionQueue: "demo" },
      controller: { resources: { requests: size, limits: size } },
    });
  });

  test("queue: C, never created by hand; ours with policy, rules and targets", () => {
    expect(setup.resource("aws_sqs_queue", "karpenter_interruption")).toMatchObject({
      name: "demo",
      message_retention_seconds: 300,
    });
    expect(setup.policy("karpenter_interruption_queue_policy_document").Statement.map(({ Sid }) => Sid)).toEqual([
      "AllowEventBridgeRules",
      "DenyHTTP",
    ]);
    expect(eventsOf(setup)).toEqual(EVENTS);
    expect(setup.resources.filter((address) => address.startsWith("aws_cloudwatch_event_target."))).toHaveLength(4);
  });

  test("NodePool default (v1beta1): requirements, reference, limits, WhenUnderutilized and 720h", () => {
    expect(setup.objects.NodePool).toEqual({
      apiVersion: "karpenter.sh/v1beta1",
      kind: "NodePool",
      metadata: { name: "default" },
      spec: {
        template: {
          spec: {
            requirements: REQUIREMENTS,
            nodeClassRef: { apiVersion: "karpenter.k8s.aws/v1beta1", kind: "EC2NodeClass", name: "default" },
          },
        },
        limits: { cpu: "1000", memory: "1000Gi" },
        disruption: { consolidationPolicy: "WhenUnderutilized", expireAfter: "720h" },
      },
    });
  });

  test("alternative disruption: WhenEmpty after 30s", () => {
    expect(setupOf({ consolidationPolicy: "WhenEmpty" }).objects.NodePool.spec.disruption).toEqual({
      consolidationPolicy: "WhenEmpty",
      consolidateAfter: "30s",
      expireAfter: "720h",
    });
  });

  test("EC2NodeClass default (v1beta1): AL2, the role, found by tags, 100Gi of encrypted gp3", () => {
    expect(setup.objects.EC2NodeClass).toEqual({
      apiVersion: "karpenter.k8s.aws/v1beta1",
      kind: "EC2NodeClass",
      metadata: { name: "default" },
      spec: {
        amiFamily: "AL2",
        role: "KarpenterNodeRole-demo",
        subnetSelectorTerms: [{ tags: DISCOVERY }],
        securityGroupSelectorTerms: [{ tags: DISCOVERY }],
        blockDeviceMappings: [
          { deviceName: "/dev/xvda", ebs: { volumeSize: "100Gi", volumeType: "gp3", encrypted: true } },
        ],
      },
    });
  });

  test("discovery tags: karpenter.sh/discovery = C on subnets and security groups", () => {
    const tag = { key: "karpenter.sh/discovery", value: "demo" };
    expect(setup.resource("aws_ec2_tag", "karpenter_discovery_subnet")).toMatchObject({
      ...tag,
      for_each: { "subnet-1": "subnet-1", "subnet-2": "subnet-2" },
    });
    expect(setup.resource("aws_ec2_tag", "karpenter_discovery_security_group")).toMatchObject({
      ...tag,
      for_each: { "sg-1": "sg-1" },
    });
  });

  test("test: inflate with 10 pods of pause 3.7, 1 cpu and 1.5Gi each; ours only on Karpenter's nodes", () => {
    const { spec } = setup.resource("kubernetes_deployment_v1", "inflate") as {
      spec: { template: { metadata: object; spec: { container: object[]; affinity: object } }; replicas: string };
    };
    expect(spec.replicas).toBe("10");
    expect(spec.template.metadata).toEqual({ labels: { app: "inflate" } });
    expect(spec.template.spec.container).toEqual([
      {
        name: "inflate",
        image: "public.ecr.aws/eks-distro/kubernetes/pause:3.7",
        resources: { requests: { cpu: "1", memory: "1.5Gi" } },
      },
    ]);
    expect(JSON.stringify(spec.template.spec.affinity)).toContain('"key":"karpenter.sh/nodepool"');
  });
});

describe("the setup on existing nodes in today's form", () => {
  const today = setupOf({ karpenterVersion: "1.14.3" });

  test("has a NodePool of v1 with WhenEmptyOrUnderutilized and an EC2NodeClass with a pinned AMI", () => {
    expect(today.nodePoolValues).toMatchObject({
      nodePools: {
        default: {
          requirements: REQUIREMENTS,
          limits: { cpu: "1000", memory: "1000Gi" },
          expireAfter: "720h",
          disruption: { consolidationPolicy: "WhenEmptyOrUnderutilized" },
        },
      },
      nodeClasses: {
        default: {
          amiAlias: "al2023@v20260714",
          subnetSelectorTerms: [{ tags: DISCOVERY }],
          securityGroupSelectorTerms: [{ tags: DISCOVERY }],
          blockDeviceMappings: [
            { deviceName: "/dev/xvda", ebs: { volumeSize: "100Gi", volumeType: "gp3", encrypted: true } },
          ],
        },
      },
      nodeClassDefaults: { role: "KarpenterNodeRole-demo" },
    });
  });

  test("has the other disruption too", () => {
    const { nodePoolValues } = setupOf({ karpenterVersion: "1.14.3", consolidationPolicy: "WhenEmpty" });
    expect(nodePoolValues).toMatchObject({
      nodePools: { default: { disruption: { consolidationPolicy: "WhenEmpty", consolidateAfter: "30s" } } },
    });
  });

  test("has nodes that only pull images, and a fifth event in its queue", () => {
    expect(today.managedPoliciesOf("karpenter_node")).toContain("AmazonEC2ContainerRegistryPullOnly");
    expect(eventsOf(today)).toEqual([...EVENTS, "EC2 Capacity Reservation Instance Interruption Warning"].sort());
  });
});

describe("whoever starts from the setup on existing nodes", () => {
  test("sets what they like, and the rest stays", () => {
    const setup = setupOf({ controllerReplicas: 1, inflateReplicas: 0, nodePools: {}, nodeClasses: {} });
    expect(setup.controllerValues).toMatchObject({ replicas: 1, settings: { interruptionQueue: "demo" } });
    expect(setup.resource("kubernetes_deployment_v1", "inflate")).not.toHaveProperty("depends_on");
    expect(setup.resources).not.toContain("helm_release.karpenter_node_pools");
  });

  test("reaches the cluster with both providers in one way", () => {
    const providersOf = (props: Partial<NodeGroupKarpenter035StackProps>) =>
      setupOf(props).json.provider as { helm: [{ kubernetes: object }]; kubernetes: [{ exec?: [object] }] };
    const { helm, kubernetes } = providersOf({});
    expect({ ...kubernetes[0], exec: kubernetes[0].exec?.[0] }).toEqual(helm[0].kubernetes);
    expect(providersOf({ kubeConfigPath: "~/.kube/config" }).kubernetes).toEqual([{ config_path: "~/.kube/config" }]);
  });
});
