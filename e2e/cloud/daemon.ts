/** A program that runs in the background, and ends with this process whichever way this process ends. */
import { spawn, type ChildProcess } from "node:child_process";
import type { Socket } from "node:net";

import { lineSplitter } from "./run";

/** How a program is kept. */
export interface DaemonOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** The program itself ends when its standard input closes. Any other gets a shell beside it that sees to it. */
  readonly endsWithStdin?: boolean;
  /** Gets each line of the standard output, which is then no part of the log. */
  readonly onOutput?: (line: string) => void;
  /** Gets each line the program prints. */
  readonly log?: (line: string) => void;
}

const KEPT_LINES = 200;
const ENDS_WITHIN_MS = 5_000;

/**
 * Runs "$@", and kills it when the standard input closes, which happens when the process at the other end of the pipe is
 * gone: even a SIGKILL of it leaves nothing behind. The shell lives exactly as long as the program.
 */
const LEASH = `
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
{ cat <&3; kill -KILL "$program"; } >/dev/null 2>&1 &
watcher=$!
wait "$program"
status=$?
kill -KILL "$watcher"
exit "$status"
`;

/** A running program. */
export class Daemon {
  /** Fulfilled when the program has ended, also when it could not be started. */
  readonly exited: Promise<void>;
  private readonly printed: string[] = [];
  private readonly child: ChildProcess;

  constructor(command: string, args: readonly string[], options: DaemonOptions = {}) {
    const [file, all] = options.endsWithStdin ? [command, args] : ["/bin/sh", ["-c", LEASH, "sh", command, ...args]];
    const child = spawn(file, all, { cwd: options.cwd, env: options.env, stdio: ["pipe", "pipe", "pipe"] });
    const keep = (line: string): void => {
      this.printed.push(line);
      if (this.printed.length > KEPT_LINES) {
        this.printed.shift();
      }
      options.log?.(line);
    };
    child.stdout.setEncoding("utf8").on("data", lineSplitter(options.onOutput ?? keep));
    child.stderr.setEncoding("utf8").on("data", lineSplitter(keep));
    child.stdin.on("error", () => undefined);
    this.exited = new Promise((resolve) => {
      child.once("error", (error) => {
        keep(String(error));
        resolve();
      });
      // The shell's helper still waits for the end of its input.
      child.once("exit", () => child.stdin.destroy());
      // Later than its exit: what it printed last has been read too.
      child.once("close", () => resolve());
    });
    // A program that nobody stopped must not keep Node alive either.
    child.unref();
    for (const stream of [child.stdin, child.stdout, child.stderr]) {
      (stream as unknown as Socket).unref();
    }
    this.child = child;
  }

  /** The process id; undefined if the program could not be started. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  get hasEnded(): boolean {
    return this.child.pid === undefined || this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** The last lines the program printed, for the message of a failed test. */
  get lastLines(): string {
    return this.printed.join("\n");
  }

  /** Ends the program and waits until it is gone. May be called more than once. */
  async stop(): Promise<void> {
    if (this.hasEnded) {
      return;
    }
    this.child.ref();
    this.child.stdin?.end();
    const timer = setTimeout(() => this.child.kill("SIGKILL"), ENDS_WITHIN_MS);
    await this.exited;
    clearTimeout(timer);
  }
}
