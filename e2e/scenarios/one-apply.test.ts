/** From a cluster without a node to pods that run, and back: the published module, real Terraform, the real Karpenter. */
import { isTrue, LOG_ROUTER, LOGGING } from "../cloud/fargate";
import { KARPENTER_VERSION, OLDER_KARPENTER_VERSION } from "../cloud/karpenter-controller";
import type { KubeObject } from "../cloud/kube-client";
import type { Terraform } from "../cloud/terraform";
import { Account } from "../support/account";
import { accountOf, authorized, LIFE_OF_A_NODE } from "../support/authorization";
import { Cluster, during } from "../support/cluster";
import { clusterOf, normalized, permissionsOf, roleOf, statementOf } from "../support/find";
import { interruptSpot } from "../support/interrupt";

/** Longer than Helm waits for the definitions to go: the API server tries that again with growing pauses. */
const DESTROY_MS = 20 * 60_000;

/** Lets no pod of `inflate` be evicted. */
const NO_DISRUPTION: KubeObject = {
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: { name: "inflate", namespace: "default" },
  spec: { maxUnavailable: 0, selector: { matchLabels: { app: "inflate" } } },
};

const CONTROLLER = { apiVersion: "apps/v1", kind: "Deployment", namespace: "karpenter", name: "karpenter" } as const;
/** By which EKS knows where pods on Fargate write. */
const ROUTER = { apiVersion: "v1", kind: "ConfigMap", ...LOG_ROUTER } as const;

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
    variables = await cluster.variables(OLDER_KARPENTER_VERSION);
    await cluster.applyWithController(terraform, variables);
  });

  afterAll(async () => {
    await cluster?.stop();
    await account?.close();
  });

  it.each([
    ["default", "prod-karpenter-instance-profile"],
    ["database", "prod-database-karpenter-instance-profile"],
  ])("makes a NodePool and a node class %s that Karpenter accepts, with the profile %s", async (name, profile) => {
    const [pool, nodeClass] = await cluster.eks.wait("NodePool and EC2NodeClass to be Ready", async () => {
      const found = await Promise.all([
        cluster.kube.get({ apiVersion: "karpenter.sh/v1", kind: "NodePool", name }),
        cluster.kube.get({ apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass", name }),
      ]);
      return found.every((object) => isTrue(object, "Ready")) && found;
    });
    expect(pool.spec.template.spec.terminationGracePeriod).toBe("20s");
    expect(nodeClass.status.instanceProfile).toBe(profile);
  });

  it("lets the nodes of each role in, and the controller pass both", async () => {
    const found = await account.inventory();
    const roles = ["prod-database-karpenter-node", "prod-karpenter-node"].map((name) => roleOf(found, name).arn);
    const entries = clusterOf(found, "prod").accessEntries.map(({ principalArn }) => principalArn);
    const document = permissionsOf(found, "prod-karpenter-controller");
    expect(entries).toEqual(expect.arrayContaining(roles));
    expect([...(statementOf(document, "AllowPassingInstanceRole").Resource ?? [])].sort()).toEqual(roles);
  });

  it("has the first pods of the controller write logs, to a log group that is theirs", async () => {
    const pods = await cluster.kube.list({ apiVersion: "v1", kind: "Pod", namespace: "karpenter" });
    expect(pods.map(({ metadata }) => metadata.annotations?.[LOGGING])).toEqual(["LoggingEnabled", "LoggingEnabled"]);
    const found = await account.inventory();
    const { accountId, region } = account.aws;
    expect(found.logGroups).toEqual([{ name: "/aws/eks/prod/fargate", retention: 30 }]);
    const { document } = roleOf(found, "prod-karpenter-fargate").inlinePolicies["fargate-logging"];
    expect(normalized(document).Statement).toMatchObject([
      {
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: [`arn:aws:logs:${region}:${accountId}:log-group:/aws/eks/prod/fargate:*`],
      },
    ]);
    const router = await cluster.kube.get(ROUTER);
    expect(router.data["output.conf"]).toContain("log_group_name /aws/eks/prod/fargate\n");
  });

  it("lets the controller be the role that was made for it", () => {
    expect(cluster.eks.karpenter.environment).toMatchObject({
      AWS_ROLE_ARN: `arn:aws:iam::${cluster.network.accountId}:role/prod-karpenter-controller`,
      INTERRUPTION_QUEUE: "prod-karpenter",
    });
  });

  it("starts nodes with the subnet, security groups, instance profile, tags and metadata options that were asked for", async () => {
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
      expect(instance.MetadataOptions).toMatchObject({ HttpTokens: "required", HttpPutResponseHopLimit: 3 });
    }
  });

  it("upgrades CRDs and controller in place, and touches nothing else, when the version alone changes", async () => {
    const before = await runs(cluster);
    expect(before.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["NodePool", "EC2NodeClass", "NodeClaim"]));
    variables = await cluster.variables(KARPENTER_VERSION);
    const { json } = await terraform.plan(variables);
    const changes = (json.resource_changes ?? []).filter(({ change }) => change.actions[0] !== "no-op");
    expect(changes.map(({ address, change }) => [address, ...change.actions])).toEqual([
      ["module.karpenter.module.controller[0].helm_release.karpenter_controller", "update"],
      ["module.karpenter.module.controller[0].helm_release.karpenter_crd[0]", "update"],
    ]);
    await terraform.apply(variables);
    await cluster.eks.startController();
    await cluster.eks.inflate(6);
    await cluster.eks.runningPods(6);
    expect((await runs(cluster)).map(identity)).toEqual(expect.arrayContaining(before.map(identity)));
    await cluster.eks.inflate(5);
    await cluster.eks.runningPods(5);
  });

  it("drains and replaces a spot instance whose interruption arrives through rule, policy and queue", async () => {
    const [doomed] = await cluster.eks.instances();
    await interruptSpot(account, doomed?.InstanceId as string);
    await cluster.eks.wait("the interrupted instance to be gone", async () =>
      (await cluster.eks.instances()).every(({ InstanceId }) => InstanceId !== doomed?.InstanceId),
    );
    expect(await cluster.eks.runningPods(5)).toHaveLength(5);
  });

  it("allowed the controller of both releases all that it did, with its queue too", async () => {
    const found = await account.inventory();
    const { arn } = roleOf(found, "prod-karpenter-controller");
    const { actions, refused } = authorized(account.aws, accountOf(found), arn);
    expect(actions).toEqual(expect.arrayContaining([...LIFE_OF_A_NODE, "sqs:DeleteMessage"]));
    expect(refused).toEqual([]);
  });

  it("plans nothing after all that", async () => {
    expect(await terraform.isPlanEmpty(variables)).toBe(true);
  });

  it(
    "ends a destroy though a PodDisruptionBudget lets no pod of the nodes go: refused first, by force then, and nothing left",
    async () => {
      const pods = await cluster.eks.runningPods(5);
      await cluster.kube.apply(NO_DISRUPTION);
      expect(await cluster.evictionsRefused()).toBe(0);
      const moments = await during(cluster.destroy(terraform, variables), async () => {
        const hasRouter = (await cluster.kube.find(ROUTER)) !== undefined;
        return { hasRouter, hasController: (await cluster.kube.find(CONTROLLER)) !== undefined };
      });
      // A pod that is made anew until the end writes logs, too.
      expect(moments.some(({ hasController }) => hasController)).toBe(true);
      expect(moments.filter(({ hasController, hasRouter }) => hasController && !hasRouter)).toEqual([]);
      expect(await cluster.evictionsRefused()).toBeGreaterThan(0);
      const events = await cluster.kube.list({ apiVersion: "v1", kind: "Event" });
      for (const { metadata } of pods) {
        const ofPod = events.filter(({ involvedObject }) => involvedObject.uid === metadata.uid);
        expect(ofPod.map(({ message }) => message as string)).toContainEqual(
          expect.stringContaining("bypasses the PDB"),
        );
        expect(ofPod.map(({ reason }) => reason as string)).not.toContain("Evicted");
      }
      expect(await cluster.eks.instances()).toEqual([]);
      expect(await account.resources()).toEqual(before);
      expect(await cluster.definitions()).toEqual([]);
      expect(
        await cluster.kube.find({ apiVersion: "v1", kind: "Namespace", name: LOG_ROUTER.namespace }),
      ).toBeUndefined();
    },
    DESTROY_MS,
  );
});

/** What an upgrade must not touch: the objects of Karpenter, the nodes, and the pods on them. */
async function runs({ kube }: Cluster): Promise<KubeObject[]> {
  const kinds = [
    ["karpenter.sh/v1", "NodePool"],
    ["karpenter.k8s.aws/v1", "EC2NodeClass"],
    ["karpenter.sh/v1", "NodeClaim"],
    ["v1", "Node"],
  ] as const;
  const found = await Promise.all([
    ...kinds.map(([apiVersion, kind]) => kube.list({ apiVersion, kind })),
    kube.list({ apiVersion: "v1", kind: "Pod", namespace: "default" }),
  ]);
  return found.flat();
}

function identity({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.name} ${metadata.uid}`;
}
