/**
 * The examples of both ways to run CoreDNS, as they stand, on a cluster without a node: one apply of each, and its destroy.
 * The add-on is ACTIVE only when CoreDNS runs, and Fargate takes no pod that was made before its profile was: in another
 * order, either apply would wait for what nobody does.
 */
import { CORE_DNS } from "../cloud/core-dns";
import { EksWork } from "../cloud/eks-work";
import { isTrue } from "../cloud/fargate";
import type { KubeObject } from "../cloud/kube-client";
import type { Terraform } from "../cloud/terraform";
import { Account } from "../support/account";
import { Cluster, during } from "../support/cluster";

const DESTROY_MS = 20 * 60_000;
const POOL = "karpenter.sh/nodepool";
const FARGATE = "eks.amazonaws.com/fargate-profile";
const NODE_POOL = { apiVersion: "karpenter.sh/v1", kind: "NodePool", name: "default" };

describe("CoreDNS on a cluster without a node", () => {
  let account: Account;
  let cluster: Cluster;
  let work: EksWork;
  let before: string[];
  let terraform: Terraform;
  let variables: Record<string, unknown>;

  const pods = (): Promise<KubeObject[]> =>
    cluster.kube.list({ apiVersion: "v1", kind: "Pod", namespace: "kube-system" }, { labels: "k8s-app=kube-dns" });
  const nodesOf = (found: readonly KubeObject[]): Promise<KubeObject[]> =>
    Promise.all(found.map(({ spec }) => cluster.kube.get({ apiVersion: "v1", kind: "Node", name: spec.nodeName })));
  /** Destroys, and tells for every moment of it whether there was CoreDNS, and how many nodes of Karpenter. */
  const destroyed = (): Promise<{ dns: boolean; nodes: number }[]> =>
    during(cluster.destroy(terraform, variables), async () => {
      const nodes = (await cluster.nodes()).length;
      return { nodes, dns: (await cluster.kube.find(CORE_DNS)) !== undefined };
    });

  beforeAll(async () => {
    account = await Account.open();
    cluster = await Cluster.start(account);
    const { kube, network } = cluster;
    work = await EksWork.start({
      aws: account.aws,
      eks: account.clients.eks,
      controlPlane: kube,
      clusterName: network.clusterName,
    });
    before = await account.resources();
    variables = await cluster.exampleVariables();
  });

  afterAll(async () => {
    await work?.stop();
    await cluster?.stop();
    await account?.close();
  });

  describe("on Fargate", () => {
    beforeAll(async () => {
      terraform = await cluster.example("coredns-on-fargate");
      await cluster.applyWithController(terraform, variables);
    });

    it("runs on Fargate beside the controller, and no instance is needed", async () => {
      const controllers = await cluster.kube.list({ apiVersion: "v1", kind: "Pod", namespace: "karpenter" });
      const found = [...(await pods()), ...controllers];
      expect(found).toHaveLength(2 + 2);
      for (const pod of found) {
        expect(pod.metadata.labels?.[FARGATE]).toMatch(/^prod-karpenter/);
        expect(isTrue(pod, "Ready")).toBe(true);
      }
      expect(await cluster.eks.instances()).toEqual([]);
    });

    it("is there before the NodePools, and plans nothing more", async () => {
      const [dns, pool] = await Promise.all([cluster.kube.get(CORE_DNS), cluster.kube.get(NODE_POOL)]);
      expect(made(dns)).toBeLessThanOrEqual(made(pool));
      expect(await terraform.isPlanEmpty(variables)).toBe(true);
    });

    it(
      "stays until the last node is gone when all is destroyed",
      async () => {
        await cluster.eks.inflate(1);
        await cluster.eks.runningPods(1);
        const seen = await destroyed();
        expect(seen.some(({ nodes }) => nodes > 0)).toBe(true);
        expect(seen.filter(({ nodes, dns }) => nodes > 0 && !dns)).toEqual([]);
        expect(await account.resources()).toEqual(before);
      },
      DESTROY_MS,
    );
  });

  describe("on Karpenter's nodes", () => {
    beforeAll(async () => {
      await cluster.eks.inflate(0);
      terraform = await cluster.example("coredns-on-nodes");
      await cluster.applyWithController(terraform, variables);
    });

    it("waits for a node, which Karpenter starts for it, and the apply for both", async () => {
      const found = await pods();
      expect(found).toHaveLength(2);
      for (const node of await nodesOf(found)) expect(node.metadata.labels).toHaveProperty([POOL], "default");
      const [first] = (await cluster.nodes()).map(made).sort();
      for (const pod of found) expect(made(pod)).toBeLessThanOrEqual(first as number);
      expect(isTrue(await cluster.kube.get(CORE_DNS), "Available")).toBe(true);
    });

    it("comes after the NodePools, and plans nothing more", async () => {
      const [dns, pool] = await Promise.all([cluster.kube.get(CORE_DNS), cluster.kube.get(NODE_POOL)]);
      expect(made(pool)).toBeLessThanOrEqual(made(dns));
      expect(await terraform.isPlanEmpty(variables)).toBe(true);
    });

    it(
      "goes before the nodes when all is destroyed, and nothing is left",
      async () => {
        const seen = await destroyed();
        expect(seen.filter(({ nodes, dns }) => nodes === 0 && dns)).toEqual([]);
        expect(await account.resources()).toEqual(before);
      },
      DESTROY_MS,
    );
  });
});

/** When an object was made, in milliseconds. */
function made({ metadata }: KubeObject): number {
  return Date.parse(metadata.creationTimestamp as string);
}
