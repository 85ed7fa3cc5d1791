/** Runs other programs: the one place where the local cloud starts a process and waits for its end. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";

/** What a finished program left behind. */
export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and how a program runs. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The program is killed after this time. Without it a hanging program would hang the test. */
  readonly timeoutMs?: number;
  readonly input?: string;
  /** Kills the program, and nothing else, with -9. */
  readonly killed?: AbortSignal;
  /** Called with each line of stdout and stderr as it appears. */
  readonly log?: (line: string) => void;
}

/** A program ended with an exit code that was not expected. Carries all of its output, for the log of a failed run. */
export class CommandError extends Error {
  constructor(
    readonly command: string,
    readonly result: RunResult,
  ) {
    super(`\`${command}\` ended with exit code ${result.code}\n${result.stderr}\n${result.stdout}`.trimEnd());
    this.name = "CommandError";
  }
}

const DEFAULT_TIMEOUT_MS = 10 * 60_000;

/** Programs that still run: they end with this process, and so does what they have started themselves. */
const running = new Set<ChildProcess>();
process.once("exit", () => running.forEach(kill));

/** Ends every program that still runs and waits until it is gone; for one who is interrupted and cleans up. */
export async function stopPrograms(): Promise<void> {
  const ended = [...running].map((child) => new Promise<void>((resolve) => child.once("close", () => resolve())));
  running.forEach(kill);
  await Promise.all(ended);
}

/** Ends a program and all that it has started: cdktf gives terraform a session of its own, out of reach of its group. */
function kill(child: ChildProcess): void {
  if (child.pid === undefined) {
    return;
  }
  for (const pid of [child.pid, ...descendants(child.pid)]) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}

/** The processes below one, as `ps` tells; none where there is no `ps`. */
function descendants(root: number): number[] {
  const { stdout } = spawnSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" });
  const parents = (stdout ?? "").split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    parents.filter(([, ppid]) => ppid === parent).flatMap(([pid]) => [pid as number, ...below(pid as number)]);
  return below(root);
}

/** Splits a stream of chunks into whole lines. */
export function lineSplitter(onLine: (line: string) => void): (chunk: string) => void {
  let rest = "";
  return (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(onLine);
  };
}

/** Runs a program to its end and returns its result, whatever the exit code. Throws only if it cannot be started. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: options.cwd, env: options.env, stdio: "pipe" });
    running.add(child);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      kill(child);
    }, options.timeoutMs ?? DEFAULT_TIMEOUT_MS);

    options.killed?.addEventListener("abort", () => child.kill("SIGKILL"), { once: true });

    let stdout = "";
    let stderr = "";
    const logOut = lineSplitter((line) => options.log?.(line));
    const logErr = lineSplitter((line) => options.log?.(line));
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      stdout += chunk;
      logOut(chunk);
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      stderr += chunk;
      logErr(chunk);
    });
    child.stdin.on("error", () => undefined); // A program may end without reading its input.
    child.stdin.end(options.input ?? "");

    const finish = (): void => {
      clearTimeout(timer);
      running.delete(child);
    };
    child.once("error", (error) => {
      finish();
      reject(error);
    });
    child.once("close", (code, signal) => {
      finish();
      if (timedOut) {
        stderr += `\nkilled: it ran longer than ${options.timeoutMs ?? DEFAULT_TIMEOUT_MS} ms`;
      } else if (signal !== null) {
        stderr += `\nended by ${signal}`;
      }
      resolve({ code: code ?? 128, stdout, stderr });
    });
  });
}

/** As `run`, but any exit code other than 0 is an error that carries the program's whole output. */
export async function runOrThrow(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const result = await run(command, args, options);
  if (result.code !== 0) {
    throw new CommandError([command, ...args].join(" "), result);
  }
  return result;
}
