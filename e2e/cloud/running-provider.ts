/**
 * The AWS provider, kept running between calls of Terraform. It is the very program that Terraform would start itself, twice
 * in each call, after it has hashed its 700 MB. Terraform is told only of the types that its configuration names: to read
 * about all others takes most of the processor time of a usual call.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { Daemon } from "./daemon";
import { neutralEnvironment, type LocalAws } from "./local-aws";
import { findMirrors, PLATFORM } from "./provider-mirror";
import { ProviderProxy } from "./provider-proxy";

const AWS = "registry.terraform.io/hashicorp/aws";
/** The same provider's address where OpenTofu looks for it. */
const AWS_OF_OPENTOFU = "registry.opentofu.org/hashicorp/aws";
const ANNOUNCEMENT = /TF_REATTACH_PROVIDERS='(.*)'/;
const READY_WITHIN_MS = 60_000;
/** What may be the name of a type of the AWS provider. */
const TYPE = /\baws_[a-z0-9_]+/g;

/** How a provider tells where it listens, by its address in the registry. */
type Announcement = Record<string, { readonly Addr: { readonly Network: string; readonly String: string } }>;

/** A provider that runs for one account: it takes endpoint and credentials from its own environment. */
export class RunningProvider {
  private constructor(
    private readonly daemon: Daemon,
    private readonly announced: Announcement,
    private readonly proxy: ProviderProxy,
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
    const announcedAt = JSON.parse(announcement) as Announcement;
    try {
      return new RunningProvider(daemon, announcedAt, await ProviderProxy.start(addressOf(announcedAt).String));
    } catch (error) {
      await daemon.stop();
      throw error;
    }
  }

  /** What Terraform needs in its environment to use it for the configuration in a folder, whatever that names by now. */
  env(folder: string): Record<string, string> {
    this.proxy.tellOf(typesNamedIn(folder));
    const there = this.announced[AWS];
    const here = { ...there, Addr: { ...addressOf(this.announced), String: this.proxy.socket } };
    return { TF_REATTACH_PROVIDERS: JSON.stringify({ [AWS]: here, [AWS_OF_OPENTOFU]: here }) };
  }

  /** Ends it and waits until it is gone. May be called more than once. */
  async stop(): Promise<void> {
    await this.proxy.stop();
    await this.daemon.stop();
  }
}

function addressOf(announced: Announcement): Announcement[string]["Addr"] {
  const found = announced[AWS]?.Addr;
  if (found?.Network !== "unix")
    throw new Error(`the provider does not listen on a socket: ${JSON.stringify(announced)}`);
  return found;
}

/** All that may be a type of AWS in a configuration and in the modules that `init` found for it. */
function typesNamedIn(folder: string): Set<string> {
  const list = join(folder, ".terraform/modules/modules.json");
  const modules = existsSync(list)
    ? (JSON.parse(readFileSync(list, "utf8")) as { Modules: { Dir: string }[] }).Modules
    : [];
  const folders = new Set([folder, ...modules.map(({ Dir }) => join(folder, Dir))]);
  const files = [...folders].flatMap((each) =>
    readdirSync(each)
      .filter(isConfiguration)
      .map((name) => join(each, name)),
  );
  return new Set(files.flatMap((file) => readFileSync(file, "utf8").match(TYPE) ?? []));
}

function isConfiguration(file: string): boolean {
  return /[.]tf([.]json)?$/.test(file);
}

/** The newest version of the AWS provider in a mirror on this machine; undefined where there is none. */
export function installedProvider(): string | undefined {
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
