/** Two clusters of one account and region, each with a Karpenter of its own: neither touches what is the other's. */
import type { Instance } from "@aws-sdk/client-ec2";

import type { Inventory } from "../cloud/inventory";
import type { Terraform } from "../cloud/terraform";
import { Account } from "../support/account";
import { Cluster, together } from "../support/cluster";
import { irsaTrust, normalized, permissionsOf, roleOf, statementOf } from "../support/find";
import { interruptSpot } from "../support/interrupt";

const DESTROY_MS = 20 * 60_000;
const FIRST = "prod";
/** The queue of the first has this very name. */
const SECOND = "prod-karpenter";

/** A cluster, its root, and what the root is told. */
interface Side {
  readonly cluster: Cluster;
  readonly terraform: Terraform;
  readonly variables: Record<string, unknown>;
}

describe("two clusters side by side", () => {
  let account: Account;
  const started: Cluster[] = [];
  let first: Side;
  let second: Side;
  let before: string[];
  let found: Inventory;

  beforeAll(async () => {
    account = await Account.open();
    for (const name of [FIRST, SECOND]) {
      started.push(await Cluster.start(account, name));
    }
    before = await account.resources();
    [first, second] = (await Promise.all(
      started.map(async (cluster) => ({
        cluster,
        terraform: await cluster.root("two-clusters"),
        variables: await cluster.variables(),
      })),
    )) as [Side, Side];
    await together(
      ...[first, second].map(({ cluster, terraform, variables }) => cluster.applyWithController(terraform, variables)),
    );
    found = await account.inventory();
  });

  afterAll(async () => {
    for (const cluster of started) {
      await cluster.stop();
    }
    await account?.close();
  });

  it("gives each a queue, and rules that feed no other queue", () => {
    // Neither SQS nor EventBridge refuses a name that is taken: the one who comes second changes what the first has made.
    expect(found.queues.map(({ name }) => name).sort()).toEqual([SECOND, `${SECOND}-karpenter`]);
    const targets = found.eventRules.map((rule) => rule.targets.map(({ arn }) => arn));
    const fed = found.queues.map(({ arn }) => targets.filter((each) => each.includes(arn)).length);
    expect(targets.every((each) => each.length === 1)).toBe(true);
    expect(fed[0]).toBeGreaterThan(0);
    expect(fed[1]).toBe(fed[0]);
  });

  it.each([FIRST, SECOND])("gives %s a controller role that only its own cluster may take", (name) => {
    const side = name === FIRST ? first : second;
    const role = roleOf(found, `${name}-karpenter-controller`);
    expect(normalized(role.trust)).toEqual(normalized(irsaTrust(side.cluster.network.oidcProviderArn)));
    expect(side.cluster.eks.karpenter.environment).toMatchObject({
      AWS_ROLE_ARN: role.arn,
      INTERRUPTION_QUEUE: name === FIRST ? SECOND : `${SECOND}-karpenter`,
    });
  });

  it("lets each controller end the instances of its own cluster alone", () => {
    const ends = [FIRST, SECOND].map((name) =>
      JSON.stringify(statementOf(permissionsOf(found, `${name}-karpenter-controller`), "AllowScopedDeletion")),
    );
    expect(ends.map((statement) => /kubernetes\.io\/cluster\/([\w-]+)/.exec(statement)?.[1])).toEqual([FIRST, SECOND]);
  });

  it("starts nodes for the pods of one cluster in its own network, and none for the other", async () => {
    await first.cluster.eks.inflate(3);
    await first.cluster.eks.runningPods(3);
    expect(await second.cluster.eks.instances()).toEqual([]);
    await second.cluster.eks.inflate(3);
    await second.cluster.eks.runningPods(3);
    for (const { cluster } of [first, second]) {
      for (const { SubnetId } of await cluster.eks.instances()) {
        expect(cluster.network.subnetIds).toContain(SubnetId);
      }
    }
    expect((await account.inventory()).instances).toHaveLength(
      ids(await first.cluster.eks.instances()).length + ids(await second.cluster.eks.instances()).length,
    );
  });

  it("drains nothing of the second for an interruption in the first, though both are told of it", async () => {
    const [doomed] = ids(await first.cluster.eks.instances()) as [string];
    const untouched = ids(await second.cluster.eks.instances());
    const told = await second.cluster.interruptionsSeen();
    await interruptSpot(account, doomed);
    await first.cluster.eks.wait("the interrupted instance to be gone", async () =>
      ids(await first.cluster.eks.instances()).every((id) => id !== doomed),
    );
    await second.cluster.eks.wait(
      "the second controller to have read the event",
      async () => (await second.cluster.interruptionsSeen()) > told,
    );
    expect(await first.cluster.eks.runningPods(3)).toHaveLength(3);
    expect(ids(await second.cluster.eks.instances())).toEqual(untouched);
    for (const node of await second.cluster.nodes()) {
      expect(node.metadata.deletionTimestamp).toBeUndefined();
    }
  });

  it(
    "leaves the second as it is, nodes and all, when the first is destroyed",
    async () => {
      const untouched = ids(await second.cluster.eks.instances());
      await first.cluster.destroy(first.terraform, first.variables);
      expect(await first.cluster.eks.instances()).toEqual([]);
      expect(ids(await second.cluster.eks.instances())).toEqual(untouched);
      expect(await second.cluster.eks.runningPods(3)).toHaveLength(3);
      expect(await second.terraform.isPlanEmpty(second.variables)).toBe(true);
    },
    DESTROY_MS,
  );

  it(
    "leaves nothing in the account when the second is destroyed too",
    async () => {
      await second.cluster.destroy(second.terraform, second.variables);
      expect(await account.resources()).toEqual(before);
    },
    DESTROY_MS,
  );
});

function ids(instances: readonly Instance[]): string[] {
  return instances.map(({ InstanceId }) => InstanceId as string).sort();
}
