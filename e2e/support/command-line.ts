/** The command line of the package, as its user runs it. */
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { transform } from "@swc/core";

import { cached, fingerprint } from "../cloud/cache";
import { neutralEnvironment } from "../cloud/local-aws";
import { run, type RunResult } from "../cloud/run";

const ROOT = join(__dirname, "../..");
const CHARTS = "lib/kubernetes/charts";

/** What a command needs beside its arguments. */
export interface CommandOptions {
  /** Of the account and the cluster. */
  readonly env: Readonly<Record<string, string>>;
  /** How much later the clock of the command is. */
  readonly minutesLater?: number;
}

let compiled: Promise<string> | undefined;

/** Runs a command to its end, whatever its exit code. */
export async function commandLine(args: readonly string[], { env, minutesLater }: CommandOptions): Promise<RunResult> {
  const later = minutesLater === undefined ? [] : ["--require", join(__dirname, "../fixtures/later.cjs")];
  compiled ??= compile();
  return run(process.execPath, [...later, join(await compiled, "cli/main.js"), ...args], {
    cwd: ROOT,
    env: { ...neutralEnvironment(), NODE_NO_WARNINGS: "1", ...env, MINUTES_LATER: String(minutesLater ?? 0) },
  });
}

/** The command line without types, below the checkout so that it finds its packages: a start takes a third of the time. */
async function compile(): Promise<string> {
  const sources = await Promise.all(
    (await Promise.all(["cli", "lib", "stacks"].map(sourcesIn))).flat().map(async (path) => ({
      path,
      text: await readFile(join(ROOT, path), "utf8"),
    })),
  );
  const key = fingerprint(...sources.flatMap(({ path, text }) => [path, text]));
  const build = async (folder: string): Promise<void> => {
    await cp(join(ROOT, CHARTS), join(folder, CHARTS), { recursive: true });
    for (const { path, text } of sources) {
      const { code } = await transform(text, {
        jsc: { parser: { syntax: "typescript" }, target: "es2022" },
        module: { type: "commonjs" },
      });
      const file = join(folder, path.replace(/\.ts$/, ".js"));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, code);
    }
  };
  return cached("command-line", key, build, join(ROOT, "node_modules/.cache"));
}

/** The TypeScript files below a folder of the checkout, by path relative to it. */
async function sourcesIn(folder: string): Promise<string[]> {
  const paths = await readdir(join(ROOT, folder), { recursive: true });
  return paths
    .filter((path) => path.endsWith(".ts"))
    .map((path) => `${folder}/${path}`)
    .sort();
}
