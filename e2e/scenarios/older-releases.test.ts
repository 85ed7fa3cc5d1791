/**
 * Karpenter before 1.0: the two setups that people wrote by hand, applied, and every field of these APIs put to an API server
 * that has Karpenter's own definitions of them. No controller runs: the first that can be sent to a local AWS is of 1.14.
 */
import { cp, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";

import { App } from "cdktf";
import type { Construct } from "constructs";

import { NodeGroupKarpenter035Stack, NodelessKarpenter027Stack } from "../../stacks";
import type { ClusterConfig } from "../../stacks/cluster-config";
import { karpenterCharts } from "../cloud/charts";
import { ControlPlane } from "../cloud/control-plane";
import { isTrue } from "../cloud/fargate";
import { helm } from "../cloud/helm-cli";
import type { Inventory } from "../cloud/inventory";
import type { KubeObject } from "../cloud/kube-client";
import { Kwok } from "../cloud/kwok";
import type { Network } from "../cloud/network";
import type { Terraform } from "../cloud/terraform";
import { Account } from "../support/account";
import { clusterOf, irsaTrust, normalized, queueOf, roleOf } from "../support/find";
import { CLASS, POOL, sentOf } from "../support/older-objects";

const NODE_GROUP = {
  rolearn: "arn:aws:iam::123456789012:role/prod-node-group",
  username: "system:node:{{EC2PrivateDNSName}}",
  groups: ["system:bootstrappers", "system:nodes"],
};
const AWS_AUTH = { apiVersion: "v1", kind: "ConfigMap", namespace: "kube-system", name: "aws-auth" } as const;

let account: Account;
let network: Network;
let kube: ControlPlane;
let kwok: Kwok;
let before: string[];

beforeAll(async () => {
  account = await Account.open();
  network = await account.network({ clusterName: "prod", authenticationMode: "API_AND_CONFIG_MAP" });
  before = await account.resources();
  kube = await ControlPlane.start();
  kwok = await Kwok.start(kube);
  await addNodeGroup(["a", "b"]);
  await kube.apply({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: AWS_AUTH.name, namespace: AWS_AUTH.namespace },
    data: { mapRoles: JSON.stringify([NODE_GROUP]) },
  });
});

afterAll(async () => {
  await kwok?.stop();
  await kube?.stop();
  await account?.close();
});

/** Nodes that are there before Karpenter is, one in each zone. */
async function addNodeGroup(zones: readonly string[]): Promise<void> {
  const names = zones.map((zone) => `node-group-${zone}`);
  const nodes = zones.map((zone, index) => ({
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name: names[index] as string,
      labels: {
        "kubernetes.io/os": "linux",
        "kubernetes.io/hostname": names[index] as string,
        "topology.kubernetes.io/zone": `${network.region}${zone}`,
      },
    },
  }));
  await kube.apply(nodes);
  for (const name of names) {
    const node = { apiVersion: "v1", kind: "Node", name };
    await kube.waitFor(`node ${name} to be ready`, async () => isTrue(await kube.get(node), "Ready"));
  }
}

/** A root that is what `cdktf synth` makes of a stack. */
function rootOf(make: (scope: Construct, cluster: ClusterConfig) => unknown): Promise<Terraform> {
  return account.rootOf(async (folder) => {
    const outdir = join(folder, "cdktf.out");
    await mkdir(outdir);
    const app = new App({ outdir });
    make(app, {
      clusterName: network.clusterName,
      clusterEndpoint: network.clusterEndpoint,
      region: network.region,
      oidcProviderArn: network.oidcProviderArn,
      subnetIds: [...network.subnetIds],
      securityGroupIds: [...network.securityGroupIds],
      kubeConfigPath: kube.kubeconfig,
      backend: { type: "local", path: join(folder, "setup.tfstate") },
    });
    app.synth();
    await cp(join(outdir, "stacks", "setup"), folder, { recursive: true });
  });
}

const objects = (apiVersion: string, kind: string): Promise<KubeObject[]> => kube.list({ apiVersion, kind });

