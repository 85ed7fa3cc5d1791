/** The programs that must be on the machine before anything starts, and what to tell a user who lacks them. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A program that the local cloud cannot bring along itself. */
export interface Tool {
  /** Names under which it may be found on the PATH, the best first. */
  readonly commands: readonly string[];
  readonly minimum: string;
  /** What it is needed for, to finish the sentence "is needed to …". */
  readonly purpose: string;
  readonly howToGet: string;
  readonly versionArgs: readonly string[];
  /** Finds the version in what the program prints. */
  readonly versionPattern: RegExp;
  /** Arguments of a call that must succeed too, and what its failure means. */
  readonly probe?: { readonly args: readonly string[]; readonly means: string };
}

/** Python runs the emulated AWS. */
export const PYTHON: Tool = {
  commands: ["python3", "python"],
  minimum: "3.10",
  purpose: "run the emulated AWS (moto)",
  howToGet:
    "install Python from https://www.python.org/downloads/ or your system's packages (python3 and python3-venv)",
  versionArgs: ["--version"],
  versionPattern: /Python (\d+\.\d+(?:\.\d+)?)/,
  probe: {
    args: ["-c", "import venv, ensurepip"],
    means: "its venv module is missing (Debian and Ubuntu: the package python3-venv)",
  },
};

/** Terraform applies the modules. */
export const TERRAFORM: Tool = {
  commands: ["terraform"],
  minimum: "1.5.7",
  purpose: "apply and destroy what is synthesized",
  howToGet: "install it from https://developer.hashicorp.com/terraform/install",
  versionArgs: ["version"],
  versionPattern: /Terraform v(\d+\.\d+\.\d+)/,
};

/** Go builds the programs that are not to be had as binaries everywhere. From 1.21 on it fetches the toolchain it needs. */
export const GO: Tool = {
  commands: ["go"],
  minimum: "1.21",
  purpose: "build the local Kubernetes control plane and the programs around it",
  howToGet: "install it from https://go.dev/dl/",
  versionArgs: ["version"],
  versionPattern: /go version go(\d+\.\d+(?:\.\d+)?)/,
};

/** True when version a is b or newer. */
export function atLeast(a: string, b: string): boolean {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number)) as [number[], number[]];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) {
      return difference > 0;
    }
  }
  return true;
}

/** The path of a command on the PATH, or undefined. */
export function which(command: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  for (const folder of (env.PATH ?? "").split(delimiter).filter(Boolean)) {
    const candidate = join(folder, command);
    try {
      accessSync(candidate, constants.X_OK);
      if (statSync(candidate).isFile()) {
        return candidate;
      }
    } catch {
      continue;
    }
  }
  return undefined;
}

/** Either the tool's path or the reason why there is none that will do. */
type Finding = { readonly path: string } | { readonly problem: string };

/** What was found, by tool and PATH: scenarios ask again and again, and some programs take long to say who they are. */
const findings = new Map<string, Finding>();

function look(tool: Tool, env: NodeJS.ProcessEnv): Finding {
  const key = [...tool.commands, env.PATH].join("\n");
  const finding = findings.get(key) ?? ask(tool, env);
  findings.set(key, finding);
  return finding;
}

function ask(tool: Tool, env: NodeJS.ProcessEnv): Finding {
  let problem = "not found on the PATH";
  for (const command of tool.commands) {
    const path = which(command, env);
    if (path === undefined) {
      continue;
    }
    const printed = spawnSync(path, tool.versionArgs, { encoding: "utf8", env, timeout: 30_000 });
    const version = tool.versionPattern.exec(`${printed.stdout}${printed.stderr}`)?.[1];
    if (version === undefined) {
      problem = `${path} does not tell its version`;
    } else if (!atLeast(version, tool.minimum)) {
      problem = `${path} is version ${version}`;
    } else if (tool.probe && spawnSync(path, tool.probe.args, { env, timeout: 30_000 }).status !== 0) {
      problem = `${path}: ${tool.probe.means}`;
    } else {
      return { path };
    }
  }
  return { problem };
}

/**
 * The paths of all the tools, in the order asked for. Everything that is missing is named in one error, with its purpose
 * and where to get it: a user should not have to come back once per tool.
 */
export function requireTools(
  tools: readonly Tool[] = [PYTHON, TERRAFORM, GO],
  env: NodeJS.ProcessEnv = process.env,
): string[] {
  const found: string[] = [];
  const problems: string[] = [];
  for (const tool of tools) {
    const result = look(tool, env);
    if ("path" in result) {
      found.push(result.path);
    } else {
      problems.push(
        `- ${tool.commands[0]} ${tool.minimum} or newer is needed to ${tool.purpose}: ${result.problem}.\n  To get it, ${tool.howToGet}.`,
      );
    }
  }
  if (problems.length > 0) {
    throw new Error(`Some programs are missing:\n${problems.join("\n")}`);
  }
  return found;
}
