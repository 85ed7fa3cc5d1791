/**
 * The AWS provider of an account, kept running. Terraform is told only of the types that its configuration names: to read
 * about all others takes most of the processor time of a usual call.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { neutralEnvironment, type LocalAws } from "./local-aws";
import { findMirrors } from "./provider-mirror";
import { ProviderProxy } from "./provider-proxy";
import { programOf, RunningProvider, type Reattached } from "./running-provider";

const AWS = "registry.terraform.io/hashicorp/aws";
/** The same provider's address where OpenTofu looks for it. */
const AWS_OF_OPENTOFU = "registry.opentofu.org/hashicorp/aws";
/** What may be the name of a type of the AWS provider. */
const TYPE = /\baws_[a-z0-9_]+/g;

/** A provider that runs for one account: it takes endpoint and credentials from its own environment. */
export class AwsProvider {
  private constructor(
    private readonly provider: RunningProvider,
    private readonly proxy: ProviderProxy,
  ) {}

  /**
   * Starts the AWS provider; undefined where none is installed, for then Terraform gets it from the registry. Without an
   * account it serves for what asks nothing of AWS.
   */
  static async start(aws?: Pick<LocalAws, "env">): Promise<AwsProvider | undefined> {
    const program = awsProviderProgram();
    if (program === undefined) {
      return undefined;
    }
    const provider = await RunningProvider.start(program, { ...neutralEnvironment(), ...aws?.env() });
    try {
      return new AwsProvider(provider, await ProviderProxy.start(provider.listening.Addr.String));
    } catch (error) {
      await provider.stop();
      throw error;
    }
  }

  /** What Terraform must be told to use it for the configuration in a folder, whatever that names by now. */
  reattached(folder: string): Reattached {
    this.proxy.tellOf(typesNamedIn(folder));
    const { listening } = this.provider;
    const here = { ...listening, Addr: { ...listening.Addr, String: this.proxy.socket } };
    return { [AWS]: here, [AWS_OF_OPENTOFU]: here };
  }

  /** Ends it and waits until it is gone. May be called more than once. */
  async stop(): Promise<void> {
    await this.proxy.stop();
    await this.provider.stop();
  }
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
export function awsProviderProgram(): string | undefined {
  const mirror = findMirrors().find(({ providers }) => providers.includes(AWS));
  if (mirror === undefined) {
    return undefined;
  }
  const versions = join(mirror.folder, ...AWS.split("/"));
  const newest = readdirSync(versions)
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .at(-1) as string;
  return programOf(join(versions, newest));
}
