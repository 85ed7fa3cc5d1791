/** `doctor` on clusters that are well and on clusters that are not, as their users run it. */
import { CreateVpcEndpointCommand, RunInstancesCommand } from "@aws-sdk/client-ec2";
import { CreateAccessEntryCommand, CreateFargateProfileCommand, DeleteAccessEntryCommand } from "@aws-sdk/client-eks";
import { DisableRuleCommand, EnableRuleCommand } from "@aws-sdk/client-eventbridge";
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateServiceLinkedRoleCommand,
  DeleteOpenIDConnectProviderCommand,
} from "@aws-sdk/client-iam";
import { CreateQueueCommand, SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { objectsOf } from "../cli/doctor/cluster/drift";
import { controllerValues } from "../lib/kubernetes/controller-values";
import { chartFolder } from "../lib/kubernetes/packaged-chart";
import { minorVersionOf } from "../lib/versions";
import { awsClients, type AwsClients } from "./cloud/aws-clients";
import { karpenterCharts } from "./cloud/charts";
import { AMI_RELEASE, EksCluster } from "./cloud/eks-cluster";
import { isTrue, setFargateProfiles } from "./cloud/fargate";
import { helm } from "./cloud/helm-cli";
import { KARPENTER_VERSION } from "./cloud/karpenter-controller";
import type { KubeObject } from "./cloud/kube-client";
import { LocalAws } from "./cloud/local-aws";
import { makeNetwork, type Network } from "./cloud/network";
import { makeRole, routeOut, sendEvents } from "./support/aws-objects";
import { commandLine } from "./support/command-line";
import { askDoctor, type Answer, type DoctorCall } from "./support/doctor";

const NAMESPACE = "karpenter";
const NODES = "prod-nodes";
const PODS = { apiVersion: "v1", kind: "Pod", namespace: NAMESPACE };
const DEPLOYMENT = { apiVersion: "apps/v1", kind: "Deployment", namespace: NAMESPACE, name: "karpenter" };
const POOL = { apiVersion: "karpenter.sh/v1", kind: "NodePool", name: "default" };
const NODE_CLASS = { apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass", name: "default" };

let aws: LocalAws;
let clients: AwsClients;
let prod: Network;
let cluster: EksCluster;
let folder: string;

/** What the doctor says, of a cluster that it asks by the kubeconfig unless told otherwise. */
function doctor(
  args: readonly string[] = ["--kubeconfig", cluster.kube.kubeconfig],
  { clusterName = "prod", minutesLater }: Partial<DoctorCall> = {},
): Promise<Answer> {
  return askDoctor({ clusterName, args, env: aws.env(), minutesLater });
}

async function install(name: string, chart: string, values: object = {}): Promise<void> {
  const file = join(folder, `${name}.json`);
  await writeFile(file, JSON.stringify(values));
  await helm(
    ["upgrade", "--install", name, chart, "--namespace", NAMESPACE, "--create-namespace", "--values", file].concat(
      name === "karpenter" ? ["--skip-crds"] : [],
    ),
    { kubeconfig: cluster.kube.kubeconfig },
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "doctor-test-"));
  aws = await LocalAws.start();
  clients = awsClients(aws);
  prod = await makeNetwork(aws, clients, { clusterName: "prod" });
  cluster = await EksCluster.start({ aws, clients, network: prod, fargateProfiles: [] });
});

afterAll(async () => {
  await cluster?.stop();
  clients?.destroy();
  await aws?.stop();
  if (folder) {
    await rm(folder, { recursive: true, force: true });
  }
});