/** Unknown fields are refused, so what is taken is there as it was sent. */
async function expectTaken(sent: readonly KubeObject[]): Promise<void> {
  expect(sent).toHaveLength(2);
  const kept = await kube.apply(sent, { dryRun: true });
  expect(kept).toMatchObject(sent.map(({ kind, spec }) => ({ kind, spec: spec as unknown })));
}

function taggedForDiscovery({ subnets, securityGroups }: Inventory): string[] {
  return [...subnets, ...securityGroups]
    .filter(({ tags }) => tags["karpenter.sh/discovery"] === "prod")
    .map(({ id }) => id)
    .sort();
}

describe("the nodeless setup of 0.27", () => {
  let terraform: Terraform;

  beforeAll(async () => {
    // The chart of 0.27 is not to be had any more; 0.32 brings the definitions of its API.
    const { crds } = await karpenterCharts("0.32.1");
    await helm(["install", "karpenter-crd", crds, "--namespace", "karpenter", "--create-namespace", "--wait"], {
      kubeconfig: kube.kubeconfig,
    });
    terraform = await rootOf(
      (scope, cluster) => new NodelessKarpenter027Stack(scope, "setup", { ...cluster, installController: false }),
    );
    await terraform.apply();
  });

  afterAll(() => helm(["uninstall", "karpenter-crd", "--namespace", "karpenter"], { kubeconfig: kube.kubeconfig }));

  it("is on Fargate with a role for its service account, and its nodes are let in", async () => {
    const found = await account.inventory();
    const { fargateProfiles, accessEntries } = clusterOf(found, "prod");
    expect(fargateProfiles).toMatchObject([{ name: "karpenter", selectors: [{ namespace: "karpenter" }] }]);
    expect(normalized(roleOf(found, "prod-karpenter-controller").trust)).toEqual(
      normalized(irsaTrust(network.oidcProviderArn)),
    );
    expect(accessEntries.map(({ principalArn }) => principalArn)).toContain(roleOf(found, "prod-karpenter-node").arn);
  });

  it("has a Provisioner whose AWSNodeTemplate finds what is tagged", async () => {
    expect(taggedForDiscovery(await account.inventory())).toEqual(
      [...network.subnetIds, ...network.securityGroupIds].sort(),
    );
    const [provisioner] = await objects("karpenter.sh/v1alpha5", "Provisioner");
    const [template] = await objects("karpenter.k8s.aws/v1alpha1", "AWSNodeTemplate");
    expect(provisioner?.spec).toMatchObject({
      providerRef: { name: "default" },
      ttlSecondsUntilExpired: 3600,
      limits: { resources: { cpu: "1000", memory: "1000Gi" } },
    });
    expect(template?.spec).toMatchObject({
      subnetSelector: { "karpenter.sh/discovery": "prod" },
      securityGroupSelector: { "karpenter.sh/discovery": "prod" },
    });
  });

  it("can have every field of a Provisioner and an AWSNodeTemplate", async () => {
    const sent = await sentOf("0.31.5", POOL, { ...CLASS, instanceProfile: "nodes" });
    expect(sent.map(({ kind }) => kind).sort()).toEqual(["AWSNodeTemplate", "Provisioner"]);
    await expectTaken(sent);
  });

  it("can have every field of a NodePool and an EC2NodeClass of 0.32 beside them", async () => {
    await expectTaken(await sentOf("0.32.1", POOL, { ...CLASS, role: "nodes" }));
  });

  it("cannot have what the API has no field for", async () => {
    const sent = await sentOf("0.31.5", POOL, CLASS);
    const more = sent.map((object) =>
      object.kind === "Provisioner"
        ? { ...object, spec: { ...(object.spec as object), terminationGracePeriod: "1h" } }
        : object,
    );
    await expect(expectTaken(more)).rejects.toThrow(/terminationGracePeriod.*field not declared in schema/);
  });

  it("plans nothing the second time, and leaves nothing when it is destroyed", async () => {
    expect(await terraform.isPlanEmpty()).toBe(true);
    await terraform.destroy();
    expect(await account.resources()).toEqual(before);
    expect(await objects("karpenter.sh/v1alpha5", "Provisioner")).toEqual([]);
  });
});

