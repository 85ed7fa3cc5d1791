/** The AWS side of an installation, in an account that can be made to go wrong: what an undisturbed run makes of it, too. */
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Inventory } from "../cloud/inventory";
import type { Network } from "../cloud/network";
import type { Terraform, TerraformVariables } from "../cloud/terraform";
import { Account, PREAMBLE } from "../support/account";
import { FaultProxy, type Seen } from "./fault-proxy";
import { RemoteState } from "./remote-state";

/** What a user does, one after the other. */
export const PHASES = ["apply", "change", "destroy"] as const;

/** One of them. */
export type Phase = (typeof PHASES)[number];

/** Where Terraform keeps its state. */
export const BACKENDS = ["local", "http"] as const;

/** One of them. */
export type Backend = (typeof BACKENDS)[number];

/** How an account stands after a phase, and what was asked on the way to it. */
export interface Reference {
  readonly account: string;
  readonly state: readonly string[];
  readonly seen: Seen;
}

/** What ends the ARN of a Fargate profile or an access entry. */
const NUMBER = /\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=")/g;

/** A root, and its files. */
export interface Root {
  readonly terraform: Terraform;
  readonly folder: string;
}

/** An account with a cluster, behind a proxy, and roots that differ in where their state is. */
export class Installation {
  private constructor(
    readonly account: Account,
    readonly proxy: FaultProxy,
    readonly network: Network,
    private readonly remote: RemoteState,
    private readonly roots: Readonly<Partial<Record<Backend, Root>>>,
  ) {}

  static async open(backends: readonly Backend[] = BACKENDS): Promise<Installation> {
    const remote = await RemoteState.start();
    let proxy: FaultProxy | undefined;
    const account = await Account.open(undefined, async (aws) => (proxy = await FaultProxy.start(aws)));
    try {
      const network = await account.network({ clusterName: "prod", subnets: 3 });
      const roots: Partial<Record<Backend, Root>> = {};
      for (const backend of backends) {
        roots[backend] = await rootOf(account, network, backend, remote);
      }
      return new Installation(account, proxy as FaultProxy, network, remote, roots);
    } catch (error) {
      await account.close();
      await remote.stop();
      throw error;
    }
  }

  root(backend: Backend): Root {
    return this.roots[backend] as Root;
  }

  /** All of the account as text, without times, what AWS numbers anew each time, and the order in which things were made. */
  async standing(): Promise<string> {
    const found: Inventory = await this.account.inventory();
    const timeless = JSON.stringify(found, (key, value: unknown) => (/Timestamp$/.test(key) ? undefined : value));
    return JSON.stringify(inOrder(JSON.parse(timeless.replaceAll(NUMBER, ""))), undefined, 1);
  }

  /** Runs all phases undisturbed, and returns what came of each. */
  async reference(): Promise<Readonly<Record<Phase, Reference>>> {
    const { terraform } = Object.values(this.roots)[0];
    const made: Partial<Record<Phase, Reference>> = {};
    for (const phase of PHASES) {
      this.proxy.begin();
      await (phase === "destroy" ? terraform.destroy(variablesOf(phase)) : terraform.apply(variablesOf(phase)));
      const seen = await this.proxy.end();
      made[phase] = { account: await this.standing(), state: await terraform.stateList(), seen };
    }
    return made as Readonly<Record<Phase, Reference>>;
  }

  /** Loses the state, as somebody who deletes it does; with its copy. */
  async loseState(backend: Backend): Promise<void> {
    const { folder } = this.root(backend);
    this.remote.lose();
    for (const name of ["terraform.tfstate", "terraform.tfstate.backup"]) {
      await rm(join(folder, name), { force: true });
    }
  }

  async close(): Promise<void> {
    await this.account.close();
    await this.remote.stop();
  }
}

/** What Terraform is told in a phase. */
export function variablesOf(phase: Phase): TerraformVariables {
  return { changed: phase !== "apply" };
}

/** Whether a kill has left a state file with nothing in it, as it does while Terraform writes it. */
export async function hasEmptyState({ folder }: Root): Promise<boolean> {
  const { size } = await stat(join(folder, "terraform.tfstate")).catch(() => ({ size: -1 }));
  return size === 0;
}

/** Puts the copy that Terraform keeps in the place of the state; false where there is none. */
export async function restoreCopy({ folder }: Root): Promise<boolean> {
  const copy = await readFile(join(folder, "terraform.tfstate.backup"), "utf8").catch(() => "");
  await rm(join(folder, "terraform.tfstate"), { force: true });
  if (copy === "") {
    return false;
  }
  await writeFile(join(folder, "terraform.tfstate"), copy);
  return true;
}

/** Lists and keys in an order of their own. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(inOrder).sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
  }
  return value !== null && typeof value === "object"
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([one], [other]) => one.localeCompare(other))
          .map(([key, each]) => [key, inOrder(each)]),
      )
    : value;
}

/** The change takes another release, tags, other attributes of the queue, and a subnet: that makes the Fargate profile anew. */
async function rootOf(account: Account, network: Network, backend: Backend, remote: RemoteState): Promise<Root> {
  const { clusterName, oidcProviderArn, subnetIds, securityGroupIds } = network;
  let folder = "";
  const terraform = await account.rootOf(
    async (made) => {
      folder = made;
      await writeFile(
        join(made, "main.tf"),
        `${PREAMBLE.replace('provider "aws" {}', 'provider "aws" {\n  max_retries = 2\n}')}
terraform {
  backend "${backend}" {}
}

variable "changed" {
  type = bool
}

module "karpenter" {
  source                       = "./karpenter"
  cluster_name                 = ${JSON.stringify(clusterName)}
  oidc_provider_arn            = ${JSON.stringify(oidcProviderArn)}
  security_group_ids           = ${JSON.stringify(securityGroupIds)}
  subnet_ids                   = slice(${JSON.stringify(subnetIds)}, 0, var.changed ? 3 : 2)
  karpenter_version            = var.changed ? "1.14.3" : "1.9.3"
  tags                         = var.changed ? { team = "platform" } : {}
  interruption_queue_retention = var.changed ? 600 : 300
  install_controller           = false
}
`,
      );
    },
    { env: remote.env() },
  );
  return { terraform, folder };
}
