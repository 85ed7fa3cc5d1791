import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cluster } from "./stacks/clusters";

const project = join(__dirname, "..");
const TIMEOUT_MS = 60_000;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "main-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the app as cdktf does, with its output in the test's folder. */
function main(args: string[], env: Record<string, string> = {}) {
  const tsx = join(project, "node_modules", ".bin", "tsx");
  return spawnSync(tsx, [join(project, "main.ts"), ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, CDKTF_OUTDIR: join(folder, "out"), ...env },
  });
}

function clustersFile(name: string, clusters: unknown[]): string {
  writeFileSync(join(folder, name), JSON.stringify({ clusters }));
  return name;
}

const stacks = () => Object.keys(JSON.parse(readFileSync(join(folder, "out", "manifest.json"), "utf8")).stacks);

describe("main.ts", () => {
  it(
    "needs no Terraform, and takes the clusters file from the argument before the environment",
    () => {
      const bin = join(folder, "bin");
      mkdirSync(bin);
      symlinkSync(process.execPath, join(bin, "node"));
      const backend = { type: "cloud", organization: "acme" } as const;
      const file = clustersFile("mine.json", [cluster({ name: "mine", backend })]);
      expect(main(["--clusters", file], { PATH: bin, KARPENTER_CLUSTERS: "nowhere.json" })).toMatchObject({
        status: 0,
        stderr: "",
      });
      expect(stacks()).toEqual(["mine"]);
    },
    TIMEOUT_MS,
  );

  it(
    "prints a mistake without a stack trace and fails",
    () => {
      const file = clustersFile("mine.json", [cluster({ region: "north" })]);
      const { status, stderr } = main([], { KARPENTER_CLUSTERS: file });
      expect(status).toBe(1);
      expect(stderr).toMatch(
        /^mine.json has 1 mistake:\n {2}clusters\[0\] \(prod\): "region" is "north", but must be .*\n$/,
      );
    },
    TIMEOUT_MS,
  );

  it(
    "refuses an argument that it does not know",
    () => {
      const { status, stderr } = main(["--cluster", "x"]);
      expect(status).toBe(1);
      expect(stderr).toMatch(/^Unknown option '--cluster'[^\n]*\n$/);
    },
    TIMEOUT_MS,
  );
});
