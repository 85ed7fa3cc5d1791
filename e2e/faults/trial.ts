/** One run: a command meets a fault, and then the same command must bring the account to where an undisturbed run brings it. */
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { commandLine } from "../support/command-line";
import { type Fault, type FaultKind, KINDS, mayLast } from "./fault";
import {
  type Backend,
  BACKENDS,
  hasEmptyState,
  type Installation,
  type Phase,
  PHASES,
  type Reference,
  restoreCopy,
  variablesOf,
} from "./installation";
import { runPrinted } from "./printed-command";
import { Random } from "./random";

/** What it took to get there. */
export type By =
  /** The command itself came through: the provider had tried again. */
  | "retries of the provider"
  | "the same command"
  /** After the copy of a state file that was empty. */
  | "the copy of the state"
  | "import";

/** What a run is to be. */
export interface Trial {
  readonly seed: number;
  readonly phase: Phase;
  readonly backend: Backend;
  readonly fault: Fault;
}

/** What came of it. */
export interface Outcome extends Trial {
  /** How many requests met the fault. */
  readonly hits: number;
  readonly by: By;
  /** How many objects `import` has found. */
  readonly imported: number;
}

/** A call that changes something is so many times as likely to go wrong as one that reads. */
const WEIGHT_OF_CHANGES = 4;

/** The runs of a seed: one for each phase, in the order of the phases. */
export function trialsOf(seed: number, references: Readonly<Record<Phase, Reference>>): readonly Trial[] {
  const random = new Random(seed);
  const backend = random.pick(BACKENDS);
  return PHASES.map((phase) => {
    const kind: FaultKind = random.pick(KINDS);
    const { keys, changes } = references[phase].seen;
    const weighed = [...keys, ...Array.from({ length: WEIGHT_OF_CHANGES - 1 }, () => changes).flat()].sort();
    const at = random.pick(weighed);
    const length = random.pick(["once", "to the end"] as const);
    return { seed, phase, backend, fault: { kind, at, length: mayLast(kind) ? length : "once" } };
  });
}

/** Makes the run. Throws where it does not come to the same as an undisturbed one. */
export async function tried(installation: Installation, trial: Trial, reference: Reference): Promise<Outcome> {
  const { phase, backend, fault } = trial;
  const root = installation.root(backend);
  const { terraform } = root;
  const command = phase === "destroy" ? "destroy" : "apply";
  const killing = new AbortController();
  installation.proxy.begin(fault, () => killing.abort());
  const disturbed = await terraform.attempt(command, variablesOf(phase), killing.signal);
  const { hits } = await installation.proxy.end();
  if (hits === 0) {
    throw new Error(`nothing met the fault ${JSON.stringify(trial)}\n${disturbed.stderr}`);
  }
  let by: By = "retries of the provider";
  let imported = 0;
  if (disturbed.code !== 0) {
    by = "the same command";
    if ((await hasEmptyState(root)) && (await restoreCopy(root))) {
      by = "the copy of the state";
    }
    const again = await terraform.attempt(command, variablesOf(phase));
    if (again.code !== 0) {
      imported = await importing(installation, backend, phase).catch((problem: unknown) => {
        throw new Error(`${String(problem)}\nafter\n${again.stderr}`);
      });
      by = "import";
    }
  }
  await verify(installation, trial, reference);
  return { ...trial, hits, by, imported };
}

/** What is asked for after every run. */
export async function verify(
  installation: Installation,
  { phase, backend }: Pick<Trial, "phase" | "backend">,
  reference: Reference,
): Promise<void> {
  const { terraform } = installation.root(backend);
  const same = (what: string, found: string, expected: string): void => {
    if (found !== expected) {
      throw new Error(`${what} is not that of an undisturbed ${phase}\n${differences(found, expected)}`);
    }
  };
  same("the account", await installation.standing(), reference.account);
  same("the state", (await terraform.stateList()).join("\n"), reference.state.join("\n"));
  if (phase !== "destroy" && !(await terraform.isPlanEmpty(variablesOf(phase)))) {
    throw new Error("a second plan is not empty");
  }
}

/** What docs/reliability.md says to do where objects stand in the way, to the letter. Returns how many there were. */
export async function importing(installation: Installation, backend: Backend, phase: Phase): Promise<number> {
  const { account } = installation;
  const { terraform, folder } = installation.root(backend);
  const plan = join(folder, "plan.json");
  await writeFile(plan, JSON.stringify((await terraform.plan(variablesOf(phase))).json));
  const { stdout, stderr } = await commandLine(["import", plan, "--output", folder, "--overwrite", "--json"], {
    env: account.aws.env(),
  });
  if (stderr !== "") {
    throw new Error(stderr);
  }
  const { existing, findings } = JSON.parse(stdout) as Told;
  for (const { text } of findings) {
    await runPrinted(text.replace(/^.* Run this, and apply again: /, ""), account.clients, terraform);
  }
  await terraform.apply(variablesOf(phase));
  await rm(join(folder, "imports.tf"), { force: true });
  return existing.length + findings.length;
}

/** What `import` says of a plan. */
interface Told {
  readonly existing: readonly unknown[];
  readonly findings: readonly { readonly text: string }[];
}

/** Where two texts part and meet again, with what stands before. */
function differences(found: string, expected: string): string {
  const [here, there] = [found.split("\n"), expected.split("\n")];
  const first = here.findIndex((line, index) => line !== there[index]);
  let same = 0;
  while (same < Math.min(here.length, there.length) - first && here.at(-1 - same) === there.at(-1 - same)) {
    same += 1;
  }
  return [
    ...here.slice(Math.max(0, first - 12), first).map((line) => `  ${line}`),
    ...here.slice(first, here.length - same).map((line) => `+ ${line}`),
    ...there.slice(first, there.length - same).map((line) => `- ${line}`),
  ].join("\n");
}
