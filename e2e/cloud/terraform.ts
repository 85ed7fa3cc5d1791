/** Terraform (or OpenTofu) in one working folder, against the local AWS. */
import { basename } from "node:path";

import type { AwsProvider } from "./aws-provider";
import type { LocalAws } from "./local-aws";
import { neutralEnvironment } from "./local-aws";
import { cliConfigEnv } from "./provider-mirror";
import { installedProviders, type Reattached, RunningProvider } from "./running-provider";
import { CommandError, run, type RunResult } from "./run";
import { requireTools, TERRAFORM } from "./tools";

export { cliConfigEnv } from "./provider-mirror";

/** Values of input variables. Anything but a string is passed as JSON, which Terraform reads as an expression. */
export type TerraformVariables = Readonly<Record<string, unknown>>;

/** How Terraform is run. */
export interface TerraformOptions {
  /** The folder with the configuration. */
  readonly folder: string;
  /** The account to work in; its environment is added to every call. */
  readonly aws?: Pick<LocalAws, "env">;
  /** Further environment, for example KUBECONFIG. */
  readonly env?: Readonly<Record<string, string>>;
  /** The AWS provider that runs already; without it, the one that `init` installs is kept. */
  readonly provider?: AwsProvider;
  /** Another binary: a Terraform at the floor, or OpenTofu. */
  readonly binary?: string;
  /** Provider mirrors of the test's own, used before those of the machine. */
  readonly mirrors?: readonly string[];
  readonly timeoutMs?: number;
  readonly log?: (line: string) => void;
}

/** One resource in a plan, as in the JSON format of Terraform. */
export interface ResourceChange {
  readonly address: string;
  /** Where it was before a `moved` block. */
  readonly previous_address?: string;
  readonly type: string;
  readonly name: string;
  readonly change: {
    readonly actions: readonly string[];
    /** What an `import` block brings in. */
    readonly importing?: { readonly id: string };
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly after_unknown: unknown;
  };
}

/** The parts of `terraform show -json PLAN` that tests look at. */
export interface PlanJson {
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[]; readonly after: unknown }>>;
  readonly checks?: readonly CheckResult[];
  readonly [key: string]: unknown;
}

/** What came of the conditions at an address, such as those of a `check` block. */
export interface CheckResult {
  readonly address: { readonly kind: string; readonly to_display: string };
  readonly status: "pass" | "fail" | "unknown" | "error";
  readonly instances?: readonly { readonly problems?: readonly { readonly message: string }[] }[];
}

/** A plan: how many resources it would touch, and everything Terraform tells about it. */
export interface Plan {
  readonly changes: number;
  readonly json: PlanJson;
}

const PLAN_FILE = ".e2e.tfplan";
/** Exit code of `plan -detailed-exitcode` when there is something to do. */
const CHANGES_PRESENT = 2;

/** Terraform bound to a working folder. */
export class Terraform {
  /** The providers that `init` has installed, which run until `close`. */
  private kept: ReadonlyMap<string, RunningProvider> = new Map();

  private constructor(
    private readonly binary: string,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly options: TerraformOptions,
  ) {}

  /** Finds the binary and writes the CLI configuration; runs nothing in the folder yet. */
  static async in(options: TerraformOptions): Promise<Terraform> {
    const binary = options.binary ?? (requireTools([TERRAFORM]) as [string])[0];
    const tofu = basename(binary, ".exe") === "tofu";
    const config = await cliConfigEnv({ mirrors: options.mirrors, tofu });
    const environment = { ...neutralEnvironment(), ...config, ...options.aws?.env(), ...options.env };
    return new Terraform(binary, environment, options);
  }

  /** Installs providers and modules, and starts the providers: what comes after it runs with them. */
  async init(): Promise<void> {
    await this.close();
    await this.succeed(["init", "-no-color", "-input=false"]);
    this.kept = await this.startProviders();
  }

