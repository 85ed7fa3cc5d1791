import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { synthesize } from "../../stacks/app";
import type { ClusterEntry } from "../../stacks/cluster-config";
import { filesIn } from "../../stacks/folders";
import { cluster, messageOf } from "./clusters";

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "app-"));
});

afterEach(() => rmSync(project, { recursive: true }));

function write(path: string, content: string): void {
  mkdirSync(join(project, path, ".."), { recursive: true });
  writeFileSync(join(project, path), content);
}

function synth(clusters: ClusterEntry[], outdir = "out"): string[] {
  write("clusters.json", JSON.stringify({ clusters }));
  return synthesize({ project, clustersFile: join(project, "clusters.json"), outdir: join(project, outdir) });
}

/** Every file below a folder of the project with its content. */
const contents = (folder: string) =>
  filesIn(join(project, folder)).map((file) => [file, readFileSync(join(project, folder, file), "utf8")]);

describe("the app", () => {
  it("writes the published modules with examples and licence, and removes what is stale", () => {
    write("examples/terraform/basic/main.tf", "# basic");
    write("LICENSE", "Apache");
    write("terraform-aws-karpenter/modules/gone/main.tf.json", "{}");
    synth([cluster()]);
    const files = filesIn(join(project, "terraform-aws-karpenter"));
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "examples/basic/main.tf", "main.tf.json"]));
    expect(files.filter((file) => file.startsWith("modules/gone"))).toEqual([]);
  });

  it("offers the clusters as stacks and no module, writes the same bytes every time, and touches nothing that is there already", () => {
    const clusters = [cluster(), cluster({ name: "test", clusterName: "test" })];
    synth(clusters, "first");
    const { stacks } = JSON.parse(readFileSync(join(project, "first/manifest.json"), "utf8"));
    expect(Object.keys(stacks)).toEqual(["prod-eu-north-1", "test"]);
    expect(filesIn(join(project, "first")).filter((file) => !file.includes("/assets/"))).toEqual([
      "manifest.json",
      "stacks/prod-eu-north-1/cdk.tf.json",
      "stacks/test/cdk.tf.json",
    ]);
    const published = join(project, "terraform-aws-karpenter", "main.tf.json");
    const before = statSync(published).mtimeMs;
    const modules = contents("terraform-aws-karpenter");
    synth(clusters, "second");
    expect(contents("second")).toEqual(contents("first"));
    expect(contents("terraform-aws-karpenter")).toEqual(modules);
    expect(statSync(published).mtimeMs).toBe(before);
  });

  it("hands on warnings, and tells no machine's paths", () => {
    const backend = { type: "s3", bucket: "state", region: "eu-north-1", useLockfile: false } as const;
    expect(synth([cluster({ backend })])).toEqual([
      'prod-eu-north-1: two runs at once may damage the state; leave "backend.useLockfile" out to lock it [karpenter-state-lock]',
    ]);
    expect(JSON.stringify(contents("out"))).not.toContain(tmpdir());
    expect(JSON.stringify(contents("out"))).not.toContain(process.cwd());
  });

  it("refuses a bad file before it writes a stack, but keeps its schema ready", () => {
    expect(messageOf(() => synth([cluster({ region: "north" })]))).toContain("clusters.json has 1 mistake:");
    expect(existsSync(join(project, "out"))).toBe(false);
    expect(existsSync(join(project, "clusters.schema.json"))).toBe(true);
  });

  it.each([
    ["where there is no file", "my.json"],
    ["which is a folder", "."],
  ])("says that the clusters file is one %s", (what, path) => {
    const clustersFile = join(project, path);
    expect(messageOf(() => synthesize({ project, clustersFile }))).toBe(
      `${basename(clustersFile)} has 1 mistake:\n  "--clusters" is "${clustersFile}", ${what}, but must be the path of a ` +
        "clusters file; correct it, or copy the clusters.json of the project",
    );
  });
});
