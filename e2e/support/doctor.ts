/** What `doctor` says, as its users run it. */
import type { Report, State, Verdict } from "../../cli/doctor/verdict";
import { commandLine } from "./command-line";

/** What was said. */
export interface Answer {
  readonly code: number;
  readonly told: string;
  /** What a check says, and nothing where it was not made. */
  of(check: string): readonly Verdict[];
  /** Its words. */
  textOf(check: string): string;
  /** Checks by the states that they tell. */
  readonly states: Readonly<Record<string, readonly State[]>>;
}

/** How the doctor is asked. */
export interface DoctorCall {
  readonly clusterName: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** How much later the doctor believes that it is. */
  readonly minutesLater?: number;
}

/** Asks it; whatever it says beside its answer is an error here. */
export async function askDoctor({ clusterName, args, env, minutesLater }: DoctorCall): Promise<Answer> {
  const call = ["doctor", "--cluster-name", clusterName, "--json", ...args];
  const { code, stdout, stderr } = await commandLine(call, { env, minutesLater });
  if (stderr !== "") {
    throw new Error(`${call.join(" ")}: ${stderr}`);
  }
  const { reports } = JSON.parse(stdout) as { readonly reports: readonly Report[] };
  const byCheck = new Map(reports.map(({ check, verdicts }) => [check, verdicts]));
  const of = (check: string): readonly Verdict[] => byCheck.get(check) ?? [];
  return {
    code,
    told: stdout,
    of,
    textOf: (check) =>
      of(check)
        .map(({ text }) => text)
        .join("\n"),
    states: Object.fromEntries(reports.map(({ check, verdicts }) => [check, verdicts.map(({ state }) => state)])),
  };
}
