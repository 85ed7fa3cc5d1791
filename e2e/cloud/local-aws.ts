/** The local AWS: an emulated account on loopback that ends with this process. */
import { spawn, type ChildProcess } from "node:child_process";
import type { Socket } from "node:net";

import { freePort } from "./free-port";
import { installMoto, SERVER_SCRIPT } from "./moto-install";
import { lineSplitter } from "./run";

/** How the local AWS is started. */
export interface LocalAwsOptions {
  /** One region for Terraform and every client: an object asked of another region looks like a missing one. */
  readonly region?: string;
  /** Gets the progress and each line the server prints. */
  readonly log?: (line: string) => void;
}

const HEALTHY_WITHIN_MS = 60_000;
const START_ATTEMPTS = 3;
const KEPT_LINES = 200;
const ACCOUNT_ID = "123456789012";
/** How the server tells of a call that was made with a role. */
const CALL = "CALL ";

/** A call that was made with a role, and what stood there when it was made. */
export interface RecordedCall {
  /** The ARN of the role. */
  readonly role: string;
  /** `ec2`. */
  readonly service: string;
  /** `RunInstances`. */
  readonly action: string;
  readonly region: string;
  /** The call's parameters by AWS's names. */
  readonly parameters: unknown;
  /** Every instance profile. */
  readonly profiles: Readonly<Record<string, RecordedProfile>>;
  /** What a call to EC2 names and is there, each with its tags by its id; with it, what its launch templates name. */
  readonly tags?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What stands in the launch templates that a call to EC2 names. */
  readonly templates?: readonly unknown[];
}

/** An instance profile as it stood when a call was made. */
export interface RecordedProfile {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The ARNs of its roles. */
  readonly roles: readonly string[];
}

/**
 * The parent's environment without what could lead a program to a real account or to a real Terraform Cloud.
 *
 * Go programs collect garbage less often: memory is plenty here, and Terraform spends a quarter of its time on that.
 */
export function neutralEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !name.startsWith("AWS_") && !/^TF_(?!PLUGIN_CACHE)/.test(name),
  );
  return { GOGC: "300", ...Object.fromEntries(own) };
}

/** A running emulated AWS account. */
export class LocalAws {
  readonly accountId = ACCOUNT_ID;
  private readonly exited: Promise<void>;

  private constructor(
    private readonly server: ChildProcess,
    readonly endpoint: string,
    readonly region: string,
    private readonly printed: readonly string[],
    private readonly told: ReadonlySet<string>,
  ) {
    this.exited = new Promise((resolve) => {
      if (hasEnded(server)) {
        resolve();
      } else {
        server.once("exit", () => resolve());
      }
    });
  }

  /** Installs the emulator if this machine has not got it yet, starts it on a free port and waits until it answers. */
  static async start(options: LocalAwsOptions = {}): Promise<LocalAws> {
    const log = options.log ?? ((): void => undefined);
    const python = await installMoto(log);
    for (let attempt = 1; ; attempt++) {
      const aws = LocalAws.launch(python, await freePort(), options.region ?? "eu-north-1", log);
      try {
        await aws.waitUntilHealthy();
        log(`AWS answers on ${aws.endpoint}`);
        return aws;
      } catch (error) {
        await aws.stop();
        if (attempt === START_ATTEMPTS) {
          throw error;
        }
      }
    }
  }

  private static launch(python: string, port: number, region: string, log: (line: string) => void): LocalAws {
    const server = spawn(python, [SERVER_SCRIPT, "--host", "127.0.0.1", "--port", String(port)], {
      // The server ends when its stdin closes, so not even a SIGKILL of this process leaves it behind.
      env: { ...neutralEnvironment(), EXIT_WITH_STDIN: "1", PYTHONDONTWRITEBYTECODE: "1", PYTHONUNBUFFERED: "1" },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const printed: string[] = [];
    const told = new Set<string>();
    const keep = lineSplitter((line) => {
      if (line.startsWith(CALL)) {
        told.add(line.slice(CALL.length));
        return;
      }
      printed.push(line);
      if (printed.length > KEPT_LINES) {
        printed.shift();
      }
      log(line);
    });
    server.on("error", (error) => printed.push(String(error)));
    for (const stream of [server.stdout, server.stderr]) {
      stream.setEncoding("utf8").on("data", keep);
    }
    server.stdin.on("error", () => undefined);
    // A server that nobody stopped must not keep Node alive either.
    server.unref();
    for (const stream of [server.stdin, server.stdout, server.stderr]) {
      (stream as unknown as Socket).unref();
    }
    return new LocalAws(server, `http://127.0.0.1:${port}`, region, printed, told);
  }

  /** The process id of the server; undefined if it could not be started. */
  get pid(): number | undefined {
    return this.server.pid;
  }

  /** The last lines the server printed, for the message of a failed test. */
  get lastLines(): string {
    return this.printed.join("\n");
  }

  /** Every call that was made with a role, each once. */
  get calls(): RecordedCall[] {
    return [...this.told].map((line) => JSON.parse(line) as RecordedCall);
  }

  /** What Terraform, the SDKs and the Karpenter controller need in their environment to talk to this account only. */
  env(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.endpoint,
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_REGION: this.region,
      AWS_DEFAULT_REGION: this.region,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_PAGER: "",
    };
  }

  /** Empties the account: everything in every service and region is gone. */
  async reset(): Promise<void> {
    const response = await fetch(`${this.endpoint}/moto-api/reset`, { method: "POST" });
    if (!response.ok) {
      throw new Error(`the emulated AWS could not be reset: ${response.status} ${await response.text()}`);
    }
  }

  /** Ends the server and waits until it is gone. May be called more than once. */
  async stop(): Promise<void> {
    if (hasEnded(this.server)) {
      return;
    }
    this.server.ref();
    this.server.stdin?.end();
    const timer = setTimeout(() => this.server.kill("SIGKILL"), 3_000);
    await this.exited;
    clearTimeout(timer);
  }

  private async waitUntilHealthy(): Promise<void> {
    const deadline = Date.now() + HEALTHY_WITHIN_MS;
    while (Date.now() < deadline && !hasEnded(this.server)) {
      const answered = await fetch(`${this.endpoint}/moto-api/data.json`, { signal: AbortSignal.timeout(5_000) }).then(
        (response) => response.ok,
        () => false,
      );
      // Someone else may have been given the port in the meantime: then ours has ended, or is about to.
      if (answered && !hasEnded(this.server)) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the emulated AWS did not start on ${this.endpoint}\n${this.lastLines}`);
  }
}

function hasEnded(server: ChildProcess): boolean {
  return server.pid === undefined || server.exitCode !== null || server.signalCode !== null;
}
