/**
 * The example of CoreDNS on Karpenter's nodes, as it stands, on a cluster without a node: one apply, and its destroy. The add-on is
 * ACTIVE only when CoreDNS runs, and no node starts before the NodePools are there: in another order, the apply would wait for
 * what nobody does.
 */
import { CORE_DNS } from "../cloud/core-dns";
import { isTrue } from "../cloud/fargate";
import { CoreDnsCluster, made, NODE_POOL } from "../support/core-dns-cluster";

const DESTROY_MS = 20 * 60_000;
const POOL = "karpenter.sh/nodepool";

describe("CoreDNS on Karpenter's nodes, on a cluster without a node", () => {
  let dns: CoreDnsCluster;

  beforeAll(async () => {
    dns = await CoreDnsCluster.apply("coredns-on-nodes");
  });

  afterAll(() => dns?.stop());

  it("waits for a node, which Karpenter starts for it, and the apply for both", async () => {
    const { cluster } = dns;
    const found = await dns.pods();
    expect(found).toHaveLength(2);
    const [first] = (await cluster.nodes()).map(made).sort();
    for (const pod of found) {
      const node = await cluster.kube.get({ apiVersion: "v1", kind: "Node", name: pod.spec.nodeName as string });
      expect(node.metadata.labels).toHaveProperty([POOL], "default");
      expect(made(pod)).toBeLessThanOrEqual(first as number);
    }
    expect(isTrue(await cluster.kube.get(CORE_DNS), "Available")).toBe(true);
  });

  it("comes after the NodePools, and plans nothing more", async () => {
    const { kube } = dns.cluster;
    const [deployment, pool] = await Promise.all([kube.get(CORE_DNS), kube.get(NODE_POOL)]);
    expect(made(pool)).toBeLessThanOrEqual(made(deployment));
    expect(await dns.isPlanEmpty()).toBe(true);
  });

  it(
    "goes before the nodes when all is destroyed, and nothing is left",
    async () => {
      const seen = await dns.destroy();
      expect(seen.some((moment) => moment.dns)).toBe(true);
      expect(seen.filter((moment) => moment.nodes === 0 && moment.dns)).toEqual([]);
      expect(await dns.account.resources()).toEqual(dns.before);
    },
    DESTROY_MS,
  );
});
