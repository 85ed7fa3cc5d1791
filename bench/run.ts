import { spawnSync } from "node:child_process";
import { cpus } from "node:os";
import { join } from "node:path";
import { writeFileSync } from "node:fs";

/** One thing that is timed, as a whole process, against the nearest thing that does none of our work. */
interface Benchmark {
  readonly name: string;
  readonly command: readonly string[];
  readonly baseline: readonly string[];
}

const RUNS = 7;
const root = join(__dirname, "..");
const tsx = join(root, "node_modules", "tsx", "dist", "cli.mjs");

const BENCHMARKS: readonly Benchmark[] = [
  {
    name: "import of the library, against import of cdktf alone",
    command: ["-e", "require('cdktf-karpenter')"],
    baseline: ["-e", "require('cdktf')"],
  },
  {
    name: "synth of all stacks and modules, against an app that only imports cdktf",
    command: [tsx, "main.ts"],
    baseline: [tsx, "-e", "require('cdktf')"],
  },
];

/** Wall seconds of one run of node. */
function seconds(args: readonly string[]): number {
  const started = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) {
    throw new Error(`node ${args.join(" ")} failed:\n${stderr}`);
  }
  return Number(process.hrtime.bigint() - started) / 1e9;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Runs the two in turn, so that a machine that slows down slows down both. */
function measure({ name, command, baseline }: Benchmark): object {
  seconds(command);
  seconds(baseline);
  const pairs = Array.from({ length: RUNS }, () => [seconds(command), seconds(baseline)] as const);
  return {
    name,
    runs: RUNS,
    medianSeconds: rounded(median(pairs.map(([own]) => own))),
    baselineMedianSeconds: rounded(median(pairs.map(([, other]) => other))),
    medianRatio: rounded(median(pairs.map(([own, other]) => own / other))),
  };
}

const build = spawnSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: "inherit" });
if (build.status !== 0) {
  process.exit(1);
}
const results = { cores: cpus().length, node: process.version, benchmarks: BENCHMARKS.map(measure) };
writeFileSync(join(__dirname, "results.json"), `${JSON.stringify(results, null, 2)}\n`);
console.log(JSON.stringify(results, null, 2));