describe("before anything is installed", () => {
  it("tells all that keeps Karpenter from an account that is not made for it", async () => {
    const old = await makeNetwork(aws, clients, {
      clusterName: "old",
      kubernetesVersion: "1.24",
      authenticationMode: "CONFIG_MAP",
    });
    await clients.iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: old.oidcProviderArn }));
    const answer = await doctor(["--no-cluster"], { clusterName: "old" });
    expect(answer.states).toMatchObject({
      "cluster-status": ["ok"],
      "authentication-mode": ["error"],
      "kubernetes-version": ["error"],
      "oidc-provider": ["error"],
      "spot-role": ["warning"],
      subnets: ["ok"],
      "way-out": ["error", "error"],
    });
    expect(answer.textOf("way-out")).toContain("no working endpoint of ec2, ecr.api, ecr.dkr, eks, s3, sqs, ssm, sts");
    expect(answer.textOf("kubernetes-version")).toContain(`Karpenter ${KARPENTER_VERSION} is for Kubernetes`);
    expect(answer.states).not.toHaveProperty("controller");
    expect(answer.code).toBe(1);
  });

  it("finds nothing wrong once the account is", async () => {
    await routeOut(clients, prod);
    await clients.iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: "spot.amazonaws.com" }));
    const answer = await doctor();
    const fine = Object.entries(answer.states).filter(([, states]) => states.every((state) => state === "ok"));
    expect(Object.keys(answer.states).filter((check) => !fine.some(([name]) => name === check))).toEqual(["core-dns"]);
    expect(answer.textOf("iam-quotas")).toMatch(/^the account has \d+ of \d+ roles, \d+ of \d+ instance profiles, /);
    expect(answer.textOf("subnets")).toMatch(/^2 subnets \(of the cluster\) in 2 zones, with \d+ free addresses$/);
    expect(answer.code).toBe(0);
  });

  it("takes VPC endpoints for a way out", async () => {
    const isolated = await makeNetwork(aws, clients, { clusterName: "isolated" });
    const endpoint = (service: string, more: object) =>
      clients.ec2.send(
        new CreateVpcEndpointCommand({
          VpcId: isolated.vpcId,
          ServiceName: `com.amazonaws.${aws.region}.${service}`,
          ...more,
        }),
      );
    for (const service of ["ec2", "ecr.api", "ecr.dkr", "eks", "s3", "sqs", "ssm"]) {
      await endpoint(service, { VpcEndpointType: "Interface", PrivateDnsEnabled: true, SubnetIds: isolated.subnetIds });
    }
    const before = await doctor(["--no-cluster"], { clusterName: "isolated" });
    expect(before.textOf("way-out")).toMatch(/no working endpoint of sts;/);
    await endpoint("sts", { VpcEndpointType: "Interface", PrivateDnsEnabled: true, SubnetIds: isolated.subnetIds });
    expect((await doctor(["--no-cluster"], { clusterName: "isolated" })).states["way-out"]).toEqual(["ok"]);
  });

  it("says what it could not look at, and is not content", async () => {
    const answer = await doctor([]);
    expect(answer.states).toMatchObject({ controller: ["unknown"], "node-claims": ["unknown"], orphans: ["unknown"] });
    expect(answer.textOf("controller")).toContain(`could not be looked at: ${prod.clusterEndpoint} does not answer`);
    expect(answer.code).toBe(2);
  });

  it("says what the cluster does not let its user see", async () => {
    const kubeconfig = await cluster.kube.kubeconfigOf("default", "default");
    const answer = await doctor(["--kubeconfig", kubeconfig]);
    expect(answer.textOf("controller")).toMatch(
      /^could not be looked at: the cluster refuses \(403\): deployments\.apps is forbidden/,
    );
    expect(answer.states.crds).toEqual(["unknown"]);
    expect(answer.code).toBe(2);
  });

  it("ends with the reason where there is no such cluster", async () => {
    const { code, stderr } = await commandLine(["doctor", "--cluster-name", "none"], { env: aws.env() });
    expect(stderr).toMatch(/^error: there is no EKS cluster none in eu-north-1 of the account 123456789012/);
    expect(code).toBe(1);
  });
});

