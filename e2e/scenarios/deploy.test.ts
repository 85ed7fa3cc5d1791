/** The example stack, deployed and destroyed by the cdktf command as its user would, on a cluster without a node. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { allAlerts } from "../../lib/kubernetes/alerts";
import { METRICS } from "../../lib/versions";
import { CdktfApp } from "../cloud/cdktf-app";
import { karpenterCharts } from "../cloud/charts";
import { EksCluster } from "../cloud/eks-cluster";
import { isTrue } from "../cloud/fargate";
import type { Inventory } from "../cloud/inventory";
import { KARPENTER_VERSION } from "../cloud/karpenter-controller";
import type { Network } from "../cloud/network";
import { Account } from "../support/account";
import { accountOf, authorized, LIFE_OF_A_NODE } from "../support/authorization";
import { askDoctor } from "../support/doctor";
import { SeenMetrics } from "../support/seen-metrics";
import { renderedBy } from "../support/rendered-by";
import {
  clusterOf,
  irsaTrust,
  normalized,
  permissionsOf,
  profileOf,
  queueOf,
  roleOf,
  serviceTrust,
  sids,
} from "../support/find";

const NODE_POLICIES = [
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonEKSWorkerNodePolicy",
  "AmazonEKS_CNI_Policy",
  "AmazonSSMManagedInstanceCore",
];
const RULES = [
  "capacity-reservation-interruption",
  "health",
  "instance-state-change",
  "rebalance",
  "spot-interruption",
];

/** Metrics of what goes wrong, and of messages that the emulated AWS does not send: `metrics.test.ts` finds them in the sources. */
const OF_TROUBLE = [
  "karpenter_cloudprovider_errors_total",
  "karpenter_cloudprovider_instance_launch_failures_total",
  "karpenter_interruption_message_queue_duration_seconds",
  "karpenter_interruption_received_messages_total",
];

