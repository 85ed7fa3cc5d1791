/**
 * A provider that is kept running between calls of Terraform: the very program that Terraform would start itself, several
 * times in each call, after it has hashed the whole of it.
 */
import { existsSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { Daemon } from "./daemon";
import { PLATFORM } from "./provider-mirror";

const ANNOUNCEMENT = /TF_REATTACH_PROVIDERS='(.*)'/;
const READY_WITHIN_MS = 60_000;

/** Where a provider listens and what it speaks, as Terraform wants to be told. */
export interface Listening {
  readonly Addr: { readonly Network: string; readonly String: string };
  readonly [key: string]: unknown;
}

/** Providers that listen, by their addresses: what TF_REATTACH_PROVIDERS holds. */
export type Reattached = Readonly<Record<string, Listening>>;

/** A provider that runs. What it does not get from Terraform it takes from the environment that it was started with. */
export class RunningProvider {
  private constructor(
    private readonly daemon: Daemon,
    readonly listening: Listening,
  ) {}

  /** Starts a provider and waits until it listens. It finds relative paths from `cwd`, the folder of the configuration. */
  static async start(program: string, env: NodeJS.ProcessEnv, cwd?: string): Promise<RunningProvider> {
    let announce: (value: string) => void;
    const announced = new Promise<string>((resolve) => (announce = resolve));
    const daemon = new Daemon(program, ["-debug"], {
      env,
      cwd,
      onOutput: (line) => {
        const found = ANNOUNCEMENT.exec(line)?.[1];
        if (found !== undefined) {
          announce(found);
        }
      },
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), READY_WITHIN_MS);
    });
    const announcement = await Promise.race([announced, late, daemon.exited.then(() => undefined)]);
    clearTimeout(timer);
    const [listening] = Object.values(JSON.parse(announcement ?? "{}") as Reattached);
    if (listening?.Addr.Network === "unix") {
      return new RunningProvider(daemon, listening);
    }
    await daemon.stop();
    throw new Error(
      `${program} does not listen on a socket: ${announcement ?? "it says nothing"}\n${daemon.lastLines}`,
    );
  }

  /** Ends it and waits until it is gone. May be called more than once. */
  stop(): Promise<void> {
    return this.daemon.stop();
  }
}

/** The program of a provider in a folder HOST/NAMESPACE/TYPE/VERSION; undefined where there is none for this machine. */
export function programOf(version: string): string | undefined {
  const folder = join(version, PLATFORM);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const name = names.find((each) => each.startsWith("terraform-provider-"));
  return name === undefined ? undefined : join(folder, name);
}

/** The programs of the providers that `init` has installed in a folder, by address: HOST/NAMESPACE/TYPE. */
export function installedProviders(folder: string): ReadonlyMap<string, string> {
  const root = join(folder, ".terraform/providers");
  const below = (path: string): string[] => (existsSync(path) ? readdirSync(path).map((name) => join(path, name)) : []);
  const versions = below(root).flatMap(below).flatMap(below).flatMap(below);
  const found = versions.map((version) => [relative(root, dirname(version)).replaceAll("\\", "/"), programOf(version)]);
  return new Map(found.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
