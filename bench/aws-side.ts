/**
 * Measures the AWS side of the published root module with real Terraform on the local AWS, in turns: with the controller's
 * permissions in either form, without the check of inputs, and beside the same written by hand. Writes bench/aws-side.json.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import type { Network } from "../e2e/cloud/network";
import type { Terraform } from "../e2e/cloud/terraform";
import { Account } from "../e2e/support/account";

const RUNS = 3;
const PHASES = ["plan", "apply", "plan again", "destroy"] as const;

/** What a phase took by the clock, and how often AWS was asked. */
interface Taken {
  readonly seconds: number;
  readonly calls: number;
}

type Turn = Readonly<Record<(typeof PHASES)[number], Taken>> & { readonly resources: number };

interface Variant {
  readonly name: string;
  /** The root's own configuration, for a cluster. */
  readonly configuration: (network: Network) => string;
  /** What is done to the files of the root before. */
  readonly prepare?: (folder: string) => Promise<void>;
}

/** The root module without Fargate and without what is in the cluster, as the other has neither. */
const module =
  (inputs: string) =>
  ({ clusterName, oidcProviderArn, subnetIds, securityGroupIds }: Network) => `
module "karpenter" {
  source                 = "./karpenter"
  cluster_name           = ${JSON.stringify(clusterName)}
  oidc_provider_arn      = ${JSON.stringify(oidcProviderArn)}
  subnet_ids             = ${JSON.stringify(subnetIds)}
  security_group_ids     = ${JSON.stringify(securityGroupIds)}
  create_fargate_profile = false
  install_controller     = false
  ${inputs}
}
`;

/** An input-check that finds nothing. */
async function uncheck(folder: string): Promise<void> {
  const file = join(folder, "karpenter/modules/input-check/main.tf.json");
  const json = JSON.parse(await readFile(file, "utf8")) as { locals: Record<string, unknown> };
  json.locals.problems = [];
  await writeFile(file, JSON.stringify(json));
}

const byHand = readFileSync(join(__dirname, "by-hand.tf"), "utf8");
const VARIANTS: readonly Variant[] = [
  { name: "module", configuration: module("") },
  { name: "module, managed policies", configuration: module('controller_policy_form = "managed"') },
  { name: "module, inputs not checked", configuration: module(""), prepare: uncheck },
  {
    name: "by hand, in the shape of the eks module's submodule",
    configuration: ({ clusterName, oidcProviderArn }) =>
      `${byHand}\nlocals {\n  cluster_name      = ${JSON.stringify(clusterName)}\n  oidc_provider_arn = ${JSON.stringify(oidcProviderArn)}\n}\n`,
  },
];

let calls = 0;

async function timed(work: () => Promise<unknown>): Promise<Taken> {
  const before = calls;
  const started = process.hrtime.bigint();
  await work();
  return { seconds: Number(process.hrtime.bigint() - started) / 1e9, calls: calls - before };
}

async function turn(root: Terraform): Promise<Turn> {
  const plan = await timed(() => root.plan());
  const apply = await timed(() => root.apply());
  const resources = (await root.stateList()).filter((address) => !/(^|\.)data\./.test(address)).length;
  const again = await timed(() => root.plan());
  const destroy = await timed(() => root.destroy());
  return { plan, apply, "plan again": again, destroy, resources };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

async function main(): Promise<void> {
  const account = await Account.open((line) => {
    calls += / HTTP\/1\.[01]" \d/.test(line) ? 1 : 0;
  });
  try {
    const network = await account.network({ clusterName: "prod" });
    const turns: Turn[][] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const inTurn: Turn[] = [];
      for (const { configuration, prepare } of VARIANTS) {
        const root = await account.rootOf(async (folder) => {
          await prepare?.(folder);
          await writeFile(join(folder, "main.tf"), `provider "aws" {}\n${configuration(network)}`);
        });
        inTurn.push(await turn(root));
      }
      turns.push(inTurn);
    }
    const results = {
      cores: cpus().length,
      runs: RUNS,
      variants: VARIANTS.map(({ name }, index) => ({
        name,
        resources: turns[0][index].resources,
        ...Object.fromEntries(
          PHASES.map((phase) => [
            phase,
            {
              medianSeconds: rounded(median(turns.map((all) => all[index][phase].seconds))),
              calls: median(turns.map((all) => all[index][phase].calls)),
              againstModule: rounded(median(turns.map((all) => all[index][phase].seconds / all[0][phase].seconds))),
            },
          ]),
        ),
      })),
    };
    writeFileSync(join(__dirname, "aws-side.json"), `${JSON.stringify(results, null, 2)}\n`);
    console.log(JSON.stringify(results, null, 2));
  } finally {
    await account.close();
  }
}

void main();
