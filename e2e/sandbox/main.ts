/**
 * `npm run sandbox`: a local AWS with a VPC and an EKS cluster, the stack deployed into it by the cdktf command, a table
 * of what was created, and everything removed again. `npm run sandbox -- --hold` waits before it cleans up.
 */
import { once } from "node:events";
import { parseArgs } from "node:util";
import { Listr, type ListrTask } from "listr2";

import { awsClients, type AwsClients } from "../cloud/aws-clients";
import { CdktfApp } from "../cloud/cdktf-app";
import { type Inventory, inventory, resourceLines } from "../cloud/inventory";
import { LocalAws } from "../cloud/local-aws";
import { makeNetwork, type Network } from "../cloud/network";
import { stopPrograms } from "../cloud/run";
import { requireTools } from "../cloud/tools";
import { created, table } from "./report";

/** What the steps hand on to each other. */
interface Sandbox {
  aws: LocalAws;
  clients: AwsClients;
  network: Network;
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
    title: "Make a VPC and an EKS cluster",
    task: async (sandbox) => {
      sandbox.network = await makeNetwork(sandbox.aws, sandbox.clients, { clusterName: "sandbox", subnets: 3 });
      sandbox.before = await inventory(sandbox.clients);
    },
  },
  {
    title: "cdktf deploy",
    task: async (sandbox, task) => {
      sandbox.app = await CdktfApp.of(sandbox.aws, configuration(sandbox.network), (line) => (task.output = line));
      await sandbox.app.deploy();
      sandbox.after = await inventory(sandbox.clients);
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
function configuration(network: Network): object {
  return {
    clusters: [
      {
        clusterName: network.clusterName,
        region: network.region,
        clusterEndpoint: network.clusterEndpoint,
        oidcProviderArn: network.oidcProviderArn,
        subnetIds: network.subnetIds,
        securityGroupIds: network.securityGroupIds,
        tags: { team: "platform" },
      },
    ],
  };
}

async function hold(sandbox: Sandbox): Promise<void> {
  const environment = Object.entries(sandbox.aws.env()).map(([name, value]) => `  export ${name}=${value}`);
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
    console.log(`\n${table(["What", "Name", "Detail"], created(sandbox.before, sandbox.after))}\n`);
    if (options.hold) {
      process.removeListener("SIGINT", interrupted);
      await hold(sandbox);
    }
    await new Listr(close, listr).run(sandbox);
  } finally {
    await sandbox.app?.remove();
    sandbox.clients?.destroy();
    await sandbox.aws?.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
