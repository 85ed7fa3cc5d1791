/**
 * The real Karpenter on the local cloud: what the chart's values and the NodePool chart of this library make it do.
 *
 * The controller is the program of the release, with the Deployment's environment; AWS is emulated, Kubernetes is real.
 */
import {
  DescribeInstancesCommand,
  DescribeLaunchTemplatesCommand,
  type EC2Client,
  type Instance,
} from "@aws-sdk/client-ec2";
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { controllerValues } from "../lib/kubernetes/controller-values";
import { chartFolder } from "../lib/kubernetes/packaged-chart";
import { awsClients, type AwsClients } from "./cloud/aws-clients";
import { karpenterCharts } from "./cloud/charts";
import type { ControlPlane } from "./cloud/control-plane";
import { AMI_RELEASE, EksCluster } from "./cloud/eks-cluster";
import { isTrue } from "./cloud/fargate";
import { helm } from "./cloud/helm-cli";
import { INFLATE } from "./cloud/inflate";
import { KARPENTER_VERSION, KarpenterController } from "./cloud/karpenter-controller";
import type { KubeObject } from "./cloud/kube-client";
import { LocalAws } from "./cloud/local-aws";
import { makeNetwork, type Network } from "./cloud/network";
import { FaultProxy } from "./faults/fault-proxy";

const NAMESPACE = "karpenter";
const PROFILE = "prod-nodes";
/** All pods of the namespace. */
const FARGATE_PROFILE = { fargateProfileName: "karpenter", selectors: [{ namespace: NAMESPACE }] };
const SUBJECT = `system:serviceaccount:${NAMESPACE}:karpenter`;
const NODE_POOL = { apiVersion: "karpenter.sh/v1", kind: "NodePool", name: "default" };
const NODE_CLASS = { apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass", name: "default" };
const NODE_CLAIM = { apiVersion: "karpenter.sh/v1", kind: "NodeClaim" };
const BUFFER = {
  apiVersion: "autoscaling.x-k8s.io/v1beta1",
  kind: "CapacityBuffer",
  name: "spare",
  namespace: NAMESPACE,
};

let aws: LocalAws;
let clients: AwsClients;
let network: Network;
let cluster: EksCluster;
let kube: ControlPlane;
let folder: string;

/** Waits for the controller's work, and lets it say why it did not come. */
function wait<T>(what: string, look: () => Promise<T | undefined | false>, timeoutMs = 90_000): Promise<T> {
  return cluster.wait(what, look, timeoutMs);
}

async function install(name: string, chart: string, values: object = {}): Promise<void> {
  const file = join(folder, `${name}.json`);
  // JSON is YAML too.
  await writeFile(file, JSON.stringify(values));
  await helm(
    ["upgrade", "--install", name, chart, "--namespace", NAMESPACE, "--create-namespace", "--values", file]
      .concat(name === "karpenter" ? ["--skip-crds"] : [])
      .concat("--wait", "--timeout", "120s"),
    { kubeconfig: kube.kubeconfig },
  );
}

async function installNodePools(more: object = {}): Promise<void> {
  await install("karpenter-node-pools", chartFolder("node-pools"), {
    ...more,
    nodePools: {
      default: {
        requirements: [
          { key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] },
          { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] },
          { key: "karpenter.k8s.aws/instance-category", operator: "In", values: ["c", "m", "r"] },
          { key: "karpenter.k8s.aws/instance-cpu", operator: "In", values: ["4"] },
        ],
        disruption: { consolidationPolicy: "WhenEmptyOrUnderutilized", consolidateAfter: "1s" },
        limits: { cpu: "100" },
      },
    },
    nodeClasses: { default: { amiAlias: `al2023@${AMI_RELEASE}`, tags: { team: "platform" } } },
    nodeClassDefaults: {
      instanceProfile: PROFILE,
      subnetSelectorTerms: network.subnetIds.map((id) => ({ id })),
      securityGroupSelectorTerms: network.securityGroupIds.map((id) => ({ id })),
    },
  });
}

/** Instances that Karpenter launched and that still cost something. */
async function instances(ec2: EC2Client = clients.ec2): Promise<Instance[]> {
  const found = await ec2.send(
    new DescribeInstancesCommand({
      Filters: [
        { Name: "tag:karpenter.sh/nodepool", Values: ["default"] },
        { Name: "instance-state-name", Values: ["pending", "running", "stopping", "shutting-down"] },
      ],
    }),
  );
  return (found.Reservations ?? []).flatMap((reservation) => reservation.Instances ?? []);
}

