/** The kubelets: kwok makes nodes healthy and pods run, without a machine or a container behind them. */
import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { cached, fingerprint } from "./cache";
import type { ControlPlane } from "./control-plane";
import { Daemon } from "./daemon";
import { goInstall, goModule } from "./go-install";
import { neutralEnvironment } from "./local-aws";

const MODULE = "sigs.k8s.io/kwok";
const VERSION = "v0.8.0";

/** What nodes and pods go through, in files of the module: ready at once, running at once, gone at once. */
const STAGES = [
  "node/fast/node-initialize",
  "node/heartbeat/node-heartbeat",
  "pod/fast/pod-ready",
  "pod/fast/pod-complete",
  "pod/fast/pod-delete",
];

/** The files of the stages, taken from the module once. */
async function stageFiles(): Promise<string[]> {
  const folder = await cached("kwok-stages", fingerprint(VERSION, ...STAGES), async (unfinished) => {
    const sources = join(await goModule(MODULE, VERSION), "kustomize", "stage");
    for (const stage of STAGES) {
      await writeFile(join(unfinished, `${basename(stage)}.yaml`), await readFile(join(sources, `${stage}.yaml`)));
    }
  });
  return STAGES.map((stage) => join(folder, `${basename(stage)}.yaml`));
}

/** Builds kwok if this machine has not got it yet, and returns its path. */
export function installKwok(log?: (line: string) => void): Promise<string> {
  return goInstall(`${MODULE}/cmd/kwok@${VERSION}`, { log });
}

/** Runs every node and pod of a control plane. */
export class Kwok {
  private constructor(private readonly daemon: Daemon) {}

  static async start(
    controlPlane: ControlPlane,
    options: { readonly log?: (line: string) => void } = {},
  ): Promise<Kwok> {
    const program = await installKwok(options.log);
    const stages = (await stageFiles()).map((file) => `--config=${file}`);
    const args = [`--kubeconfig=${controlPlane.kubeconfig}`, "--manage-all-nodes", ...stages];
    return new Kwok(new Daemon(program, args, { env: neutralEnvironment(), log: options.log }));
  }

  /** The process id of kwok's guard, which lives as long as kwok. */
  get pid(): number | undefined {
    return this.daemon.pid;
  }

  /** False when it has ended, which it should not: `lastLines` has the reason. */
  get isRunning(): boolean {
    return !this.daemon.hasEnded;
  }

  /** The last lines it printed, for the message of a failed test. */
  get lastLines(): string {
    return this.daemon.lastLines;
  }

  /** Ends it and waits until it is gone. May be called more than once. */
  stop(): Promise<void> {
    return this.daemon.stop();
  }
}
