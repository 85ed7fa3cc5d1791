/** Prometheus's own engine, asked about series that a test gives. */
import { join } from "node:path";

import { goBuild } from "./go-install";
import { runOrThrow } from "./run";

/** An expression, the series that there are, and the minute to look at. */
export interface Question {
  readonly expr: string;
  /**
   * Series in the notation of Prometheus's rule tests, a value for each minute: `up{job="a"} 0+1x60`.
   * https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series
   */
  readonly series: readonly string[];
  readonly minute: number;
}

/** What an expression finds, or why it cannot be asked. */
export interface Answer {
  readonly error?: string;
  readonly found: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

/** Builds the engine if this machine has not got it yet, and returns its path. */
export function installPromql(log?: (line: string) => void): Promise<string> {
  return goBuild("promql", join(__dirname, "..", "promql"), { log });
}

/** The answers to questions, in their order. */
export async function answersOf(questions: readonly Question[]): Promise<Answer[]> {
  const { stdout } = await runOrThrow(await installPromql(), [], { input: JSON.stringify(questions) });
  return JSON.parse(stdout) as Answer[];
}