async function nodes(): Promise<KubeObject[]> {
  return kube.list({ apiVersion: "v1", kind: "Node" }, { labels: "karpenter.sh/nodepool=default" });
}

async function runningPods(count: number): Promise<KubeObject[]> {
  return wait(`${count} running pods of inflate`, async () => {
    const pods = await kube.list({ apiVersion: "v1", kind: "Pod", namespace: "default" }, { labels: "app=inflate" });
    return pods.length === count && pods.every((pod) => isTrue(pod, "Ready")) && pods;
  });
}

async function nothingLeft(what: string): Promise<void> {
  await wait(what, async () => {
    const left = await Promise.all([instances(), nodes(), kube.list(NODE_CLAIM)]);
    return left.every(({ length }) => length === 0);
  });
}

/** Conditions that are not True, in words. Of an object that has none yet too. */
async function notTrue(reference: typeof NODE_POOL, except: readonly string[] = []): Promise<string[]> {
  const object = await kube.get(reference);
  const conditions = (object.status?.conditions ?? []) as { type: string; status: string; message?: string }[];
  if (conditions.length === 0) {
    return [`${reference.kind} has no conditions`];
  }
  return conditions
    .filter(({ type, status }) => status !== "True" && !except.includes(type))
    .map(({ type, status, message }) => `${type} is ${status}: ${message}`);
}

async function allTrue(reference: typeof NODE_POOL, except: readonly string[] = []): Promise<void> {
  await wait(`all conditions of ${reference.kind} to be True`, async () => {
    const problems = await notTrue(reference, except);
    if (problems.length > 0) {
      throw new Error(problems.join("; "));
    }
    return isTrue(await kube.get(reference), "Ready");
  });
}

async function makeRole(name: string, trust: object): Promise<string> {
  const document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", ...trust }] };
  const made = await clients.iam.send(
    new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(document) }),
  );
  return made.Role?.Arn as string;
}

/** Who may take the controller's role. */
function controllerTrust(subject: string): object {
  const provider = network.oidcIssuer.replace("https://", "");
  return {
    Principal: { Federated: network.oidcProviderArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { [`${provider}:sub`]: subject, [`${provider}:aud`]: "sts.amazonaws.com" } },
  };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cdktf-karpenter-values-"));
  aws = await LocalAws.start();
  clients = awsClients(aws);
  network = await makeNetwork(aws, clients, { clusterName: "prod" });
  const controllerRoleArn = await makeRole("prod-karpenter", controllerTrust(SUBJECT));
  await makeRole(PROFILE, { Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" });
  await clients.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: PROFILE }));
  await clients.iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: PROFILE, RoleName: PROFILE }));

  cluster = await EksCluster.start({ aws, clients, network, fargateProfiles: [FARGATE_PROFILE] });
  kube = cluster.kube;

  const charts = await karpenterCharts(KARPENTER_VERSION);
  await install("karpenter-crd", charts.crds);
  const values = controllerValues({
    clusterName: network.clusterName,
    clusterEndpoint: network.clusterEndpoint,
    controllerRoleArn,
    featureGates: { capacityBuffer: true },
  });
  await install("karpenter", charts.karpenter, values);
  await cluster.startController(NAMESPACE);
});

afterAll(async () => {
  await cluster?.stop();
  clients?.destroy();
  await aws?.stop();
  if (folder) {
    await rm(folder, { recursive: true, force: true });
  }
});

describe("the controller", () => {
  it("gets what its Deployment says, and nothing of the account's administrator", () => {
    expect(cluster.karpenter.environment).toMatchObject({
      CLUSTER_NAME: "prod",
      CLUSTER_ENDPOINT: network.clusterEndpoint,
      SYSTEM_NAMESPACE: NAMESPACE,
      MEMORY_LIMIT: String(2 ** 30),
      CPU_REQUESTS: "1000",
      AWS_REGION: aws.region,
      AWS_ROLE_ARN: `arn:aws:iam::${aws.accountId}:role/prod-karpenter`,
    });
    expect(cluster.karpenter.environment).not.toHaveProperty("AWS_ACCESS_KEY_ID");
  });

  it("is not started with a role that does not trust its service account", async () => {
    const change = (subject: string): UpdateAssumeRolePolicyCommand =>
      new UpdateAssumeRolePolicyCommand({
        RoleName: "prod-karpenter",
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", ...controllerTrust(subject) }],
        }),
      });
    await clients.iam.send(change("system:serviceaccount:kube-system:karpenter"));
    try {
      await expect(KarpenterController.start({ aws, controlPlane: kube, namespace: NAMESPACE })).rejects.toThrow(
        /role\/prod-karpenter does not trust system:serviceaccount:karpenter:karpenter of https:/,
      );
    } finally {
      await clients.iam.send(change(SUBJECT));
    }
  });

  it("serves its metrics", async () => {
    const response = await fetch(`http://127.0.0.1:${cluster.karpenter.metricsPort}/metrics`);
    expect(await response.text()).toContain("karpenter_build_info");
  });
});