describe("the setup of 0.35 on a node group", () => {
  let terraform: Terraform;

  beforeAll(async () => {
    const charts = dirname((await karpenterCharts("0.35.0")).karpenter);
    terraform = await rootOf(
      (scope, cluster) =>
        new NodeGroupKarpenter035Stack(scope, "setup", {
          ...cluster,
          chartRepository: charts,
          otherRoles: [NODE_GROUP],
        }),
    );
    await terraform.apply();
  });

  it("is named as by hand", async () => {
    const found = await account.inventory();
    expect(normalized(roleOf(found, "KarpenterControllerRole-prod").trust)).toEqual(
      normalized(irsaTrust(network.oidcProviderArn, "kube-system:karpenter")),
    );
    expect(roleOf(found, "KarpenterNodeRole-prod").attachedPolicies.length).toBeGreaterThan(0);
    expect(queueOf(found, "prod").name).toBe("prod");
    expect(taggedForDiscovery(found)).toEqual([...network.subnetIds, ...network.securityGroupIds].sort());
  });

  it("maps the nodes' role beside that of the node group", async () => {
    const { mapRoles } = (await kube.get(AWS_AUTH)).data as { mapRoles: string };
    expect(mapRoles).toContain(NODE_GROUP.rolearn);
    expect(mapRoles).toContain(":role/KarpenterNodeRole-prod");
  });

  it("runs its controllers on the node group", async () => {
    const { metadata, status } = await kube.get({
      apiVersion: "apps/v1",
      kind: "Deployment",
      namespace: "kube-system",
      name: "karpenter",
    });
    expect(metadata.labels?.["app.kubernetes.io/version"]).toBe("0.35.0");
    expect(status.readyReplicas).toBe(2);
  });

  it("has a NodePool and an EC2NodeClass of v1beta1, and pods that wait for nodes", async () => {
    const [pool] = await objects("karpenter.sh/v1beta1", "NodePool");
    const [nodeClass] = await objects("karpenter.k8s.aws/v1beta1", "EC2NodeClass");
    expect(pool?.spec.disruption).toMatchObject({ consolidationPolicy: "WhenUnderutilized" });
    expect(nodeClass?.spec).toMatchObject({
      role: "KarpenterNodeRole-prod",
      subnetSelectorTerms: [{ tags: { "karpenter.sh/discovery": "prod" } }],
    });
    const { spec, status } = await kube.get({
      apiVersion: "apps/v1",
      kind: "Deployment",
      namespace: "default",
      name: "inflate",
    });
    expect([spec.replicas, status.unavailableReplicas]).toEqual([10, 10]);
  });

  it("can have every field of a NodePool and an EC2NodeClass", async () => {
    await expectTaken(
      await sentOf(
        "0.35.0",
        {
          ...POOL,
          requirements: [{ key: "karpenter.k8s.aws/instance-family", operator: "Exists", minValues: 2 }],
          disruption: {
            consolidateAfter: "Never",
            budgets: [{ nodes: "10%" }, { nodes: "0", schedule: "@daily", duration: "8h" }],
          },
        },
        {
          ...CLASS,
          amiFamily: "AL2023",
          amiSelectorTerms: [{ name: "my-*", owner: "self" }, { tags: { team: "platform" } }],
          securityGroupSelectorTerms: [{ name: "nodes" }, { id: "sg-1" }],
          instanceProfile: "nodes",
          associatePublicIPAddress: false,
          instanceStorePolicy: "RAID0",
        },
      ),
    );
  });

  it("can have no Provisioner any more", async () => {
    const sent = await sentOf("0.31.5", POOL, CLASS);
    await expect(kube.apply(sent, { dryRun: true })).rejects.toMatchObject({ code: 404 });
  });

  it("plans nothing the second time, and leaves only the mappings when it is destroyed", async () => {
    expect(await terraform.isPlanEmpty()).toBe(true);
    await terraform.destroy();
    expect(await account.resources()).toEqual(before);
    expect(await objects("apps/v1", "Deployment")).toEqual([]);
    expect((await kube.get(AWS_AUTH)).data.mapRoles).toContain(NODE_GROUP.rolearn);
  });
});
