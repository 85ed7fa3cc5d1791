/** What a check comes to, and how it is told. */

/**
 * `error`: it does not work, or will not. `warning`: it hurts, and may be meant. `unknown`: it could not be looked at, which is
 * never the same as fine. `ok`: it was looked at, and is fine.
 */
export type State = "error" | "warning" | "unknown" | "ok";

/** What one check says of one thing. */
export interface Verdict {
  readonly state: State;
  /** What is so; where that is not fine, what comes of it, and the way out. */
  readonly text: string;
}

/** What a check says. */
export interface Report {
  /** The check's id, which `--acknowledge` takes. */
  readonly check: string;
  readonly verdicts: readonly Verdict[];
}

export const ok = (text: string): Verdict => ({ state: "ok", text });
export const warning = (text: string): Verdict => ({ state: "warning", text });
export const error = (text: string): Verdict => ({ state: "error", text });
export const unknown = (text: string): Verdict => ({ state: "unknown", text });

/** These, or where there are none that it is fine. */
export function orOk(verdicts: readonly Verdict[], text: string): readonly Verdict[] {
  return verdicts.length > 0 ? verdicts : [ok(text)];
}

/** The reports for people: each check by its id, and below it what it says. */
export function reportsAsText(reports: readonly Report[]): string {
  return reports
    .map(({ check, verdicts }) =>
      [check, ...verdicts.map(({ state, text }) => `  ${state.padEnd(7)}  ${text}`)].join("\n"),
    )
    .join("\n\n");
}

/** How many checks came to what, by the worst that each says. */
export function summaryOf(reports: readonly Report[]): string {
  const worst = reports.map(({ verdicts }) => worstOf(verdicts));
  const count = (state: State): number => worst.filter((each) => each === state).length;
  return `${reports.length} checks: ${count("ok")} fine, ${count("warning")} with a warning, ${count("error")} with an error, ${count("unknown")} not made`;
}

/** 1 where anything does not work, 2 where nothing is known to be wrong and something could not be looked at, 0 otherwise. */
export function exitCodeOf(reports: readonly Report[]): number {
  const worst = worstOf(reports.flatMap(({ verdicts }) => verdicts));
  return { error: 1, unknown: 2, warning: 0, ok: 0 }[worst];
}

function worstOf(verdicts: readonly Verdict[]): State {
  const states: readonly State[] = ["error", "unknown", "warning", "ok"];
  return states.find((state) => verdicts.some((verdict) => verdict.state === state)) ?? "ok";
}
