/** A plain HCL root makes the network, the cluster and Karpenter's AWS side in one apply: nothing is known beforehand. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { parse } from "yaml";

import type { ClusterItem, Inventory, PolicyItem, QueueItem } from "../cloud/inventory";
import type { Terraform } from "../cloud/terraform";
import { Account } from "../support/account";
import { clusterOf, irsaTrust, normalized, policyOf, profileOf, queueOf, roleOf, serviceTrust } from "../support/find";

const VARIABLES = { cluster_name: "prod" };
const ARN = "arn:aws:iam::123456789012";
const IAM_PATH = "/platform/karpenter/";
const TAGS = { Owner: "platform", "cost-center": "42" };
/** With a hash of the path. */
const FARGATE_ROLE = "prod-karpenter-fargate-427bc4ef";
const OWN_ROLES = ["prod-karpenter-controller", FARGATE_ROLE, "prod-karpenter-node"];
const OWN_POLICIES = [
  "prod-karpenter-eks-integration",
  "prod-karpenter-iam-integration",
  "prod-karpenter-interruption",
  "prod-karpenter-node-lifecycle",
  "prod-karpenter-resource-discovery",
  "prod-karpenter-zonal-shift",
];
const EVENT_PATTERNS = {
  "prod-karpenter-capacity-reservation-interruption": {
    source: ["aws.ec2"],
    "detail-type": ["EC2 Capacity Reservation Instance Interruption Warning"],
  },
  "prod-karpenter-health": {
    source: ["aws.health"],
    "detail-type": ["AWS Health Event"],
    detail: { service: ["EC2"], eventTypeCategory: ["scheduledChange"] },
  },
  "prod-karpenter-instance-state-change": {
    source: ["aws.ec2"],
    "detail-type": ["EC2 Instance State-change Notification"],
  },
  "prod-karpenter-rebalance": { source: ["aws.ec2"], "detail-type": ["EC2 Instance Rebalance Recommendation"] },
  "prod-karpenter-spot-interruption": {
    source: ["aws.ec2"],
    "detail-type": ["EC2 Spot Instance Interruption Warning"],
  },
};

/** The outputs of the fixture. */
interface Outputs {
  readonly karpenter: Readonly<Record<string, unknown>>;
  readonly subnet_ids: readonly string[];
  readonly security_group_id: string;
  readonly cluster_endpoint: string;
}