  /** Ends the providers that it runs. May be called more than once. */
  async close(): Promise<void> {
    const running = [...this.kept.values()];
    this.kept = new Map();
    await Promise.all(running.map((provider) => provider.stop()));
  }

  /** Checks the configuration without asking any API. */
  async validate(): Promise<void> {
    await this.succeed(["validate", "-no-color"]);
  }

  /** Runs the tests of the folder, and returns what Terraform says of them. */
  async test(): Promise<string> {
    return (await this.succeed(["test", "-no-color"])).stdout;
  }

  /** Plans and reads the plan. What `replace` names by address is made anew even where nothing asks for it. */
  async plan(variables: TerraformVariables = {}, replace: readonly string[] = []): Promise<Plan> {
    const args = [...variableArgs(variables), ...replaceArgs(replace)];
    await this.succeed(["plan", "-no-color", "-input=false", `-out=${PLAN_FILE}`, ...args]);
    const shown = await this.succeed(["show", "-json", "-no-color", PLAN_FILE]);
    const json = JSON.parse(shown.stdout) as PlanJson;
    const touched = (json.resource_changes ?? []).filter(
      ({ change }) => !change.actions.every((action) => action === "no-op" || action === "read"),
    );
    return { changes: touched.length, json };
  }

  /** Lets Terraform write code into a file for what `import` blocks name and no code has; it writes also what it then refuses. */
  async writeConfiguration(file: string): Promise<void> {
    await this.call(["plan", "-no-color", "-input=false", `-generate-config-out=${file}`]);
  }

  /** True when nothing, not even an output, would change: what every second plan must be. */
  async isPlanEmpty(variables: TerraformVariables = {}): Promise<boolean> {
    const args = ["plan", "-no-color", "-input=false", "-detailed-exitcode", ...variableArgs(variables)];
    const result = await this.call(args);
    if (result.code === 0) {
      return true;
    }
    if (result.code === CHANGES_PRESENT) {
      result.stdout.split("\n").forEach((line) => this.options.log?.(line));
      return false;
    }
    throw new CommandError(this.shown(args), result);
  }

  /** What Terraform says about a plan that must fail. Throws when it does not fail. */
  async planErrors(variables: TerraformVariables = {}): Promise<string> {
    return this.expectFailure(["plan", "-no-color", "-input=false", ...variableArgs(variables)]);
  }

  /** What Terraform says about an apply that must fail. Throws when it does not fail. */
  async applyErrors(variables: TerraformVariables = {}): Promise<string> {
    return this.expectFailure(["apply", "-no-color", "-input=false", "-auto-approve", ...variableArgs(variables)]);
  }

  /** Plans and applies at once. What `replace` names by address is made anew even where nothing asks for it. */
  async apply(variables: TerraformVariables = {}, replace: readonly string[] = []): Promise<void> {
    const args = [...variableArgs(variables), ...replaceArgs(replace)];
    await this.succeed(["apply", "-no-color", "-input=false", "-auto-approve", ...args]);
  }

  /** Applies or destroys to whichever end; `killed` kills it on the way. */
  attempt(command: "apply" | "destroy", variables: TerraformVariables = {}, killed?: AbortSignal): Promise<RunResult> {
    return this.call([command, "-no-color", "-input=false", "-auto-approve", ...variableArgs(variables)], killed);
  }

  /** Holds an object for good that it holds for broken. */
  async untaint(address: string): Promise<void> {
    await this.succeed(["untaint", address]);
  }

  /** Destroys everything in the state. */
  async destroy(variables: TerraformVariables = {}): Promise<void> {
    await this.succeed(["destroy", "-no-color", "-input=false", "-auto-approve", ...variableArgs(variables)]);
  }

  /** What Terraform says about a destroy that must fail. Throws when it does not fail. */
  async destroyErrors(variables: TerraformVariables = {}): Promise<string> {
    return this.expectFailure(["destroy", "-no-color", "-input=false", "-auto-approve", ...variableArgs(variables)]);
  }