describe("with Karpenter", () => {
  const QUEUE = "prod-karpenter";
  const { eventRules } = minorVersionOf(KARPENTER_VERSION);

  beforeAll(async () => {
    const provider = prod.oidcIssuer.replace("https://", "");
    const controllerRoleArn = await makeRole(clients, "prod-karpenter", {
      Principal: { Federated: prod.oidcProviderArn },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          [`${provider}:sub`]: `system:serviceaccount:${NAMESPACE}:karpenter`,
          [`${provider}:aud`]: "sts.amazonaws.com",
        },
      },
    });
    await makeRole(clients, NODES, { Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" });
    await clients.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: NODES }));
    await clients.iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: NODES, RoleName: NODES }));
    const charts = await karpenterCharts(KARPENTER_VERSION);
    await install("karpenter-crd", charts.crds);
    await install(
      "karpenter",
      charts.karpenter,
      controllerValues({
        clusterName: "prod",
        clusterEndpoint: prod.clusterEndpoint,
        controllerRoleArn,
        interruptionQueueName: QUEUE,
      }),
    );
  });

  it("tells what the controller waits for, and misses its queue and its FlowSchema", async () => {
    await cluster.wait("pods that nobody schedules", async () => {
      const pods = await cluster.kube.list(PODS);
      return pods.some(({ status }) => JSON.stringify(status).includes("nodes are available"));
    });
    const answer = await doctor();
    expect(answer.textOf("controller")).toMatch(/does not run: 0\/\d+ nodes are available/);
    expect(answer.states).toMatchObject({
      controller: ["error"],
      "interruption-queue": ["error"],
      "flow-schemas": ["warning"],
      "helm-releases": ["ok"],
      versions: ["ok"],
      crds: ["ok"],
      drift: ["ok"],
    });
    expect(answer.textOf("versions")).toContain(`the controller's image ${KARPENTER_VERSION}`);
    expect(answer.code).toBe(1);
  });

  it("follows events from the rule to the queue", async () => {
    const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName: QUEUE }));
    const queueArn = `arn:aws:sqs:${aws.region}:${aws.accountId}:${QUEUE}`;
    expect((await doctor()).states["event-rules"]).toEqual(eventRules.map(() => "error"));

    await sendEvents(clients, eventRules, queueArn);
    const closed = await doctor();
    expect(closed.textOf("event-rules")).toMatch(/policy does not let the rule spot-interruption send/);

    const allow = {
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: { ArnLike: { "aws:SourceArn": `arn:aws:events:${aws.region}:${aws.accountId}:rule/*` } },
    };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [allow] });
    await clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    await clients.eventBridge.send(new DisableRuleCommand({ Name: "rebalance" }));
    const disabled = await doctor();
    expect(disabled.of("event-rules")).toEqual([
      { state: "error", text: expect.stringMatching(/^the rule rebalance is disabled/) as string },
    ]);

    await clients.eventBridge.send(new EnableRuleCommand({ Name: "rebalance" }));
    expect((await doctor()).states).toMatchObject({ "interruption-queue": ["ok"], "event-rules": ["ok"] });
  });

  it("is content with a controller that runs on Fargate", async () => {
    const profile = { fargateProfileName: "karpenter", selectors: [{ namespace: NAMESPACE }] };
    const podExecutionRoleArn = await makeRole(clients, "prod-fargate", {
      Principal: { Service: "eks-fargate-pods.amazonaws.com" },
      Action: "sts:AssumeRole",
    });
    await clients.eks.send(
      new CreateFargateProfileCommand({
        ...profile,
        clusterName: "prod",
        podExecutionRoleArn,
        subnets: [...prod.subnetIds],
      }),
    );
    await setFargateProfiles(cluster.kube, [profile]);
    for (const { metadata } of await cluster.kube.list(PODS)) {
      await cluster.kube.delete({ ...PODS, name: metadata.name });
    }
    await install("karpenter-flow-schemas", chartFolder("flow-schemas"), { serviceAccountName: "karpenter" });
    await cluster.wait("the controller", async () => isTrue(await cluster.kube.get(DEPLOYMENT), "Available"));
    const answer = await doctor();
    expect(answer.states).toMatchObject({ controller: ["ok"], fargate: ["ok"], "flow-schemas": ["ok"], drift: ["ok"] });
    expect(answer.textOf("subnets")).toContain("of the Fargate profiles");
    expect(answer.code).toBe(0);
  });

  describe("that works", () => {
    const pools = (subnetIds: readonly string[]) =>
      install("karpenter-node-pools", chartFolder("node-pools"), {
        nodePools: { default: { limits: { cpu: "100" } } },
        nodeClasses: { default: { amiAlias: `al2023@${AMI_RELEASE}` } },
        nodeClassDefaults: {
          instanceProfile: NODES,
          subnetSelectorTerms: subnetIds.map((id) => ({ id })),
          securityGroupSelectorTerms: prod.securityGroupIds.map((id) => ({ id })),
        },
      });

    beforeAll(async () => {
      await cluster.startController(NAMESPACE);
    });

    it("tells why a node class is not Ready, and that its role may not enter", async () => {
      await pools(["subnet-00000000000000000"]);
      await cluster.wait("the conditions of both", async () => {
        const [nodeClass, pool] = [await cluster.kube.get(NODE_CLASS), await cluster.kube.get(POOL)];
        return JSON.stringify(nodeClass.status).includes("SubnetsNotFound") && pool.status?.conditions !== undefined;
      });
      const answer = await doctor();
      expect(answer.textOf("node-classes")).toContain(
        "SubnetsReady is False (SubnetsNotFound): its subnetSelectorTerms match nothing",
      );
      expect(answer.states["node-pools"]).toEqual(["error"]);
      expect(answer.textOf("node-access")).toMatch(/prod-nodes of EC2NodeClass default may not enter/);

      await pools(prod.subnetIds);
      await cluster.wait("both to be Ready", async () => {
        const both = [await cluster.kube.get(NODE_CLASS), await cluster.kube.get(POOL)];
        return both.every((object) => isTrue(object, "Ready"));
      });
      expect((await doctor()).states).toMatchObject({ "node-classes": ["ok"], "node-pools": ["ok"] });
    });

    it("tells an access entry of users from one of nodes", async () => {
      const entry = { clusterName: "prod", principalArn: `arn:aws:iam::${aws.accountId}:role/${NODES}` };
      await clients.eks.send(new CreateAccessEntryCommand(entry));
      expect((await doctor()).textOf("node-access")).toContain("is of type STANDARD");
      await clients.eks.send(new DeleteAccessEntryCommand(entry));
      await clients.eks.send(new CreateAccessEntryCommand({ ...entry, type: "EC2_LINUX" }));
      expect((await doctor()).states["node-access"]).toEqual(["ok"]);
    });

    it("tells an instance that never registers from one that boots", async () => {
      await cluster.registrar.stop();
      await cluster.inflate(1);
      await cluster.wait("an instance", async () => (await cluster.instances()).length > 0);
      expect((await doctor()).states).toMatchObject({ "node-claims": ["ok"], orphans: ["ok"] });
      const later = await doctor(undefined, { minutesLater: 8 });
      expect(later.textOf("node-claims")).toMatch(
        /^NodeClaim default-\w+, \d+ minutes old: its instance was launched and has never registered\. Registered is Unknown \(NodeNotFound\)/,
      );
      expect(later.states.orphans).toEqual(["ok"]);
    });
  });
});

