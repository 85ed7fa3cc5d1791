/** What every scenario begins with: an empty local AWS account, and Terraform roots that call the published modules. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { awsClients, type AwsClients } from "../cloud/aws-clients";
import { awsResources, inventory, type Inventory } from "../cloud/inventory";
import { LocalAws } from "../cloud/local-aws";
import { makeNetwork, type Network, type NetworkOptions } from "../cloud/network";
import { AwsProvider } from "../cloud/aws-provider";
import { standInMirrors } from "../cloud/stand-in-providers";
import { Terraform, type TerraformOptions } from "../cloud/terraform";

/** The published modules in the checkout. */
export const MODULES = join(__dirname, "../../terraform-aws-karpenter");

/** What every root needs before it can call a module. */
export const PREAMBLE = `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100"
    }
  }
}

provider "aws" {}
`;

/** A copy of the published modules, or of one by its path, without what Terraform may have left in the checkout. */
export async function copyModules(to: string, path = ""): Promise<void> {
  await cp(join(MODULES, path), to, { recursive: true, filter: (source) => !basename(source).startsWith(".") });
}

/** How the examples name the module: its place in a registry. */
const REGISTRY_SOURCE = /"[^"\s]*\/karpenter\/aws(\/\/[^"]*)?"/g;

/** Lets an example in a folder take the modules from `modules`, a path relative to it, instead of from the registry. */
export async function useModules(folder: string, modules: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/\.tf(\.json)?$/.test(name)) {
      continue;
    }
    const text = await readFile(join(folder, name), "utf8");
    const local = text.replace(
      REGISTRY_SOURCE,
      (_, below: string | undefined) => `"${modules}${below?.slice(1) ?? ""}"`,
    );
    await writeFile(join(folder, name), local);
  }
}

/** What a root needs beside the account. */
export type RootOptions = Pick<TerraformOptions, "env" | "binary">;

/** What stands between Terraform and the account. */
export interface Front {
  /** What Terraform and its provider have in their environment instead of the account's own. */
  env(): Record<string, string>;
  stop(): Promise<void>;
}

/** An empty account of its own, and the temporary folders of the roots that work in it. */
export class Account {
  private readonly folders: string[] = [];
  private readonly roots: Terraform[] = [];

  private constructor(
    readonly aws: LocalAws,
    readonly clients: AwsClients,
    private readonly provider: AwsProvider | undefined,
    private readonly front: Front | undefined,
  ) {}

  /** Starts the account; `log` gets each request that it answers. Terraform asks it through `before`, where that is given. */
  static async open(log?: (line: string) => void, before?: (aws: LocalAws) => Promise<Front>): Promise<Account> {
    const aws = await LocalAws.start({ log });
    const front = await before?.(aws);
    try {
      return new Account(aws, awsClients(aws), await AwsProvider.start(front ?? aws), front);
    } catch (error) {
      await front?.stop();
      await aws.stop();
      throw error;
    }
  }

  /** A root with this configuration, initialized. The modules lie beside it in `./karpenter`. */
  root(configuration: string): Promise<Terraform> {
    return this.rootOf((folder) => writeFile(join(folder, "main.tf"), `${PREAMBLE}\n${configuration}`));
  }

  /** A root whose files `write` puts into a folder, initialized. The modules lie beside it in `./karpenter`. */
  rootOf(write: (folder: string) => Promise<void>, options: RootOptions = {}): Promise<Terraform> {
    return this.initialized(async (folder) => {
      await copyModules(join(folder, "karpenter"));
      await write(folder);
    }, options);
  }

  /** The published root module itself as the root, initialized. */
  moduleAsRoot(): Promise<Terraform> {
    return this.initialized(copyModules);
  }

  /** A network with an EKS cluster. */
  network(options: NetworkOptions): Promise<Network> {
    return makeNetwork(this.aws, this.clients, options);
  }

  /** Everything that exists now. */
  inventory(): Promise<Inventory> {
    return inventory(this.clients);
  }

  /** One line for each thing that exists now. */
  resources(): Promise<string[]> {
    return awsResources(this.clients);
  }

  /** Stops the account and removes the roots. */
  async close(): Promise<void> {
    this.clients.destroy();
    for (const root of this.roots) {
      await root.close();
    }
    await this.provider?.stop();
    await this.front?.stop();
    await this.aws.stop();
    for (const folder of this.folders) {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private async initialized(fill: (folder: string) => Promise<void>, options: RootOptions = {}): Promise<Terraform> {
    const folder = await mkdtemp(join(tmpdir(), "karpenter-scenario-"));
    this.folders.push(folder);
    await fill(folder);
    const terraform = await Terraform.in({
      ...options,
      folder,
      aws: this.front ?? this.aws,
      provider: this.provider,
      mirrors: await standInMirrors(),
    });
    this.roots.push(terraform);
    await terraform.init();
    return terraform;
  }
}
