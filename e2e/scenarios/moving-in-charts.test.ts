/**
 * Helm releases and NodePools that others have made move into the modules while the controller has nodes: every object of the
 * cluster stays the one that it was, nodes and their pods too.
 */
import { dirname } from "node:path";

import { karpenterCharts } from "../cloud/charts";
import type { KubeObject } from "../cloud/kube-client";
import { Account, PREAMBLE } from "../support/account";
import { Cluster } from "../support/cluster";
import { ChangingRoot, type Imported, type Planned, planned, runImport, shapeFiles } from "../support/moving-in";
import { kubectl } from "../support/printed-commands";

const NODE_POOL = {
  apiVersion: "karpenter.sh/v1",
  kind: "NodePool",
  metadata: { name: "general", labels: { team: "platform" } },
  spec: {
    template: {
      spec: {
        nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "general" },
        requirements: [{ key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] }],
        expireAfter: "240h",
      },
    },
    limits: { cpu: "100" },
  },
};
const nodeClass = (subnetIds: readonly string[], securityGroupIds: readonly string[]) => ({
  apiVersion: "karpenter.k8s.aws/v1",
  kind: "EC2NodeClass",
  metadata: { name: "general" },
  spec: {
    role: "charts-workers",
    amiSelectorTerms: [{ alias: "al2023@v20260714" }],
    subnetSelectorTerms: subnetIds.map((id) => ({ id })),
    securityGroupSelectorTerms: securityGroupIds.map((id) => ({ id })),
  },
});
const KEPT = [
  { apiVersion: "karpenter.sh/v1", kind: "NodePool", name: "general" },
  { apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass", name: "general" },
  { apiVersion: "apps/v1", kind: "Deployment", name: "karpenter", namespace: "karpenter" },
  { apiVersion: "v1", kind: "ServiceAccount", name: "karpenter", namespace: "karpenter" },
  { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", name: "nodepools.karpenter.sh" },
] as const;

describe("moving in with Helm releases and NodePools", () => {
  let account: Account;
  let cluster: Cluster;
  let imported: Imported;
  let plan: Planned;
  let root: ChangingRoot;
  let before: readonly KubeObject[];
  let busy: readonly KubeObject[];

  const kept = (): Promise<KubeObject[]> => Promise.all(KEPT.map((one) => cluster.kube.get(one)));
  const uids = (objects: readonly KubeObject[]): unknown[] => objects.map(({ metadata }) => metadata.uid).sort();
  /** The nodes that Karpenter has made, and so many pods on them. */
  const nodesAndPods = async (pods: number): Promise<KubeObject[]> => [
    ...(await cluster.eks.runningPods(pods)),
    ...(await cluster.nodes()),
  ];

  beforeAll(async () => {
    account = await Account.open();
    cluster = await Cluster.start(account, "charts");
    const { oidcProviderArn, subnetIds, securityGroupIds } = cluster.network;
    root = await ChangingRoot.open(account, await shapeFiles("helm-releases"), { env: cluster.kube.env() });
    await cluster.applyWithController(root.terraform, {
      cluster_name: "charts",
      oidc_provider_arn: oidcProviderArn,
      subnet_ids: subnetIds,
      charts: dirname((await karpenterCharts("1.14.3")).karpenter),
    });
    await cluster.kube.apply([nodeClass(subnetIds, securityGroupIds), NODE_POOL]);
    await cluster.eks.inflate(3);
    busy = await nodesAndPods(3);
    before = await kept();
    const list = { apiVersion: "v1", kind: "List", items: before.slice(0, 2) };
    imported = await runImport(root.terraform, { "objects.json": JSON.stringify(list) }, "--same-state");
    for (const command of imported.told.before) {
      await kubectl(cluster, KEPT, command);
    }
    await root.become({ "providers.tf": PREAMBLE, "helm.tf": 'provider "helm" {}', ...imported.files });
    plan = await planned(root.terraform);
  });

  afterAll(async () => {
    await cluster?.stop();
    await account?.close();
  });

  it("keeps the release and what it sets as inputs", () => {
    expect(imported.told.inputs).toMatchObject({
      karpenterVersion: "1.14.3",
      controllerReplicas: 2,
      settings: { batchIdleDuration: "2s" },
      controllerSize: { cpu: "1", memory: "1Gi" },
      manifests: [
        { metadata: NODE_POOL.metadata, spec: NODE_POOL.spec },
        { kind: "EC2NodeClass", spec: { role: "charts-workers" } },
      ],
    });
  });

  it("destroys nothing, and installs what was missing beside both releases", () => {
    expect(plan.taken).toBe(imported.told.taken.length);
    expect(plan.destroyed).toEqual([]);
    expect(plan.created.filter((address) => address.includes("helm_release"))).toEqual([
      "controller.helm_release.karpenter_flow_schemas[0]",
      "controller.helm_release.karpenter_guard",
      "node_pools.helm_release.karpenter",
    ]);
    expect(plan.updated.filter((address) => address.includes("helm_release"))).toEqual([
      "controller.helm_release.karpenter_controller",
      "controller.helm_release.karpenter_crd[0]",
    ]);
  });

  it("is applied at once, and then there is nothing more to do", async () => {
    await cluster.applyWithController(root.terraform, {});
    expect(await root.terraform.isPlanEmpty()).toBe(true);
  });

  it("keeps the controller, its account, the definitions, NodePool and node class", async () => {
    const after = await kept();
    expect(uids(after)).toEqual(uids(before));
    expect(after.slice(0, 2).map(({ spec }) => spec as unknown)).toEqual(before.slice(0, 2).map(({ spec }) => spec));
  });

  it("keeps every node and every pod on it", async () => {
    expect(uids(await nodesAndPods(3))).toEqual(uids(busy));
  });

  it("has a controller that makes nodes as before", async () => {
    const nodes = await cluster.nodes();
    // Two to a cpu: more than have room on the nodes that are there.
    const pods = nodes.reduce((sum, node) => sum + cpuOf(node) * 2, 1);
    await cluster.eks.inflate(pods);
    await cluster.eks.runningPods(pods);
    const known = uids(nodes);
    expect(uids(await cluster.nodes()).filter((uid) => !known.includes(uid))).not.toEqual([]);
  });

  it("moves on to a copy of the modules: releases name the folders of their charts, and all they made stays", async () => {
    const there = [...(await kept()), ...(await cluster.nodes())];
    await root.vendor("vendor/karpenter");
    await root.become({
      "providers.tf": PREAMBLE,
      "helm.tf": 'provider "helm" {}',
      "karpenter.tf": (await root.read("karpenter.tf")).replace('"./karpenter"', '"./vendor/karpenter"'),
    });
    const { created, updated, destroyed } = await planned(root.terraform);
    expect([...created, ...destroyed]).toEqual([]);
    expect(updated.filter((address) => !/^(controller|node_pools)\.helm_release\./.test(address))).toEqual([]);
    await root.terraform.apply();
    expect(await root.terraform.isPlanEmpty()).toBe(true);
    expect(uids([...(await kept()), ...(await cluster.nodes())])).toEqual(uids(there));
  });
});

/** What a node's machine has, in whole cpus. */
function cpuOf({ status }: KubeObject): number {
  return Number((status as { capacity: { cpu: string } }).capacity.cpu);
}
