/** The command line of the package, as its user runs it. */
import { join } from "node:path";

import { neutralEnvironment } from "../cloud/local-aws";
import { run, type RunResult } from "../cloud/run";

const ROOT = join(__dirname, "../..");

/** What a command needs beside its arguments. */
export interface CommandOptions {
  /** Of the account and the cluster. */
  readonly env: Readonly<Record<string, string>>;
  /** How much later the clock of the command is. */
  readonly minutesLater?: number;
}

/** Runs a command to its end, whatever its exit code. */
export function commandLine(args: readonly string[], { env, minutesLater }: CommandOptions): Promise<RunResult> {
  const later = minutesLater === undefined ? [] : ["--require", join(__dirname, "../fixtures/later.cjs")];
  return run(process.execPath, [...later, "--import", "tsx", join(ROOT, "cli/main.ts"), ...args], {
    cwd: ROOT,
    env: { ...neutralEnvironment(), NODE_NO_WARNINGS: "1", ...env, MINUTES_LATER: String(minutesLater ?? 0) },
  });
}
