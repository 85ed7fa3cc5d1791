/**
 * `npm run soak [-- --runs N --seed S --accounts A]`: seeded runs of apply, change and destroy on local accounts, each with a
 * fault. With --write the figures come into docs/reliability.md. It ends with 1 where a run did not come to the same as an undisturbed one.
 */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { awsProviderProgram } from "../cloud/aws-provider";
import { run } from "../cloud/run";
import { requireTools, TERRAFORM } from "../cloud/tools";
import { figuresOf, writeFigures } from "./figures";
import { Installation, PHASES } from "./installation";
import { type Outcome, tried, trialsOf } from "./trial";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    accounts: { type: "string", default: "4" },
    // A file for what comes of each run; a soak that was stopped goes on from it.
    record: { type: "string" },
    write: { type: "boolean", default: false },
  },
});

// Terraform computes most of the time, and a third of that is garbage collection.
process.env.GOGC ??= "off";
process.env.GOMEMLIMIT ??= "800MiB";

/** How a line of the record begins that has a run which did not come to the same. */
const FAILED = "FAILED ";
const first = Number(values.seed);
const count = Math.ceil(Number(values.runs) / PHASES.length);
const lines =
  values.record !== undefined && existsSync(values.record) ? readFileSync(values.record, "utf8").split("\n") : [];
const outcomes = recorded();
const failures: string[] = lines.filter((line) => line.startsWith(FAILED));
const seeds = Array.from({ length: count }, (_, index) => first + index).filter(
  (seed) => outcomes.filter((outcome) => outcome.seed === seed).length < PHASES.length,
);

/** What an earlier call has recorded before it was stopped. A run that was made twice counts as it came out last. */
function recorded(): Outcome[] {
  const told = lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as Outcome);
  return [...new Map(told.map((outcome) => [`${outcome.seed} ${outcome.phase}`, outcome])).values()];
}

/** Keeps what came of a run. */
function keep(outcome: Outcome): void {
  const before = outcomes.findIndex(({ seed, phase }) => seed === outcome.seed && phase === outcome.phase);
  outcomes.splice(before < 0 ? outcomes.length : before, before < 0 ? 0 : 1, outcome);
  told(JSON.stringify(outcome));
}

/** Takes seeds until there are none. An account in which a run failed is no place for others. */
async function work(): Promise<void> {
  for (let seed = seeds.shift(); seed !== undefined;) {
    const installation = await Installation.open();
    try {
      const references = await installation.reference();
      for (; seed !== undefined; seed = seeds.shift()) {
        for (const trial of trialsOf(seed, references)) {
          const outcome = await tried(installation, trial, references[trial.phase]).catch((problem: unknown) => {
            throw new Error(`${JSON.stringify(trial)}\n${String(problem)}`);
          });
          keep(outcome);
        }
      }
    } catch (problem) {
      failures.push(String(problem));
      told(`${FAILED}${String(problem)}`);
      seed = seeds.shift();
    } finally {
      await installation.close();
    }
  }
}

function told(line: string): void {
  console.log(line);
  if (values.record !== undefined) {
    appendFileSync(values.record, `${line}\n`);
  }
}

/** What ran. */
async function versions(): Promise<string> {
  const [terraform] = requireTools([TERRAFORM]) as [string];
  const { stdout } = await run(terraform, ["version", "-json"]);
  const { terraform_version: version } = JSON.parse(stdout) as { readonly terraform_version: string };
  const provider = /\/aws\/([^/]+)\//.exec(awsProviderProgram() ?? "")?.[1] ?? "of the registry";
  return `Terraform ${version}, AWS provider ${provider}`;
}

async function main(): Promise<void> {
  await Promise.all(Array.from({ length: Number(values.accounts) }, work));
  const figures = figuresOf(outcomes, failures, {
    date: new Date().toISOString().slice(0, 10),
    versions: await versions(),
    seeds: `${Math.min(...outcomes.map(({ seed }) => seed))} to ${Math.max(...outcomes.map(({ seed }) => seed))}`,
  });
  console.log(figures);
  if (values.write) {
    writeFigures(figures);
  }
  process.exitCode = failures.length === 0 ? 0 : 1;
}

void main();
