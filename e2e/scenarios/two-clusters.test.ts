/** Two clusters of one account and region, each with its own Karpenter: neither touches the other's nodes. */
import type { Terraform } from "../cloud/terraform";
import { Account } from "../support/account";
import { Cluster } from "../support/cluster";
import { interruptSpot } from "../support/interrupt";

const DESTROY_MS = 20 * 60_000;
/** The second name begins with the names that the first one's resources get. */
const NAMES = ["prod", "prod-karpenter"] as const;

/** A cluster, and the root that put Karpenter on it. */
interface Installed {
  readonly cluster: Cluster;
  readonly terraform: Terraform;
  readonly variables: Record<string, unknown>;
}

describe("two clusters side by side", () => {
  let account: Account;
  let before: string[];
  const clusters: Cluster[] = [];
  const installed: Installed[] = [];

  beforeAll(async () => {
    account = await Account.open();
    for (const name of NAMES) clusters.push(await Cluster.start(account, name));
    before = await account.resources();
    for (const cluster of clusters) {
      const terraform = await cluster.root("two-clusters");
      installed.push({ cluster, terraform, variables: await cluster.variables() });
    }
    await Promise.all(
      installed.map(({ cluster, terraform, variables }) => cluster.applyWithController(terraform, variables)),
    );
  });

  afterAll(async () => {
    for (const cluster of clusters) await cluster.stop();
    await account?.close();
  });

  it("have a queue each, and rules that send to it alone", async () => {
    const { queues, eventRules } = await account.inventory();
    expect(queues.map(({ name }) => name).sort()).toEqual(["prod-karpenter", "prod-karpenter-karpenter"]);
    for (const queue of queues) {
      const rules = eventRules.filter(({ targets }) => targets.some(({ arn }) => arn === queue.arn));
      expect(rules.map(({ targets }) => targets.length)).toEqual([1, 1, 1, 1, 1]);
    }
  });

  it("start nodes of their own, and an interruption in one drains nothing in the other", async () => {
    await Promise.all(clusters.map(({ eks }) => eks.inflate(2)));
    await Promise.all(clusters.map(({ eks }) => eks.runningPods(2)));
    const [[mine], theirs] = await Promise.all([clusters[0]!.eks.instances(), clusters[1]!.eks.instances()]);
    expect(theirs.map(({ InstanceId }) => InstanceId)).not.toContain(mine?.InstanceId);
    await interruptSpot(account, mine?.InstanceId as string);
    await clusters[0]!.eks.wait("the interrupted instance to be gone", async () =>
      (await clusters[0]!.eks.instances()).every(({ InstanceId }) => InstanceId !== mine?.InstanceId),
    );
    const after = await clusters[1]!.eks.instances();
    expect(after.map(({ InstanceId }) => InstanceId).sort()).toEqual(theirs.map(({ InstanceId }) => InstanceId).sort());
  });

  it(
    "are destroyed one by one, and nothing of either is left",
    async () => {
      for (const { cluster, terraform, variables } of installed) await cluster.destroy(terraform, variables);
      expect(await account.resources()).toEqual(before);
    },
    DESTROY_MS,
  );
});