describe("when somebody has been there by hand", () => {
  /** As `helm get manifest | kubectl apply --server-side --force-conflicts`. */
  async function applyManifest(release: string): Promise<void> {
    const { stdout } = await helm(["get", "manifest", release, "--namespace", NAMESPACE], {
      kubeconfig: cluster.kube.kubeconfig,
    });
    await cluster.kube.apply(objectsOf({ manifest: stdout }) as KubeObject[], { fieldManager: "kubectl" });
  }

  beforeAll(() => cluster.stopController());

  it("names what is gone and what was changed, and is content once the manifest is applied", async () => {
    expect((await doctor()).states.drift).toEqual(["ok"]);
    await cluster.kube.patch(DEPLOYMENT, { spec: { replicas: 0 } });
    await cluster.kube.patch(POOL, { spec: { limits: { cpu: "7" } } });
    await cluster.kube.delete({ apiVersion: "v1", kind: "Service", namespace: NAMESPACE, name: "karpenter" });
    const answer = await doctor();
    expect(
      answer
        .of("drift")
        .map(({ state, text }) => `${state} ${text.split(";")[0]}`)
        .sort(),
    ).toEqual([
      "error Service karpenter/karpenter of the release karpenter is gone",
      "warning Deployment karpenter/karpenter of the release karpenter was changed: spec.replicas is 0, and was 2",
      'warning NodePool default of the release karpenter-node-pools was changed: spec.limits.cpu is "7", and was "100"',
    ]);
    expect(answer.states.controller).toEqual(["error"]);

    await applyManifest("karpenter");
    await applyManifest("karpenter-node-pools");
    expect((await doctor()).states.drift).toEqual(["ok"]);
  });

  it("tells CRDs of another release from those of the controller's", async () => {
    await install("karpenter-crd", (await karpenterCharts("1.9.3")).crds);
    const answer = await doctor();
    expect(answer.textOf("versions")).toContain(`versions differ: the controller's image ${KARPENTER_VERSION}`);
    expect(answer.textOf("crds")).toMatch(/the CRD of CapacityBuffer .* is missing/);
    await install("karpenter-crd", (await karpenterCharts(KARPENTER_VERSION)).crds);
    expect((await doctor()).states).toMatchObject({ versions: ["ok"], crds: ["ok"] });
  });

  it("misses the Node and the NodeClaim of an instance that still runs", async () => {
    const { Instances = [] } = await clients.ec2.send(
      new RunInstancesCommand({
        MinCount: 1,
        MaxCount: 1,
        ImageId: cluster.amis[0].imageId,
        InstanceType: "m5.large",
        SubnetId: prod.subnetIds[0],
        TagSpecifications: [
          {
            ResourceType: "instance",
            Tags: [
              { Key: "karpenter.sh/nodepool", Value: "default" },
              { Key: "kubernetes.io/cluster/prod", Value: "owned" },
            ],
          },
        ],
      }),
    );
    expect((await doctor()).states.orphans).toEqual(["ok"]);
    const later = await doctor(undefined, { minutesLater: 8 });
    expect(later.textOf("orphans")).toContain(`the instance ${Instances[0].InstanceId} (m5.large, NodePool default)`);
  });

  it("tells another cluster that answers in the place of this one", async () => {
    const answer = await doctor(undefined, { clusterName: "isolated" });
    expect(answer.of("same-cluster")).toEqual([
      {
        state: "error",
        text: expect.stringContaining(`another cluster answers: its issuer is ${prod.oidcIssuer}`) as string,
      },
    ]);
  });
});