describe("cdktf deploy of the example stack", () => {
  let account: Account;
  let network: Network;
  let cluster: EksCluster;
  let app: CdktfApp;
  let before: string[];
  let found: Inventory;
  let seen: ReadonlyMap<string, ReadonlySet<string>> = new Map();

  beforeAll(async () => {
    account = await Account.open();
    network = await account.network({ clusterName: "prod", subnets: 3 });
    cluster = await EksCluster.start({ aws: account.aws, clients: account.clients, network });
    before = await account.resources();
    app = await CdktfApp.of(account.aws, await exampleFor(network, cluster));
    await app.deploy();
    await cluster.startController();
    found = await account.inventory();
  });

  afterAll(async () => {
    await cluster?.stop();
    await app?.remove();
    await account?.close();
  });

  it("lets Karpenter's service account of this cluster alone be the controller", () => {
    const controller = roleOf(found, "prod-karpenter-controller");
    expect(controller.trust).toEqual(irsaTrust(network.oidcProviderArn));
    expect(controller.attachedPolicies).toEqual([]);
    expect(sids(permissionsOf(found, controller.name))).toEqual(
      expect.arrayContaining(["AllowScopedDeletion", "AllowPassingInstanceRole", "AllowInterruptionQueueActions"]),
    );
    expect(found.policies).toEqual([]);
  });

  it("makes the Fargate profile in the cluster's subnets, for the controller's pods alone", () => {
    const [profile, ...more] = clusterOf(found, "prod").fargateProfiles;
    expect(more).toEqual([]);
    expect(profile).toMatchObject({
      status: "ACTIVE",
      podExecutionRoleArn: `arn:aws:iam::${network.accountId}:role/prod-karpenter-fargate`,
      selectors: [{ namespace: "karpenter", labels: { "app.kubernetes.io/name": "karpenter" } }],
    });
    expect([...profile.subnets].sort()).toEqual([...network.subnetIds].sort());
  });

  it("lets Fargate of this cluster alone run pods as the pod execution role", () => {
    const role = roleOf(found, "prod-karpenter-fargate");
    expect(role.trust).toEqual(
      serviceTrust("AssumeRoleByFargatePods", "eks-fargate-pods.amazonaws.com", {
        Condition: {
          ArnLike: {
            "aws:SourceArn": [`arn:aws:eks:${network.region}:${network.accountId}:fargateprofile/prod/*`],
          },
        },
      }),
    );
    expect(role.attachedPolicies).toEqual([
      "arn:aws:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy",
      "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
    ]);
  });

  it("gives nodes their role, instance profile and access entry", () => {
    const role = roleOf(found, "prod-karpenter-node");
    expect(role.trust).toEqual(serviceTrust("AssumeRoleByNodes", "ec2.amazonaws.com"));
    expect(role.attachedPolicies).toEqual(NODE_POLICIES.map((name) => `arn:aws:iam::aws:policy/${name}`));
    expect(profileOf(found, "prod-karpenter-instance-profile").roles).toEqual(["prod-karpenter-node"]);
    expect(clusterOf(found, "prod").accessEntries).toMatchObject([{ principalArn: role.arn, type: "EC2_LINUX" }]);
  });

  it("makes a queue that keeps messages for 300 seconds, encrypted by SQS", () => {
    expect(queueOf(found, "prod-karpenter").attributes).toMatchObject({
      MessageRetentionPeriod: "300",
      SqsManagedSseEnabled: "true",
    });
  });

  it("fills the queue from its own rules, which alone may send", () => {
    const queue = queueOf(found, "prod-karpenter");
    expect(found.eventRules.map((rule) => rule.name).sort()).toEqual(RULES.map((name) => `prod-karpenter-${name}`));
    expect(found.eventRules.flatMap((rule) => rule.targets.map((target) => target.arn))).toEqual(
      RULES.map(() => queue.arn),
    );
    const [allow, deny] = normalized(queue.policy!).Statement;
    expect(allow).toMatchObject({
      Effect: "Allow",
      Action: ["sqs:SendMessage"],
      Principal: { Service: ["events.amazonaws.com"] },
      Condition: { ArnEquals: { "aws:SourceArn": found.eventRules.map((rule) => rule.arn).sort() } },
    });
    expect(deny).toMatchObject({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": ["false"] } } });
  });

  it("puts the configured tags on everything that takes them", () => {
    const tags = { team: "platform", environment: "prod" };
    const tagged = [
      ...found.roles.filter((role) => role.name.startsWith("prod-karpenter-")),
      ...found.policies,
      ...found.instanceProfiles,
      ...found.queues,
      ...found.eventRules,
      ...clusterOf(found, "prod").fargateProfiles,
      ...clusterOf(found, "prod").accessEntries,
    ];
    expect(tagged.length).toBe(3 + 1 + 1 + 5 + 1 + 1);
    tagged.forEach((item) => expect(item.tags).toMatchObject(tags));
  });

  it("makes the NodePool and the node class, with which Karpenter finds nothing wrong", async () => {
    const ready = await cluster.wait("NodePool and EC2NodeClass to be Ready", async () => {
      const found = await Promise.all([
        cluster.kube.get({ apiVersion: "karpenter.sh/v1", kind: "NodePool", name: "default" }),
        cluster.kube.get({ apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass", name: "default" }),
      ]);
      return found.every((object) => isTrue(object, "Ready")) && found;
    });
    expect(ready.map(({ kind }) => kind)).toEqual(["NodePool", "EC2NodeClass"]);
  });

  it("makes the objects that render writes, with the names and ARNs that it gives to a GitOps controller", async () => {
    const objects = await renderedBy(app.clustersFile, "objects");
    expect(objects.map(({ kind }) => kind).sort()).toEqual(["EC2NodeClass", "NodePool"]);
    for (const { apiVersion, kind, metadata, spec } of objects) {
      expect(await cluster.kube.get({ apiVersion, kind, name: metadata.name })).toMatchObject({ spec });
    }
    const [{ data }] = await renderedBy(app.clustersFile, "flux");
    expect(data).toMatchObject({
      karpenter_iam_role_arn: roleOf(found, "prod-karpenter-controller").arn,
      karpenter_node_iam_role_name: roleOf(found, "prod-karpenter-node").name,
      karpenter_node_instance_profile_name: profileOf(found, "prod-karpenter-instance-profile").name,
      karpenter_sqs_queue_name: queueOf(found, "prod-karpenter").name,
    });
  });

  it("is well, says the doctor, but for what this account and cluster lack beside Karpenter", async () => {
    const answer = await askDoctor({
      clusterName: "prod",
      args: ["--kubeconfig", cluster.kube.kubeconfig],
      env: account.aws.env(),
    });
    const wrong = Object.entries(answer.states).filter(([, states]) => states.some((state) => state !== "ok"));
    expect(wrong.map(([check]) => check)).toEqual(["spot-role", "way-out", "core-dns"]);
  });

  it("gives pods nodes, and takes the nodes away with the pods", async () => {
    const metrics = new SeenMetrics(cluster.karpenter);
    await cluster.inflate(5);
    await cluster.runningPods(5);
    const launched = await cluster.instances();
    expect(launched.length).toBeGreaterThan(0);
    for (const instance of launched) {
      expect(network.subnetIds).toContain(instance.SubnetId);
    }
    await cluster.inflate(0);
    await cluster.noInstances();
    await cluster.wait("the NodeClaims to be gone", async () => {
      const left = await cluster.kube.list({ apiVersion: "karpenter.sh/v1", kind: "NodeClaim" });
      return left.length === 0;
    });
    seen = await metrics.stop();
  });

  it("shows every metric that alerts and the dashboard read, but for those of trouble", () => {
    const missing = Object.keys(METRICS).filter((metric) => !seen.has(metric));
    expect(missing.filter((metric) => !OF_TROUBLE.includes(metric))).toEqual([]);
  });

  it("labels them as the alerts select them", () => {
    const selected = allAlerts().flatMap(({ expr }) =>
      [...expr.matchAll(/([a-z_]+)\{([^}]*)\}/g)].flatMap(([, metric, selectors]) =>
        [...selectors.matchAll(/([a-z_]+)[=!]~?=?"/g)].map(([, label]) => [metric, label] as const),
      ),
    );
    const wrong = selected.filter(([metric, label]) => seen.get(metric)?.has(label) === false);
    expect(selected.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });

  it("allows the controller all that it did, from launching to ending nodes", () => {
    const { arn } = roleOf(found, "prod-karpenter-controller");
    const { actions, refused } = authorized(account.aws, accountOf(found), arn);
    expect(actions).toEqual(expect.arrayContaining(LIFE_OF_A_NODE));
    expect(refused).toEqual([]);
    const withoutPolicies = { ...accountOf(found), identities: {} };
    expect(authorized(account.aws, withoutPolicies, arn).refused.length).toBeGreaterThan(LIFE_OF_A_NODE.length);
  });

  it("plans nothing the second time", async () => {
    expect(await (await app.terraform("prod")).isPlanEmpty()).toBe(true);
  });

  it("leaves nothing after cdktf destroy, while nodes run", async () => {
    await cluster.inflate(1);
    await cluster.runningPods(1);
    await cluster.karpenter.explain(app.destroy());
    expect(await cluster.instances()).toEqual([]);
    expect(await account.resources()).toEqual(before);
  });
});

/** The checked-in clusters.json, with the ids of a cluster that exists and charts that can be had here. */
async function exampleFor(network: Network, cluster: EksCluster): Promise<object> {
  const example = JSON.parse(await readFile(join(__dirname, "../../clusters.json"), "utf8")) as { clusters: object[] };
  const { clusterEndpoint, oidcProviderArn, subnetIds, securityGroupIds, region } = network;
  const ids = { clusterEndpoint, oidcProviderArn, subnetIds, securityGroupIds, region };
  const chartRepository = dirname((await karpenterCharts(KARPENTER_VERSION)).karpenter);
  return { clusters: [{ ...example.clusters[0], ...ids, chartRepository, kubeConfigPath: cluster.kube.kubeconfig }] };
}