describe("an HCL root with everything in one apply", () => {
  let account: Account;
  let terraform: Terraform;
  let found: Inventory;
  let cluster: ClusterItem;
  let queue: QueueItem;
  let own: readonly PolicyItem[];
  let outputs: Outputs;

  beforeAll(async () => {
    account = await Account.open();
    terraform = await account.root(await readFile(join(__dirname, "fixtures/hcl-root/main.tf"), "utf8"));
    await terraform.apply(VARIABLES);
    found = await account.inventory();
    outputs = (await terraform.output()) as unknown as Outputs;
    cluster = clusterOf(found, "prod");
    queue = queueOf(found, "prod-karpenter");
    own = found.policies.filter((policy) => policy.name.startsWith("prod-"));
  });

  afterAll(async () => {
    await account?.close();
  });

  describe("the controller's role", () => {
    it("can be assumed by Karpenter's service account of this cluster alone", () => {
      const trust = roleOf(found, "prod-karpenter-controller").trust;
      expect(trust).toEqual(irsaTrust(found.oidcProviderArns[0] as string));
    });

    it("carries Karpenter's six policies and the user's own one", () => {
      expect(roleOf(found, "prod-karpenter-controller").attachedPolicies).toEqual([
        `${ARN}:policy/additional`,
        ...OWN_POLICIES.map((name) => `${ARN}:policy${IAM_PATH}${name}`),
      ]);
    });

    it.each(OWN_POLICIES)("has a policy %s below IAM's quota", (name) => {
      expect(policyOf(found, name).size).toBeLessThan(6144);
    });

    it("may pass the nodes' role to EC2 and do nothing else in IAM", () => {
      expect(normalized(policyOf(found, "prod-karpenter-iam-integration").document).Statement).toEqual([
        {
          Sid: "AllowPassingInstanceRole",
          Effect: "Allow",
          Action: ["iam:PassRole"],
          Resource: [`${ARN}:role${IAM_PATH}prod-karpenter-node`],
          Condition: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } },
        },
      ]);
    });

    it("may read this cluster's queue alone", () => {
      expect(normalized(policyOf(found, "prod-karpenter-interruption").document).Statement).toEqual([
        {
          Sid: "AllowInterruptionQueueActions",
          Effect: "Allow",
          Action: ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
          Resource: [queue.arn],
        },
      ]);
    });

    it("may describe this cluster alone", () => {
      const [statement] = policyOf(found, "prod-karpenter-eks-integration").document.Statement;
      expect(statement?.Resource).toEqual(["arn:aws:eks:eu-north-1:123456789012:cluster/prod"]);
    });
  });

  describe("the Fargate profile", () => {
    it("takes Karpenter's pods alone", () => {
      expect(cluster.fargateProfiles.map((profile) => profile.selectors)).toEqual([
        [{ namespace: "karpenter", labels: { "app.kubernetes.io/name": "karpenter" } }],
      ]);
    });

    it("runs them in all three subnets", () => {
      expect([...(cluster.fargateProfiles[0]?.subnets ?? [])].sort()).toEqual([...outputs.subnet_ids].sort());
    });

    it("is named after the cluster and what cannot be changed", () => {
      expect(cluster.fargateProfiles[0]?.name).toMatch(/^prod-karpenter-[0-9a-f]{8}$/);
    });

    it("uses the pod execution role", () => {
      expect(cluster.fargateProfiles[0]?.podExecutionRoleArn).toBe(`${ARN}:role${IAM_PATH}${FARGATE_ROLE}`);
    });

    it("has a pod execution role that Fargate of this cluster alone can assume", () => {
      const source = "arn:aws:eks:eu-north-1:123456789012:fargateprofile/prod/*";
      expect(roleOf(found, FARGATE_ROLE).trust).toEqual(
        serviceTrust("AssumeRoleByFargatePods", "eks-fargate-pods.amazonaws.com", {
          Condition: { ArnLike: { "aws:SourceArn": [source] } },
        }),
      );
    });

    it("has a pod execution role that may pull images and set up the pods' network", () => {
      expect(roleOf(found, FARGATE_ROLE).attachedPolicies).toEqual([
        "arn:aws:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy",
        "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
      ]);
    });
  });

  describe("the nodes", () => {
    it("have a role that EC2 can assume", () => {
      expect(roleOf(found, "prod-karpenter-node").trust).toEqual(
        serviceTrust("AssumeRoleByNodes", "ec2.amazonaws.com"),
      );
    });

    it("have the four managed policies and the user's own one", () => {
      expect(roleOf(found, "prod-karpenter-node").attachedPolicies).toEqual([
        `${ARN}:policy/additional`,
        "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
        "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
        "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
        "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
      ]);
    });

    it("have an instance profile with their role", () => {
      expect(profileOf(found, "prod-karpenter-instance-profile").roles).toEqual(["prod-karpenter-node"]);
    });

    it("may join the cluster", () => {
      expect(cluster.accessEntries).toEqual([
        {
          principalArn: `${ARN}:role${IAM_PATH}prod-karpenter-node`,
          type: "EC2_LINUX",
          username: "system:node:{{EC2PrivateDNSName}}",
          kubernetesGroups: ["system:nodes"],
          tags: TAGS,
        },
      ]);
    });
  });

  describe("the interruption queue", () => {
    it("forgets messages after five minutes", () => {
      expect(queue.attributes.MessageRetentionPeriod).toBe("300");
    });

    it("is encrypted by SQS", () => {
      expect(queue.attributes.SqsManagedSseEnabled).toBe("true");
    });

    it("takes messages of its own five rules alone, and nothing without TLS", () => {
      const arns = Object.keys(EVENT_PATTERNS).map((name) => `arn:aws:events:eu-north-1:123456789012:rule/${name}`);
      expect(queue.policy && normalized(queue.policy).Statement).toEqual([
        {
          Sid: "AllowEventBridgeRules",
          Effect: "Allow",
          Principal: { Service: ["events.amazonaws.com"] },
          Action: ["sqs:SendMessage"],
          Resource: [queue.arn],
          Condition: { ArnEquals: { "aws:SourceArn": arns } },
        },
        {
          Sid: "DenyHTTP",
          Effect: "Deny",
          Principal: { "*": ["*"] },
          Action: ["sqs:*"],
          Resource: [queue.arn],
          Condition: { Bool: { "aws:SecureTransport": ["false"] } },
        },
      ]);
    });

    it("has a rule for each kind of event", () => {
      expect(Object.fromEntries(found.eventRules.map((rule) => [rule.name, rule.pattern]))).toEqual(EVENT_PATTERNS);
    });

    it("is the one target of every rule", () => {
      expect(found.eventRules.flatMap((rule) => rule.targets.map((target) => target.arn))).toEqual(
        Array(5).fill(queue.arn),
      );
    });
  });

  describe("what the user sets for all", () => {
    it.each(OWN_ROLES)("reaches the role %s: boundary, path and tags", (name) => {
      const role = roleOf(found, name);
      expect(role).toMatchObject({ permissionsBoundary: `${ARN}:policy/boundary`, path: IAM_PATH, tags: TAGS });
    });

    it("reaches the policies: path and tags", () => {
      expect(own.map(({ path, tags }) => ({ path, tags }))).toEqual(Array(6).fill({ path: IAM_PATH, tags: TAGS }));
    });

    it("reaches the instance profile: path and tags", () => {
      expect(profileOf(found, "prod-karpenter-instance-profile")).toMatchObject({ path: IAM_PATH, tags: TAGS });
    });

    it("reaches the Fargate profile, the queue and the rules: tags", () => {
      const tagged = [...cluster.fargateProfiles, queue, ...found.eventRules];
      expect(tagged.map((item) => item.tags)).toEqual(Array(7).fill(TAGS));
    });
  });

  describe("the outputs", () => {
    it("have Helm values that fit", () => {
      expect(parse(String(outputs.karpenter.helm_values))).toMatchObject({
        controller: { resources: { limits: { cpu: "1", memory: "1Gi" }, requests: { cpu: "1", memory: "1Gi" } } },
        dnsPolicy: "Default",
        replicas: 2,
        serviceAccount: {
          name: "karpenter",
          annotations: { "eks.amazonaws.com/role-arn": `${ARN}:role${IAM_PATH}prod-karpenter-controller` },
        },
        settings: {
          clusterEndpoint: outputs.cluster_endpoint,
          clusterName: "prod",
          interruptionQueue: "prod-karpenter",
        },
      });
    });

    it("have what an EC2NodeClass needs", () => {
      expect(outputs.karpenter.node_class_spec).toEqual({
        instanceProfile: "prod-karpenter-instance-profile",
        subnetSelectorTerms: outputs.subnet_ids.map((id) => ({ id })),
        securityGroupSelectorTerms: [{ id: outputs.security_group_id }],
        tags: TAGS,
      });
    });
  });

  it("has nothing to do on a second plan", async () => {
    expect(await terraform.isPlanEmpty(VARIABLES)).toBe(true);
  });

  it("leaves nothing behind when it is destroyed", async () => {
    await terraform.destroy(VARIABLES);
    expect(await account.resources()).toEqual([]);
  });
});
