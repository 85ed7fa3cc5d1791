/** From a cluster without a node to pods that run, and back: the published modules, real Terraform, the real Karpenter. */
import { DescribeInstancesCommand, type Instance } from "@aws-sdk/client-ec2";
import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { cp } from "node:fs/promises";
import { dirname, join } from "node:path";

import { publishAmis } from "../cloud/ami-parameters";
import { karpenterCharts } from "../cloud/charts";
import { ControlPlane, installControlPlane } from "../cloud/control-plane";
import { addFargateNodes, isTrue, setFargateProfiles } from "../cloud/fargate";
import { installKarpenterController, KARPENTER_VERSION, KarpenterController } from "../cloud/karpenter-controller";
import type { KubeObject } from "../cloud/kube-client";
import { installKwok, Kwok } from "../cloud/kwok";
import type { Network } from "../cloud/network";
import { NodeRegistrar } from "../cloud/node-registrar";
import { standInMirror } from "../cloud/stand-in-providers";
import type { Terraform } from "../cloud/terraform";
import { Account } from "../support/account";

const BUILD_MS = 60 * 60_000;
/** Longer than Helm waits for the definitions to go: the API server tries that again with growing pauses. */
const DESTROY_MS = 20 * 60_000;

describe("one apply", () => {
  let account: Account;
  let network: Network;
  let kube: ControlPlane;
  let kwok: Kwok;
  let registrar: NodeRegistrar;
  let karpenter: KarpenterController;
  let terraform: Terraform;
  let variables: Record<string, unknown>;
  let before: string[];

  beforeAll(async () => {
    await installControlPlane();
    await installKwok();
    await installKarpenterController();
    const { mirror } = await standInMirror();

    account = await Account.open();
    network = await account.network({ clusterName: "prod", subnets: 3 });
    before = await account.resources();
    kube = await ControlPlane.start({ issuer: network.oidcIssuer });
    kwok = await Kwok.start(kube);
    await addFargateNodes(kube, { region: network.region });
    const labels = { "app.kubernetes.io/name": "karpenter" };
    await setFargateProfiles(kube, [
      { fargateProfileName: "karpenter", selectors: [{ namespace: "karpenter", labels }] },
    ]);
    await publishAmis(account.aws, account.clients.ec2, {
      kubernetesVersion: kube.version.replace(/^v(\d+\.\d+).*$/, "$1"),
      release: "v20251108",
    });
    terraform = await account.rootOf(
      (folder) => cp(join(__dirname, "fixtures/one-apply/main.tf"), join(folder, "main.tf")),
      { mirrors: mirror === undefined ? [] : [mirror], env: kube.env() },
    );
    variables = {
      cluster_endpoint: network.clusterEndpoint,
      oidc_provider_arn: network.oidcProviderArn,
      subnet_ids: network.subnetIds,
      security_group_ids: network.securityGroupIds,
      charts: dirname((await karpenterCharts(KARPENTER_VERSION)).karpenter),
    };
    await terraform.apply(variables);
    registrar = NodeRegistrar.start({ controlPlane: kube, ec2: account.clients.ec2 });
    karpenter = await KarpenterController.start({ aws: account.aws, controlPlane: kube, namespace: "karpenter" });
  }, BUILD_MS);

  afterAll(async () => {
    await karpenter?.stop();
    await registrar?.stop();
    await kwok?.stop();
    await kube?.stop();
    await account?.close();
  });

  /** Waits for the controller's work, and lets it say why it did not come. */
  function wait<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
    return karpenter.explain(kube.waitFor(what, look, { timeoutMs: 120_000, intervalMs: 250 }));
  }

  /** Instances that Karpenter launched and that still cost something. */
  async function instances(): Promise<Instance[]> {
    const found = await account.clients.ec2.send(
      new DescribeInstancesCommand({
        Filters: [
          { Name: "tag:karpenter.sh/nodepool", Values: ["default"] },
          { Name: "instance-state-name", Values: ["pending", "running", "stopping", "shutting-down"] },
        ],
      }),
    );
    return (found.Reservations ?? []).flatMap((reservation) => reservation.Instances ?? []);
  }

  const runningPods = (count: number): Promise<KubeObject[]> =>
    wait(`${count} running pods`, async () => {
      const pods = await kube.list({ apiVersion: "v1", kind: "Pod", namespace: "default" }, { labels: "app=inflate" });
      const alive = pods.filter((pod) => pod.metadata.deletionTimestamp === undefined);
      return alive.length === count && alive.every((pod) => isTrue(pod, "Ready")) && alive;
    });

  it("makes a NodePool and a node class that Karpenter accepts", async () => {
    const [pool, nodeClass] = await wait("NodePool and EC2NodeClass to be Ready", async () => {
      const found = await Promise.all([
        kube.get({ apiVersion: "karpenter.sh/v1", kind: "NodePool", name: "default" }),
        kube.get({ apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass", name: "default" }),
      ]);
      return found.every((object) => isTrue(object, "Ready")) && found;
    });
    expect(pool.spec.template.spec.terminationGracePeriod).toBe("1m");
    expect(nodeClass.status.instanceProfile).toBe("prod-karpenter-instance-profile");
  });

  it("lets the controller be the role that was made for it", () => {
    expect(karpenter.environment).toMatchObject({
      AWS_ROLE_ARN: `arn:aws:iam::${network.accountId}:role/prod-karpenter-controller`,
      INTERRUPTION_QUEUE: "prod-karpenter",
    });
  });

  it("starts nodes in the subnets and security groups, with the instance profile, that were asked for", async () => {
    await kube.apply(inflate(5));
    await runningPods(5);
    const launched = await instances();
    expect(launched.length).toBeGreaterThan(0);
    for (const instance of launched) {
      expect(network.subnetIds).toContain(instance.SubnetId);
      expect(instance.SecurityGroups?.map(({ GroupId }) => GroupId)).toEqual(network.securityGroupIds);
      expect(instance.IamInstanceProfile?.Arn).toBe(
        `arn:aws:iam::${network.accountId}:instance-profile/prod-karpenter-instance-profile`,
      );
      expect(instance.Tags).toContainEqual({ Key: "team", Value: "platform" });
    }
  });

  it("drains and replaces a spot instance whose interruption arrives through rule, policy and queue", async () => {
    const [doomed] = await instances();
    await account.clients.eventBridge.send(
      new PutEventsCommand({
        Entries: [
          {
            Source: "aws.ec2",
            DetailType: "EC2 Spot Instance Interruption Warning",
            Detail: JSON.stringify({ "instance-id": doomed?.InstanceId, "instance-action": "terminate" }),
            Resources: [`arn:aws:ec2:${network.region}:${network.accountId}:instance/${doomed?.InstanceId}`],
          },
        ],
      }),
    );
    await wait("the interrupted instance to be gone", async () =>
      (await instances()).every(({ InstanceId }) => InstanceId !== doomed?.InstanceId),
    );
    expect(await runningPods(5)).toHaveLength(5);
  });

  it("plans nothing after all that", async () => {
    expect(await terraform.isPlanEmpty(variables)).toBe(true);
  });

  it(
    "leaves nothing after a destroy while nodes run: no instance, no launch template, no role",
    async () => {
      expect((await instances()).length).toBeGreaterThan(0);
      await karpenter.explain(terraform.destroy(variables));
      expect(await instances()).toEqual([]);
      expect(await account.resources()).toEqual(before);
      const definitions = await kube.list({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" });
      expect(definitions.map(({ metadata }) => metadata.name)).toEqual([]);
    },
    DESTROY_MS,
  );
});

function inflate(replicas: number): KubeObject {
  const labels = { app: "inflate" };
  const resources = { requests: { cpu: "500m", memory: "256Mi" } };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "inflate", namespace: "default" },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          terminationGracePeriodSeconds: 0,
          containers: [{ name: "pause", image: "registry.k8s.io/pause:3.10", resources }],
        },
      },
    },
  };
}
