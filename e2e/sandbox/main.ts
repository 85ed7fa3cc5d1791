/**
 * `npm run sandbox`: a local AWS with a VPC and an EKS cluster without a node, the stack deployed into it by the cdktf
 * command, pods that make Karpenter start nodes and remove them, a table of what was created, a timeline, and everything
 * removed again. `npm run sandbox -- --hold` waits before it cleans up.
 */
import { once } from "node:events";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { Listr, type ListrTask } from "listr2";

import { awsClients, type AwsClients } from "../cloud/aws-clients";
import { CdktfApp } from "../cloud/cdktf-app";
import { karpenterCharts } from "../cloud/charts";
import { AMI_RELEASE, EksCluster } from "../cloud/eks-cluster";
import { type Inventory, inventory, resourceLines } from "../cloud/inventory";
import { KARPENTER_VERSION } from "../cloud/karpenter-controller";
import { LocalAws } from "../cloud/local-aws";
import { makeNetwork, type Network } from "../cloud/network";
import { stopPrograms } from "../cloud/run";
import { requireTools } from "../cloud/tools";
import { created, table } from "./report";
import { line, Timeline } from "./timeline";

const PODS = 5;

/** What the steps hand on to each other. */
interface Sandbox {
  aws: LocalAws;
  clients: AwsClients;
  network: Network;
  cluster: EksCluster;
  timeline: Timeline;
  app: CdktfApp;
  before: Inventory;
  after: Inventory;
}

const { values: options } = parseArgs({ options: { hold: { type: "boolean", default: false } } });

const open: ListrTask<Sandbox>[] = [
  {
    title: "Start a local AWS (the first time installs it, about a minute)",
    task: async (sandbox, task) => {
      sandbox.aws = await LocalAws.start({ log: (line) => (task.output = line) });
      sandbox.clients = awsClients(sandbox.aws);
    },
  },
  {
    title: "Make a VPC and an EKS cluster without a node (the first time compiles Kubernetes, about ten minutes)",
    task: async (sandbox, task) => {
      const { aws, clients } = sandbox;
      const log = (text: string): void => void (task.output = text);
      const network = await makeNetwork(aws, clients, { clusterName: "sandbox", subnets: 3 });
      sandbox.network = network;
      sandbox.cluster = await EksCluster.start({ aws, clients, network, log });
      sandbox.before = await inventory(sandbox.clients);
    },
  },
  {
    title: "cdktf deploy",
    task: async (sandbox, task) => {
      const log = (text: string): void => void (task.output = text);
      sandbox.app = await CdktfApp.of(sandbox.aws, await configuration(sandbox), log);
      await sandbox.app.deploy();
      sandbox.after = await inventory(sandbox.clients);
    },
  },
  {
    title: "Run Karpenter as its Deployment says (the first time compiles it, some minutes)",
    task: async ({ cluster }) => void (await cluster.startController()),
  },
  {
    title: `Scale inflate to ${PODS} pods`,
    task: async (sandbox, task) => {
      sandbox.timeline = Timeline.start(sandbox.cluster, (text) => (task.output = text));
      sandbox.timeline.add(`inflate scaled to ${PODS}`);
      await sandbox.cluster.inflate(PODS);
      await sandbox.cluster.runningPods(PODS);
    },
  },
  {
    title: "Scale inflate to none",
    task: async ({ cluster, timeline }, task) => {
      timeline.onEvent = (text): void => void (task.output = text);
      timeline.add("inflate scaled to 0");
      await cluster.inflate(0);
      await cluster.noInstances();
    },
  },
];

const close: ListrTask<Sandbox>[] = [
  {
    title: "cdktf destroy",
    task: async (sandbox, task) => {
      await sandbox.app.destroy();
      const left = resourceLines(await inventory(sandbox.clients));
      const extra = left.filter((line) => !resourceLines(sandbox.before).includes(line));
      if (extra.length > 0) {
        throw new Error(`still there after the destroy:\n${extra.join("\n")}`);
      }
      task.title = "cdktf destroy: nothing is left";
    },
  },
];

/** The configuration file that a user of this cluster would write. */
async function configuration({ network, cluster }: Sandbox): Promise<object> {
  const { clusterName, region, clusterEndpoint, oidcProviderArn, subnetIds, securityGroupIds } = network;
  return {
    clusters: [
      {
        clusterName,
        region,
        clusterEndpoint,
        oidcProviderArn,
        subnetIds,
        securityGroupIds,
        kubeConfigPath: cluster.kube.kubeconfig,
        chartRepository: dirname((await karpenterCharts(KARPENTER_VERSION)).karpenter),
        nodePools: {
          default: {
            requirements: [{ key: "karpenter.k8s.aws/instance-cpu", operator: "In", values: ["2", "4", "8"] }],
            limits: { cpu: "100" },
            terminationGracePeriod: "1m",
          },
        },
        nodeClasses: { default: { amiAlias: `al2023@${AMI_RELEASE}` } },
        tags: { team: "platform" },
      },
    ],
  };
}

async function hold(sandbox: Sandbox): Promise<void> {
  const variables = { ...sandbox.aws.env(), ...sandbox.cluster.kube.env() };
  const environment = Object.entries(variables).map(([name, value]) => `  export ${name}=${value}`);
  console.log(`\nLook around with your own tools:\n${environment.join("\n")}\nCtrl-C cleans up.`);
  await once(process, "SIGINT");
}

async function main(): Promise<void> {
  requireTools();
  const sandbox = {} as Sandbox;
  // The local AWS ends with this process; what still writes into the temporary folder has to end before that is removed.
  const interrupted = (): void =>
    void stopPrograms()
      .then(() => sandbox.app?.remove())
      .finally(() => process.exit(130));
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  const listr = {
    // Otherwise listr2 would exit at once on Ctrl-C, before anything is cleaned up.
    registerSignalListeners: false,
    rendererOptions: { showTimer: true },
    fallbackRendererOptions: { showTimer: true },
  } as object;
  try {
    await new Listr(open, listr).run(sandbox);
    await sandbox.timeline.stop();
    console.log(`\n${table(["What", "Name", "Detail"], created(sandbox.before, sandbox.after))}\n`);
    console.log(`${sandbox.timeline.events.map(line).join("\n")}\n`);
    if (options.hold) {
      process.removeListener("SIGINT", interrupted);
      await hold(sandbox);
    }
    await new Listr(close, listr).run(sandbox);
  } finally {
    await sandbox.timeline?.stop();
    await sandbox.cluster?.stop();
    await sandbox.app?.remove();
    sandbox.clients?.destroy();
    await sandbox.aws?.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
