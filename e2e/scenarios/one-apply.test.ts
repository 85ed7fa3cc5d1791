/** From a cluster without a node to pods that run, and back: the published module, real Terraform, the real Karpenter. */
import { isTrue } from "../cloud/fargate";
import type { Terraform } from "../cloud/terraform";
import { Account } from "../support/account";
import { Cluster } from "../support/cluster";
import { interruptSpot } from "../support/interrupt";

/** Longer than Helm waits for the definitions to go: the API server tries that again with growing pauses. */
const DESTROY_MS = 20 * 60_000;

describe("one apply", () => {
  let account: Account;
  let cluster: Cluster;
  let terraform: Terraform;
  let variables: Record<string, unknown>;
  let before: string[];

  beforeAll(async () => {
    account = await Account.open();
    cluster = await Cluster.start(account);
    before = await account.resources();
    terraform = await cluster.root("one-apply");
    variables = await cluster.variables();
    await cluster.applyWithController(terraform, variables);
  });

  afterAll(async () => {
    await cluster?.stop();
    await account?.close();
  });

  it("makes a NodePool and a node class that Karpenter accepts", async () => {
    const [pool, nodeClass] = await cluster.eks.wait("NodePool and EC2NodeClass to be Ready", async () => {
      const found = await Promise.all([
        cluster.kube.get({ apiVersion: "karpenter.sh/v1", kind: "NodePool", name: "default" }),
        cluster.kube.get({ apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass", name: "default" }),
      ]);
      return found.every((object) => isTrue(object, "Ready")) && found;
    });
    expect(pool.spec.template.spec.terminationGracePeriod).toBe("1m");
    expect(nodeClass.status.instanceProfile).toBe("prod-karpenter-instance-profile");
  });

  it("lets the controller be the role that was made for it", () => {
    expect(cluster.eks.karpenter.environment).toMatchObject({
      AWS_ROLE_ARN: `arn:aws:iam::${cluster.network.accountId}:role/prod-karpenter-controller`,
      INTERRUPTION_QUEUE: "prod-karpenter",
    });
  });

  it("starts nodes in the subnets and security groups, with the instance profile, that were asked for", async () => {
    const { accountId, subnetIds, securityGroupIds } = cluster.network;
    await cluster.eks.inflate(5);
    await cluster.eks.runningPods(5);
    const launched = await cluster.eks.instances();
    expect(launched.length).toBeGreaterThan(0);
    for (const instance of launched) {
      expect(subnetIds).toContain(instance.SubnetId);
      expect(instance.SecurityGroups?.map(({ GroupId }) => GroupId)).toEqual(securityGroupIds);
      expect(instance.IamInstanceProfile?.Arn).toBe(
        `arn:aws:iam::${accountId}:instance-profile/prod-karpenter-instance-profile`,
      );
      expect(instance.Tags).toContainEqual({ Key: "team", Value: "platform" });
    }
  });

  it("drains and replaces a spot instance whose interruption arrives through rule, policy and queue", async () => {
    const [doomed] = await cluster.eks.instances();
    await interruptSpot(account, doomed?.InstanceId as string);
    await cluster.eks.wait("the interrupted instance to be gone", async () =>
      (await cluster.eks.instances()).every(({ InstanceId }) => InstanceId !== doomed?.InstanceId),
    );
    expect(await cluster.eks.runningPods(5)).toHaveLength(5);
  });

  it("plans nothing after all that", async () => {
    expect(await terraform.isPlanEmpty(variables)).toBe(true);
  });

  it(
    "leaves nothing after a destroy while nodes run: no instance, no launch template, no role",
    async () => {
      expect((await cluster.eks.instances()).length).toBeGreaterThan(0);
      await cluster.destroy(terraform, variables);
      expect(await cluster.eks.instances()).toEqual([]);
      expect(await account.resources()).toEqual(before);
      expect(await cluster.definitions()).toEqual([]);
    },
    DESTROY_MS,
  );
});