describe("with a NodePool", () => {
  beforeAll(() => installNodePools());

  it("accepts the node class and the pool", async () => {
    await allTrue(NODE_CLASS);
    // Whether nodes come up is known only after the first one.
    await allTrue(NODE_POOL, ["NodeRegistrationHealthy"]);
    const { status } = await kube.get(NODE_CLASS);
    expect((status.subnets as { id: string }[]).map(({ id }) => id).sort()).toEqual([...network.subnetIds].sort());
    expect(status.securityGroups).toMatchObject(network.securityGroupIds.map((id) => ({ id })));
    expect(status.instanceProfile).toBe(PROFILE);
    const published = new Set(cluster.amis.map(({ imageId }) => imageId));
    expect(new Set((status.amis as { id: string }[]).map(({ id }) => id))).toEqual(published);
  });

  it("starts a spot instance for pods that no node takes, and runs them there", async () => {
    await cluster.inflate(3);
    const pods = await runningPods(3);
    const [instance, ...others] = await instances();
    expect(others).toEqual([]);
    expect(instance).toMatchObject({ InstanceLifecycle: "spot", State: { Name: "running" } });
    expect(network.subnetIds).toContain(instance?.SubnetId);
    expect(instance?.SecurityGroups?.map(({ GroupId }) => GroupId)).toEqual(network.securityGroupIds);
    expect(instance?.IamInstanceProfile?.Arn).toBe(`arn:aws:iam::${aws.accountId}:instance-profile/${PROFILE}`);
    const standard = cluster.amis.find(
      ({ architecture, variant }) => architecture === "x86_64" && variant === "standard",
    );
    expect(instance?.ImageId).toBe(standard?.imageId);
    expect(instance?.MetadataOptions).toMatchObject({ HttpTokens: "required", HttpPutResponseHopLimit: 1 });
    const tags = Object.fromEntries((instance?.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
    expect(tags).toMatchObject({
      "eks:eks-cluster-name": "prod",
      "karpenter.k8s.aws/ec2nodeclass": "default",
      "karpenter.sh/nodepool": "default",
      "kubernetes.io/cluster/prod": "owned",
      team: "platform",
    });

    const [node] = await nodes();
    expect(new Set(pods.map((pod) => pod.spec.nodeName as string))).toEqual(new Set([node?.metadata.name]));
    const zone = instance?.Placement?.AvailabilityZone;
    expect(node?.spec.providerID).toBe(`aws:///${zone}/${instance?.InstanceId}`);
    expect(node?.metadata.labels).toMatchObject({
      "karpenter.sh/capacity-type": "spot",
      "karpenter.sh/registered": "true",
      "node.kubernetes.io/instance-type": instance?.InstanceType,
      "topology.kubernetes.io/zone": zone,
    });
    await wait("the node to be initialized", async () =>
      (await kube.list(NODE_CLAIM)).every((claim) => isTrue(claim, "Initialized") && isTrue(claim, "Ready")),
    );
    const [claim] = await kube.list(NODE_CLAIM);
    await wait("the instance to be tagged with its node's names", async () => {
      const [tagged] = await instances();
      const values = (tagged?.Tags ?? []).map(({ Key, Value }) => `${Key}=${Value}`);
      return [`Name=${node?.metadata.name}`, `karpenter.sh/nodeclaim=${claim?.metadata.name}`].every((each) =>
        values.includes(each),
      );
    });
    await allTrue(NODE_POOL);
  });

  it("leaves a node alone that is as its node class says", async () => {
    // One controller sets both conditions, so by then it has looked for drift too.
    const claim = await wait("the node to be looked at for disruption", async () => {
      const [found] = await kube.list(NODE_CLAIM);
      return found !== undefined && isTrue(found, "Consolidatable") && found;
    });
    expect(claim.status.conditions).not.toContainEqual(expect.objectContaining({ type: "Drifted", status: "True" }));
  });

  it("removes the node and the instance when there are no pods", async () => {
    await kube.patch(INFLATE, { spec: { replicas: 0 } }, "scale");
    await nothingLeft("the empty node and its instance to be gone");
    expect(await instances()).toEqual([]);
  });

  it("has one instance for a pod, where it was killed when EC2 had launched it and had not answered", async () => {
    const proxy = await FaultProxy.start(aws);
    await cluster.startController(NAMESPACE, proxy);
    const killed = new Promise<void>((resolve) => {
      const kill = (): void => void cluster.stopController().then(resolve);
      proxy.begin({ kind: "killed after", at: "ec2 CreateFleet", length: "once" }, kill);
    });
    await kube.patch(INFLATE, { spec: { replicas: 1 } }, "scale");
    await killed;
    await proxy.stop();
    const [forgotten] = await instances();
    await cluster.startController(NAMESPACE);
    await runningPods(1);
    // It ends what it does not know, once that is older than half a minute.
    const [instance] = await wait(
      "one instance, of one node",
      async () => {
        const found = await Promise.all([instances(), nodes(), kube.list(NODE_CLAIM)]);
        return found.every(({ length }) => length === 1) && found[0];
      },
      240_000,
    );
    expect(forgotten).toBeDefined();
    const [node] = await nodes();
    expect(node?.spec.providerID).toContain(instance?.InstanceId);
  });

  it("goes on draining a node, where it was killed on the way", async () => {
    const budget = { apiVersion: "policy/v1", kind: "PodDisruptionBudget" };
    await kube.apply({
      ...budget,
      metadata: { name: "inflate", namespace: "default" },
      spec: { minAvailable: 1, selector: { matchLabels: { app: "inflate" } } },
    });
    const [claim] = await kube.list(NODE_CLAIM);
    const [drained] = await instances();
    await kube.delete({ ...NODE_CLAIM, name: claim?.metadata.name as string });
    await wait("the node to be drained", async () =>
      (await nodes()).some(({ spec }) =>
        (spec.taints as { key: string }[] | undefined)?.some(({ key }) => key === "karpenter.sh/disrupted"),
      ),
    );
    await cluster.stopController();
    expect((await instances()).map(({ InstanceId }) => InstanceId)).toContain(drained?.InstanceId);
    await cluster.startController(NAMESPACE);
    await kube.delete({ ...budget, name: "inflate", namespace: "default" });
    await wait("the drained instance to be gone", async () => {
      const left = await instances();
      return left.length === 1 && left[0]?.InstanceId !== drained?.InstanceId;
    });
    await runningPods(1);
    await kube.patch(INFLATE, { spec: { replicas: 0 } }, "scale");
    await nothingLeft("node and instance to be gone");
  });

  it("keeps a node free for the pods that a CapacityBuffer describes", async () => {
    const requests = { cpu: "500m", memory: "512Mi" };
    const spec = { containers: [{ name: "room", image: "pause", resources: { requests } }] };
    await installNodePools({ capacityBuffers: { spare: { podTemplate: { spec }, replicas: 2 } } });
    const buffer = await wait("room for the buffer", async () => {
      const found = await kube.get(BUFFER);
      return isTrue(found, "ReadyForProvisioning") && found;
    });
    expect(buffer.status).toMatchObject({ podTemplateRef: { name: "spare" }, replicas: 2 });
    await wait("a node without pods", async () => (await nodes()).some((node) => isTrue(node, "Ready")));
    expect(await instances()).toHaveLength(1);
    expect(await kube.list({ apiVersion: "v1", kind: "Pod", namespace: "default" })).toEqual([]);
  });

  it("keeps the NodePool release from going before its last instance, and leaves no finalizer", async () => {
    await kube.patch(INFLATE, { spec: { replicas: 1 } }, "scale");
    await runningPods(1);
    expect(await instances()).toHaveLength(1);
    await cluster.karpenter.explain(
      helm(["uninstall", "karpenter-node-pools", "--namespace", NAMESPACE, "--wait", "--timeout", "180s"], {
        kubeconfig: kube.kubeconfig,
      }),
    );
    // No waiting here: it is the release that has to.
    expect(await instances()).toEqual([]);
    expect(await nodes()).toEqual([]);
    for (const reference of [NODE_POOL, NODE_CLASS, NODE_CLAIM, BUFFER]) {
      expect(await kube.list({ ...reference, name: undefined })).toEqual([]);
    }
    const templates = await clients.ec2.send(new DescribeLaunchTemplatesCommand({}));
    expect(templates.LaunchTemplates).toEqual([]);
  });

  it("stays up all the while", () => {
    expect([cluster.karpenter.isRunning, cluster.kwok.isRunning]).toEqual([true, true]);
    expect(cluster.karpenter.lastLines).not.toMatch(/panic|"level":"ERROR".*AccessDenied|is forbidden/);
    expect(cluster.registrar.lastError).toBeUndefined();
  });
});
