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

type Phase = (typeof PHASES)[number];

interface Turn {
  readonly phases: Readonly<Partial<Record<Phase, Taken>>>;
  readonly resources?: number;
}

interface Variant {
  readonly name: string;
  /** The root's own configuration, for a cluster. */
  readonly configuration: (network: Network) => string;
  /** What is done to the files of the root before. */
  readonly prepare?: (folder: string) => Promise<void>;
  /** Whether nothing is applied: what differs is in the plan. */
  readonly onlyPlan?: true;
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
  { name: "module, inputs not checked", configuration: module(""), prepare: uncheck, onlyPlan: true },
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

async function turn(root: Terraform, onlyPlan: boolean): Promise<Turn> {
  const plan = await timed(() => root.plan());
  if (onlyPlan) {
    return { phases: { plan } };
  }
  const apply = await timed(() => root.apply());
  const resources = (await root.stateList()).filter((address) => !/(^|\.)data\./.test(address)).length;
  const again = await timed(() => root.plan());
  const destroy = await timed(() => root.destroy());
  return { phases: { plan, apply, "plan again": again, destroy }, resources };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** A phase of a variant with the medians of its turns; empty where it has none. */
function entryOf(turns: readonly (readonly Turn[])[], index: number, phase: Phase): [Phase, object][] {
  const taken = turns.map((all) => ({ own: all[index].phases[phase], module: all[0].phases[phase] }));
  const pairs = taken.filter((pair): pair is { own: Taken; module: Taken } => pair.own !== undefined);
  return pairs.length === 0
    ? []
    : [
        [
          phase,
          {
            medianSeconds: rounded(median(pairs.map(({ own }) => own.seconds))),
            calls: median(pairs.map(({ own }) => own.calls)),
            againstModule: rounded(median(pairs.map(({ own, module: of }) => own.seconds / of.seconds))),
          },
        ],
      ];
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
      for (const { configuration, prepare, onlyPlan = false } of VARIANTS) {
        const root = await account.rootOf(async (folder) => {
          await prepare?.(folder);
          await writeFile(join(folder, "main.tf"), `provider "aws" {}\n${configuration(network)}`);
        });
        inTurn.push(await turn(root, onlyPlan));
      }
      turns.push(inTurn);
    }
    const results = {
      cores: cpus().length,
      runs: RUNS,
      variants: VARIANTS.map(({ name }, index) => ({
        name,
        resources: turns[0][index].resources,
        ...Object.fromEntries(PHASES.flatMap((phase) => entryOf(turns, index, phase))),
      })),
    };
    writeFileSync(join(__dirname, "aws-side.json"), `${JSON.stringify(results, null, 2)}\n`);
    console.log(JSON.stringify(results, null, 2));
  } finally {
    await account.close();
  }
}

void main();
