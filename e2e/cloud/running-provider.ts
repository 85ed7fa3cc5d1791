/**
 * The AWS provider, kept running between calls of Terraform. It is the very program that Terraform would start itself, twice
 * in each call, after it has hashed its 700 MB; to keep it saves a third of the processor time of all scenarios.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { Daemon } from "./daemon";
import { neutralEnvironment, type LocalAws } from "./local-aws";
import { findMirrors, PLATFORM } from "./provider-mirror";

const AWS = "registry.terraform.io/hashicorp/aws";
const ANNOUNCEMENT = /TF_REATTACH_PROVIDERS='(.*)'/;
const READY_WITHIN_MS = 60_000;

/** A provider that runs for one account: it takes endpoint and credentials from its own environment. */
export class RunningProvider {
  private constructor(
    private readonly daemon: Daemon,
    private readonly announcement: string,
  ) {}

  /**
   * Starts the AWS provider; undefined where none is installed, for then Terraform gets it from the registry. Without an
   * account it serves for what asks nothing of AWS.
   */
  static async start(aws?: LocalAws): Promise<RunningProvider | undefined> {
    const program = installedProvider();
    if (program === undefined) return undefined;
    let announce: (value: string) => void;
    const announced = new Promise<string>((resolve) => (announce = resolve));
    const daemon = new Daemon(program, ["-debug"], {
      env: { ...neutralEnvironment(), ...aws?.env() },
      onOutput: (line) => {
        const found = ANNOUNCEMENT.exec(line)?.[1];
        if (found !== undefined) announce(found);
      },
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), READY_WITHIN_MS);
    });
    const announcement = await Promise.race([announced, late, daemon.exited.then(() => undefined)]);
    clearTimeout(timer);
    if (announcement === undefined) {
      await daemon.stop();
      throw new Error(`${program} does not start\n${daemon.lastLines}`);
    }
    return new RunningProvider(daemon, announcement);
  }

  /** What Terraform needs in its environment to use it. */
  env(): Record<string, string> {
    return { TF_REATTACH_PROVIDERS: this.announcement };
  }

  /** Ends it and waits until it is gone. May be called more than once. */
  stop(): Promise<void> {
    return this.daemon.stop();
  }
}

/** The newest version of the AWS provider in a mirror on this machine. */
function installedProvider(): string | undefined {
  const mirror = findMirrors().find(({ providers }) => providers.includes(AWS));
  if (mirror === undefined) return undefined;
  const versions = join(mirror.folder, ...AWS.split("/"));
  const newest = readdirSync(versions)
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .at(-1) as string;
  const folder = join(versions, newest, PLATFORM);
  const program = readdirSync(folder).find((name) => name.startsWith("terraform-provider-aws"));
  return program === undefined ? undefined : join(folder, program);
}
