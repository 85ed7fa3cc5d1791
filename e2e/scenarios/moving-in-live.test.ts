/**
 * What stacks of CloudFormation, eksctl, CDK and `helm install` have made, and no state of Terraform has, moves into the modules:
 * `import --live` reads the account and the cluster. One of three installations has a controller with nodes.
 */
import { karpenterCharts } from "../cloud/charts";
import { helm } from "../cloud/helm-cli";
import { KARPENTER_VERSION } from "../cloud/karpenter-controller";
import type { KubeObject } from "../cloud/kube-client";
import type { Network } from "../cloud/network";
import { Account, PREAMBLE } from "../support/account";
import { Cluster } from "../support/cluster";
import { ChangingRoot, type Imported, type Planned, planned, runLiveImport, shapeFiles } from "../support/moving-in";
import { awsCommand, kubectl } from "../support/printed-commands";

const RUNNING = "getting-started";
const SHAPES = [RUNNING, "eksctl", "cdk"];
const CALLS: Readonly<Record<string, string>> = { [RUNNING]: "karpenter", eksctl: "eksctl", cdk: "cdk" };

const pool = {
  apiVersion: "karpenter.sh/v1",
  kind: "NodePool",
  metadata: { name: "default" },
  spec: {
    template: {
      spec: {
        nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "default" },
        requirements: [{ key: "karpenter.sh/capacity-type", operator: "In", values: ["on-demand"] }],
        expireAfter: "720h",
      },
    },
    limits: { cpu: "1000" },
    // Karpenter replaces an on-demand node by a cheaper one at any time otherwise, whatever Terraform does.
    disruption: { consolidationPolicy: "WhenEmpty", consolidateAfter: "30s" },
  },
};
const nodeClass = ({ subnetIds, securityGroupIds }: Network) => ({
  apiVersion: "karpenter.k8s.aws/v1",
  kind: "EC2NodeClass",
  metadata: { name: "default" },
  spec: {
    role: `KarpenterNodeRole-${RUNNING}`,
    amiSelectorTerms: [{ alias: "al2023@v20260714" }],
    subnetSelectorTerms: subnetIds.map((id) => ({ id })),
    securityGroupSelectorTerms: securityGroupIds.map((id) => ({ id })),
  },
});
const KEPT = [
  { apiVersion: "karpenter.sh/v1", kind: "NodePool", name: "default" },
  { apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass", name: "default" },
  { apiVersion: "apps/v1", kind: "Deployment", name: "karpenter", namespace: "karpenter" },
  { apiVersion: "v1", kind: "ServiceAccount", name: "karpenter", namespace: "karpenter" },
] as const;

describe("moving in without a state", () => {
  let account: Account;
  let cluster: Cluster;
  let root: ChangingRoot;
  let plan: Planned;
  let there: readonly string[];
  let before: readonly KubeObject[];
  let busy: readonly KubeObject[];
  const imported: Record<string, Imported> = {};

  const uids = (objects: readonly KubeObject[]): unknown[] => objects.map(({ metadata }) => metadata.uid).sort();
  const kept = (): Promise<KubeObject[]> => Promise.all(KEPT.map((one) => cluster.kube.get(one)));
  const nodesAndPods = async (pods: number): Promise<KubeObject[]> => [
    ...(await cluster.eks.runningPods(pods)),
    ...(await cluster.nodes()),
  ];

  /** Makes what the stacks of all three make. */
  async function makeStacks(): Promise<Readonly<Record<string, string>>> {
    const networks = Object.fromEntries([
      [RUNNING, cluster.network],
      ...(await Promise.all(
        SHAPES.slice(1).map(async (name) => [
          name,
          await account.network({ clusterName: name, authenticationMode: "CONFIG_MAP" }),
        ]),
      )),
    ]) as Readonly<Record<string, Network>>;
    const texts = await Promise.all(SHAPES.map(async (name) => [name, (await shapeFiles(name))["main.tf"] ?? ""]));
    const calls = texts.map(([name = "", text = ""]) => {
      const oidc = text.includes('variable "oidc_provider_arn"');
      const lines = [`source = "./${name}"`, `cluster_name = "${name}"`];
      const more = oidc ? [`oidc_provider_arn = "${networks[name]?.oidcProviderArn}"`] : [];
      return `module "${name}" {\n${[...lines, ...more].join("\n")}\n}`;
    });
    const stacks = await ChangingRoot.open(account, {
      "main.tf": [PREAMBLE, ...calls, 'output "role" {\nvalue = module.getting-started.controller_role_arn\n}'].join(
        "\n",
      ),
      ...Object.fromEntries(texts.map(([name, text]) => [`${name}/main.tf`, text])),
    });
    await stacks.terraform.apply();
    return (await stacks.terraform.output()) as Readonly<Record<string, string>>;
  }

  async function install(roleArn: string): Promise<void> {
    const { karpenter } = await karpenterCharts(KARPENTER_VERSION);
    const settings = {
      "settings.clusterName": RUNNING,
      "settings.interruptionQueue": RUNNING,
      "serviceAccount.annotations.eks\\.amazonaws\\.com/role-arn": roleArn,
      "controller.resources.requests.cpu": "1",
      "controller.resources.requests.memory": "1Gi",
      "controller.resources.limits.cpu": "1",
      "controller.resources.limits.memory": "1Gi",
    };
    const set = Object.entries(settings).flatMap(([key, value]) => ["--set", `${key}=${value}`]);
    await helm(
      [
        "upgrade",
        "--install",
        "karpenter",
        karpenter,
        "--namespace",
        "karpenter",
        "--create-namespace",
        "--wait",
        ...set,
      ],
      { kubeconfig: cluster.kube.kubeconfig },
    );
  }

  beforeAll(async () => {
    account = await Account.open();
    cluster = await Cluster.start(account, RUNNING);
    const { role } = await makeStacks();
    await install(role);
    await cluster.eks.startController();
    await cluster.kube.apply([nodeClass(cluster.network), pool]);
    await cluster.eks.inflate(3);
    busy = await nodesAndPods(3);
    before = await kept();
    there = await account.resources();

    const of = (name: string, ...args: string[]): Promise<Imported> =>
      runLiveImport(account, "--cluster-name", name, "--module-name", CALLS[name] ?? "", ...args);
    imported[RUNNING] = await of(
      RUNNING,
      ...["--kubeconfig", cluster.kube.kubeconfig],
      ...["--chart-repository", (await karpenterCharts(KARPENTER_VERSION)).karpenter.replace(/\/karpenter$/, "")],
    );
    const version = ["--no-cluster", "--karpenter-version", KARPENTER_VERSION];
    imported.eksctl = await of(
      "eksctl",
      ...version,
      ...["--controller-role", "eksctl-eksctl-iamservice-role", "--node-role", "eksctl-KarpenterNodeRole-eksctl"],
    );
    imported.cdk = await of(
      "cdk",
      ...version,
      ...["--controller-role", "Platform-ClusterkarpenterRole8A1B2C3D-1a2b3c4d5e6f"],
    );
    for (const command of imported[RUNNING].told.before) {
      await kubectl(cluster, KEPT, command);
    }
    const files = Object.entries(imported).flatMap(([name, { files: all }]) =>
      Object.entries(all).map(([file, text]) => [`${CALLS[name]}-${file}`, text]),
    );
    root = await ChangingRoot.open(
      account,
      { "providers.tf": PREAMBLE, "helm.tf": 'provider "helm" {}', ...Object.fromEntries(files) },
      { env: cluster.kube.env() },
    );
    plan = await planned(root.terraform);
  });

  afterAll(async () => {
    await cluster?.stop();
    await account?.close();
  });

  it("finds roles, queue and rules by what they say, and the release that runs", () => {
    expect(imported[RUNNING]?.told.inputs).toMatchObject({
      karpenterVersion: KARPENTER_VERSION,
      controllerRoleName: `${RUNNING}-karpenter`,
      nodeRoleName: `KarpenterNodeRole-${RUNNING}`,
      instanceProfileMode: "karpenter",
      interruptionQueueName: RUNNING,
      controllerSize: { cpu: "1", memory: "1Gi" },
      manifests: [{ metadata: pool.metadata, spec: pool.spec }, { spec: { role: `KarpenterNodeRole-${RUNNING}` } }],
    });
    expect(imported.eksctl?.told.inputs).toMatchObject({
      instanceProfileName: "eksctl-KarpenterNodeInstanceProfile-eksctl",
      createAccessEntry: false,
    });
    expect(imported.cdk?.told.inputs).toMatchObject({
      controllerIdentity: "pod-identity",
      controllerPolicyForm: "managed",
      instanceProfileName: "cdk-Karpenter",
    });
  });

  it("imports every object that it names, and makes no role, profile, queue or association", () => {
    const all = Object.values(imported).flatMap(({ told }) => told.taken);
    expect(plan.taken).toBe(all.length);
    expect(plan.destroyed).toEqual([]);
    const made = plan.created.filter((address) =>
      /\.aws_(iam_role|iam_instance_profile|sqs_queue|eks_\w+)\./.test(address),
    );
    expect(made).toEqual([]);
  });

  it("is applied at once, and then there is nothing more to do", async () => {
    await cluster.applyWithController(root.terraform, {});
    expect(await root.terraform.isPlanEmpty()).toBe(true);
    const after = await account.resources();
    // A controller that begins anew makes its launch templates anew.
    const stays = there.filter((line) => !line.startsWith("ec2 launch template "));
    expect(stays.filter((line) => !after.includes(line))).toEqual([]);
  });

  it("keeps the controller, its account, NodePool and node class, every node and every pod", async () => {
    const after = await kept();
    expect(uids(after)).toEqual(uids(before));
    expect(after.slice(0, 2).map(({ spec }) => spec as unknown)).toEqual(before.slice(0, 2).map(({ spec }) => spec));
    expect(uids(await nodesAndPods(3))).toEqual(uids(busy));
  });

  it("has a controller that makes nodes once the old permissions and targets are gone", async () => {
    for (const { told } of Object.values(imported)) {
      for (const command of told.after) {
        await awsCommand(account.clients, command);
      }
    }
    const nodes = await cluster.nodes();
    // Two to a cpu: more than have room on the nodes that are there.
    const cpus = nodes.map(({ status }) => Number((status as { capacity: { cpu: string } }).capacity.cpu));
    const pods = cpus.reduce((sum, cpu) => sum + cpu * 2, 1);
    await cluster.eks.inflate(pods);
    await cluster.eks.runningPods(pods);
    expect((await cluster.nodes()).length).toBeGreaterThan(nodes.length);
    expect(cluster.eks.karpenter.environment.AWS_ROLE_ARN).toMatch(new RegExp(`:role/${RUNNING}-karpenter$`));
    expect(await root.terraform.isPlanEmpty()).toBe(true);
  });
});