  /** The values of all outputs, the sensitive ones too. */
  async output(): Promise<Record<string, unknown>> {
    const printed = await this.succeed(["output", "-json", "-no-color"]);
    const outputs = JSON.parse(printed.stdout) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** The state as `terraform show -json` prints it. */
  async showState(): Promise<string> {
    return (await this.succeed(["show", "-json", "-no-color"])).stdout;
  }

  /** The addresses in the state, sorted. Empty when there is no state yet. */
  async stateList(): Promise<string[]> {
    const args = ["state", "list"];
    const result = await this.call(args);
    if (result.code !== 0 && result.stderr.includes("No state file was found")) {
      return [];
    }
    if (result.code !== 0) {
      throw new CommandError(this.shown(args), result);
    }
    return result.stdout.split("\n").filter(Boolean).sort();
  }

  /** All that a resource waits for in an apply, by address without instances. */
  async dependenciesOf(address: string): Promise<ReadonlySet<string>> {
    const { stdout } = await this.succeed(["graph"]);
    const edges = [...stdout.matchAll(/"(.+)" -> "(.+)";/g)];
    const found = new Set([address]);
    for (const each of found) {
      edges.filter(([, from]) => from === each).forEach(([, , to]) => found.add(to as string));
    }
    found.delete(address);
    return found;
  }

  private async expectFailure(args: readonly string[]): Promise<string> {
    const result = await this.call(args);
    if (result.code === 0) {
      throw new Error(`\`${this.shown(args)}\` was expected to fail and did not\n${result.stdout}`);
    }
    return unwrapped(result.stderr);
  }

  private async succeed(args: readonly string[]): Promise<RunResult> {
    const result = await this.call(args);
    if (result.code !== 0) {
      throw new CommandError(this.shown(args), result);
    }
    return result;
  }

  private call(args: readonly string[], killed?: AbortSignal): Promise<RunResult> {
    const { folder, timeoutMs, log } = this.options;
    // Only long calls are logged: the JSON of the short ones is for the test, not for a reader.
    const logged = ["init", "apply", "destroy"].includes(args[0] ?? "") ? log : undefined;
    const reattached = this.reattached(args[0] === "init");
    return run(this.binary, args, {
      cwd: folder,
      env: { ...this.environment, TF_REATTACH_PROVIDERS: JSON.stringify(reattached) },
      timeoutMs,
      log: logged,
      killed,
    });
  }

  /** The providers that run. Another Terraform than the machine's shows at `init` that it finds them as a user's would. */
  private reattached(atInit: boolean): Reattached {
    const { folder, binary, provider } = this.options;
    const ofAccount = atInit && binary !== undefined ? undefined : provider?.reattached(folder);
    const kept = [...this.kept].map(([address, { listening }]) => [address, listening] as const);
    return { ...Object.fromEntries(kept), ...ofAccount };
  }

  private async startProviders(): Promise<ReadonlyMap<string, RunningProvider>> {
    const { folder, provider } = this.options;
    const ofAccount = provider?.reattached(folder) ?? {};
    const started = [...installedProviders(folder)]
      .filter(([address]) => !(address in ofAccount))
      .map(async ([address, program]) => {
        return [address, await RunningProvider.start(program, this.environment, folder)] as const;
      });
    return new Map(await Promise.all(started));
  }

  private shown(args: readonly string[]): string {
    return `${this.binary} ${args.join(" ")} (in ${this.options.folder})`;
  }
}

function variableArgs(variables: TerraformVariables): string[] {
  return Object.entries(variables).map(
    ([name, value]) => `-var=${name}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
}

function replaceArgs(addresses: readonly string[]): string[] {
  return addresses.map((address) => `-replace=${address}`);
}

/** Terraform breaks its messages at the width of a terminal and frames them; a test looks for whole sentences. */
function unwrapped(message: string): string {
  return message
    .split("\n")
    .map((line) => line.replace(/^[│╷╵]\s?/, ""))
    .join("\n")
    .replace(/([^\n])\n(?=[^\n\s])/g, "$1 ");
}
