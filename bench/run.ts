/**
 * Measures whole processes, each in turn with the nearest thing that does none of our work, so that a machine that slows
 * down slows down both. `--before FOLDER` names another checkout, built as this one, to measure in the same turns.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { FleetConfig } from "../stacks/cluster-config";

/** One thing that is timed, as a whole process, against the nearest thing that does none of our work. */
interface Benchmark {
  readonly name: string;
  readonly runs: number;
  readonly command: readonly string[];
  readonly baseline: readonly string[];
}

/** What a process took: seconds by the clock, and of processors, its children's included. */
interface Taken {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

const root = join(__dirname, "..");
const { before } = parseArgs({ options: { before: { type: "string" } } }).values;
const work = mkdtempSync(join(tmpdir(), "cdktf-karpenter-bench-"));
const tsx = join(root, "node_modules", "tsx", "dist", "cli.mjs");
const ONLY_CDKTF = [tsx, "-e", "require('cdktf')"];

/** A file of so many clusters, each like the one in clusters.json. */
function clustersFile(count: number): string {
  const { clusters } = JSON.parse(readFileSync(join(root, "clusters.json"), "utf8")) as FleetConfig;
  const path = join(work, `${count}-clusters.json`);
  const many = Array.from({ length: count }, (_, index) => ({
    ...clusters[0],
    name: `stack-${index}`,
    clusterName: `cluster-${index}`,
  }));
  writeFileSync(path, JSON.stringify({ clusters: many }));
  return path;
}

const BENCHMARKS: readonly Benchmark[] = [
  {
    name: "import of the library, against import of cdktf alone",
    runs: 7,
    command: ["-e", "require('cdktf-karpenter')"],
    baseline: ["-e", "require('cdktf')"],
  },
  {
    name: "synth of one cluster and all modules, against an app that only imports cdktf",
    runs: 7,
    command: [tsx, "main.ts", "--clusters", clustersFile(1)],
    baseline: ONLY_CDKTF,
  },
  {
    name: "synth of 1,000 clusters and all modules, against an app that only imports cdktf",
    runs: 3,
    command: [tsx, "main.ts", "--clusters", clustersFile(1000)],
    baseline: ONLY_CDKTF,
  },
];

/** One run of node in a folder, into an output folder of its own. */
function run(args: readonly string[], cwd: string): Taken {
  const outdir = join(work, "out");
  rmSync(outdir, { recursive: true, force: true });
  const env = { ...process.env, CDKTF_OUTDIR: outdir };
  const started = process.hrtime.bigint();
  // The shell tells afterwards what its children took of the processors, which Node.js tells of itself alone.
  const shell = ["-c", '"$@" >&2 && times', "sh", process.execPath, ...args];
  const { status, stdout, stderr } = spawnSync("sh", shell, { cwd, env, encoding: "utf8", maxBuffer: 1e8 });
  if (status !== 0) {
    throw new Error(`node ${args.join(" ")} failed in ${cwd}:\n${stderr}`);
  }
  return { seconds: Number(process.hrtime.bigint() - started) / 1e9, cpuSeconds: childSeconds(stdout) };
}

/** The user's and the system's time of the children: the second line of what POSIX has `times` print. */
function childSeconds(times: string): number {
  const [, children] = times.trim().split("\n");
  return children
    .split(/\s+/)
    .map((time) => /^(\d+)m([\d.]+)s$/.exec(time))
    .reduce((sum, match) => sum + Number(match?.[1]) * 60 + Number(match?.[2]), 0);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function summary(taken: readonly Taken[]): object {
  return {
    medianSeconds: rounded(median(taken.map(({ seconds }) => seconds))),
    medianCpuSeconds: rounded(median(taken.map(({ cpuSeconds }) => cpuSeconds))),
  };
}

function ratios(own: readonly Taken[], other: readonly Taken[]): object {
  return {
    medianRatio: rounded(median(own.map(({ seconds }, index) => seconds / other[index].seconds))),
    medianCpuRatio: rounded(median(own.map(({ cpuSeconds }, index) => cpuSeconds / other[index].cpuSeconds))),
  };
}

function measure({ name, runs, command, baseline }: Benchmark): object {
  const others = before === undefined ? [] : [() => run(command, resolve(before))];
  const turn = [() => run(command, root), () => run(baseline, root), ...others];
  turn.forEach((once) => once());
  const turns = Array.from({ length: runs }, () => turn.map((once) => once()));
  const [own, nothing, earlier] = turn.map((_, index) => turns.map((taken) => taken[index]));
  return {
    name,
    runs,
    ...summary(own),
    baseline: summary(nothing),
    againstBaseline: ratios(own, nothing),
    ...(before === undefined ? {} : { before: summary(earlier), againstBefore: ratios(own, earlier) }),
  };
}

try {
  const build = spawnSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: "inherit" });
  if (build.status !== 0) {
    throw new Error("the build failed");
  }
  const results = { cores: cpus().length, node: process.version, benchmarks: BENCHMARKS.map(measure) };
  writeFileSync(join(__dirname, "results.json"), `${JSON.stringify(results, null, 2)}\n`);
  console.log(JSON.stringify(results, null, 2));
} finally {
  rmSync(work, { recursive: true });
}
