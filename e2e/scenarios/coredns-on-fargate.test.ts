/**
 * The example of CoreDNS on Fargate, as it stands, on a cluster without a node: one apply, and its destroy. The add-on is
 * ACTIVE only when CoreDNS runs, and Fargate takes no pod that was made before its profile was: in another order, the
 * apply would wait for what nobody does.
 */
import { CORE_DNS } from "../cloud/core-dns";
import { isTrue } from "../cloud/fargate";
import { CoreDnsCluster, made, NODE_POOL } from "../support/core-dns-cluster";
import { askDoctor } from "../support/doctor";

const DESTROY_MS = 20 * 60_000;
const FARGATE = "eks.amazonaws.com/fargate-profile";

describe("CoreDNS on Fargate, on a cluster without a node", () => {
  let dns: CoreDnsCluster;

  beforeAll(async () => {
    dns = await CoreDnsCluster.apply("coredns-on-fargate");
  });

  afterAll(() => dns?.stop());

  it("runs beside the controller, and no instance is needed", async () => {
    const { kube, eks } = dns.cluster;
    const controllers = await kube.list({ apiVersion: "v1", kind: "Pod", namespace: "karpenter" });
    const found = [...(await dns.pods()), ...controllers];
    expect(found).toHaveLength(2 + 2);
    for (const pod of found) {
      expect(pod.metadata.labels?.[FARGATE]).toMatch(/^prod-karpenter/);
      expect(isTrue(pod, "Ready")).toBe(true);
    }
    expect(await eks.instances()).toEqual([]);
  });

  it("is there before the NodePools, and plans nothing more", async () => {
    const { kube } = dns.cluster;
    const [deployment, pool] = await Promise.all([kube.get(CORE_DNS), kube.get(NODE_POOL)]);
    expect(made(deployment)).toBeLessThanOrEqual(made(pool));
    expect(await dns.isPlanEmpty()).toBe(true);
  });

  it("is found well by the doctor, but for what the network and the account of the test lack", async () => {
    const { account, cluster } = dns;
    const { states, textOf } = await askDoctor({
      clusterName: cluster.network.clusterName,
      args: ["--kubeconfig", cluster.kube.kubeconfig],
      env: account.aws.env(),
    });
    expect(textOf("core-dns")).toBe("CoreDNS runs with 2 of 2 replicas");
    const wrong = Object.entries(states).filter(([, each]) => each.some((state) => state !== "ok"));
    expect(wrong.map(([check]) => check)).toEqual(["spot-role", "way-out"]);
  });

  it(
    "stays until the last node is gone when all is destroyed",
    async () => {
      await dns.cluster.eks.inflate(1);
      await dns.cluster.eks.runningPods(1);
      const seen = await dns.destroy();
      expect(seen.some(({ nodes }) => nodes > 0)).toBe(true);
      expect(seen.filter((moment) => moment.nodes > 0 && !moment.dns)).toEqual([]);
      expect(await dns.account.resources()).toEqual(dns.before);
    },
    DESTROY_MS,
  );
});
