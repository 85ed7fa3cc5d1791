/** What is shown works: README.md followed word for word in a folder of one's own, with the package as npm would publish it. */
import { readdirSync, readFileSync } from "node:fs";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { AwsProvider } from "./cloud/aws-provider";
import { standInMirrors } from "./cloud/stand-in-providers";
import { Terraform } from "./cloud/terraform";
import { blocksOf, deadLinks, installLines, NewUser } from "./support/new-user";

const CHECKOUT = join(__dirname, "..");
const { devDependencies } = JSON.parse(readFileSync(join(CHECKOUT, "package.json"), "utf8")) as {
  devDependencies: Record<string, string>;
};

/** Everything that the package may hold. */
const IN_PACKAGE =
  /^(dist\/(cli|lib|modules|stacks)\/.*\.(js|d\.ts)|dist\/lib\/kubernetes\/charts\/.*|(docs|examples|terraform-aws-karpenter)\/.*|(README|CHANGELOG|CONTRIBUTING|SECURITY)\.md|LICENSE|package\.json|clusters(\.schema)?\.json)$/;

/** A module of one's own with Karpenter's charts in it, written in both ways. */
const OWN_MODULE = `
import { App } from "cdktf";
import { NodePools } from "cdktf-karpenter";
import { ModuleStack, PROVIDERS, writeModule } from "cdktf-karpenter/module";
import { fleet, KarpenterStack } from "cdktf-karpenter/stacks";

const app = new App({ outdir: "own.out" });
const about = { title: "Pools", description: "Pools.", path: "modules/pools", providers: [PROVIDERS.helm] };
const stack = new ModuleStack(app, "pools", about);
new NodePools(stack, "pools", { nodePools: { default: {} }, nodeClasses: {}, existingNodeClasses: ["default"] });
writeModule(stack, "own");
app.synth();
export const names: readonly string[] = [KarpenterStack.name, fleet.name];
`;

/** A NodePool of a class that something else makes. */
const POOL = `
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: default }
spec:
  limits: { cpu: 100 }
  template:
    spec:
      terminationGracePeriod: 1h
      nodeClassRef: { group: eks.amazonaws.com, kind: NodeClass, name: default }
      requirements: [{ key: kubernetes.io/arch, operator: In, values: [amd64] }]
`;

/** For what `tsc` has compiled before: ts-node would check the types of the bindings again. */
const TYPES_ARE_CHECKED = { TS_NODE_TRANSPILE_ONLY: "1" };

describe("a new user", () => {
  let user: NewUser;
  let files: string[];

  beforeAll(async () => {
    user = await NewUser.begin();
    files = await user.pack();
    await user.cdktfInit();
    // The CLI builds terminal code of its own, which takes longer than all the rest: it is the checkout's.
    for (const line of installLines()) {
      await user.shell(`${line.replace(/ cdktf-cli@\S+/, "")} --no-audit --no-fund --prefer-offline --ignore-scripts`);
    }
    await cp(join(user.folder, "node_modules/cdktf-karpenter/examples/typescript"), join(user.folder, "examples"), {
      recursive: true,
      filter: (source) => !source.endsWith(".test.ts"),
    });
    await user.write("main.ts", blocksOf("ts", "examples/typescript/main.ts")[0]);
    await user.write("__tests__/karpenter.test.ts", blocksOf("ts", "examples/typescript/karpenter.test.ts")[0]);
    await user.write("own-module.ts", OWN_MODULE);
  });

  afterAll(() => user.end());

  it("gets a package that holds the library and its documents, and nothing else", () => {
    expect(files.filter((file) => !IN_PACKAGE.test(file))).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining(["LICENSE", "SECURITY.md", "docs/destroy.md", "clusters.schema.json"]),
    );
  });

  it("finds what README.md and the guides link to inside of the package, and of the published modules", () => {
    const installed = join(user.folder, "node_modules/cdktf-karpenter");
    const pages = files.filter((file) => /^(README|SECURITY|docs\/.*|terraform-aws-karpenter\/.*)\.md$/.test(file));
    expect(pages.length).toBeGreaterThan(20);
    expect(deadLinks(installed, pages)).toEqual([]);
    const published = join(CHECKOUT, "terraform-aws-karpenter");
    expect(
      deadLinks(published, [
        "README.md",
        ...readdirSync(join(published, "docs"))
          .filter(isPage)
          .map((name) => `docs/${name}`),
      ]),
    ).toEqual([]);
  });

  it("installs the versions that are tested here, also where cdktf init has taken the newest of its own", async () => {
    const versions = installLines()
      .flatMap((line) => [...line.matchAll(/ (@?[\w/-]+)@(\d\S*)/g)])
      .map(([, name, version]) => [name, version]);
    expect(versions.length).toBeGreaterThan(10);
    const known = versions.filter(([name]) => name in devDependencies);
    expect(known).toEqual(known.map(([name]) => [name, devDependencies[name]]));
    const resolved = await NewUser.begin();
    try {
      const dev = {
        typescript: "^7.0.2",
        "ts-jest": "^29.4.15",
        "ts-node": "^10.9.2",
        jest: "^30.5.2",
        "@types/node": "^26.0.0",
      };
      await cp(join(user.folder, user.tarball), join(resolved.folder, user.tarball));
      await resolved.write(
        "package.json",
        JSON.stringify({
          name: "platform",
          dependencies: { cdktf: "^0.21.0", constructs: "^10.8.1" },
          devDependencies: dev,
        }),
      );
      for (const line of installLines()) {
        await resolved.shell(`${line} --package-lock-only --no-audit --no-fund --prefer-offline`);
      }
      const { packages } = JSON.parse(resolved.read("package-lock.json")) as {
        packages: Record<string, { version: string }>;
      };
      expect(versions.map(([name]) => [name, packages[`node_modules/${name}`].version])).toEqual(versions);
    } finally {
      await resolved.end();
    }
  });

  it("compiles every example and every way in with the tsconfig.json of cdktf init, and where exports are read", async () => {
    await user.run("npx", ["tsc", "--noEmit"]);
    const modern = ["--module", "Node16", "--moduleResolution", "Node16", "--target", "ES2022", "--types", "node"];
    await user.run("npx", ["tsc", "--noEmit", "--strict", "--skipLibCheck", ...modern, "main.ts", "own-module.ts"]);
    const esm = `import { Karpenter } from "cdktf-karpenter"; import { fleet } from "cdktf-karpenter/stacks";
      import { ModuleStack } from "cdktf-karpenter/module"; if (!Karpenter || !fleet || !ModuleStack) process.exit(1)`;
    await expect(user.run("node", ["--input-type=module", "-e", esm])).resolves.toMatchObject({ code: 0 });
  });

  it("checks manifests and compares releases from the command line, as README.md shows", async () => {
    await mkdir(join(user.folder, "pools"));
    await user.write("pools/pool.yaml", POOL);
    const right = await user.run("npx", ["cdktf-karpenter", "check", "pools/", "--karpenter-version", "1.14.3"]);
    expect(right.stdout).toMatch(/^1 object of Karpenter, 0 other objects left out: 0 errors, 0 warnings$/m);
    await user.write("pools/pool.yaml", POOL.replace("limits:", "limit:"));
    const wrong = user.run("npx", ["cdktf-karpenter", "check", "pools/"]);
    await expect(wrong).rejects.toThrow('"spec.limit" is not known; did you mean "limits"?');
    const { stdout } = await user.run("npx", ["cdktf-karpenter", "upgrade", "--from", "1.9.3", "--to", "1.14.3"]);
    expect(stdout).toContain("1.9.3 → 1.14.3");
  });

  it("begins a project in TypeScript by init, which compiles, synthesizes and passes its test", async () => {
    await user.run("npx", ["cdktf-karpenter", "init", "of-typescript", "--form", "typescript"]);
    await user.run("npx", ["tsc", "--noEmit", "--project", "of-typescript"]);
    const { stderr } = await user.run("npx", [
      "jest",
      "--rootDir=of-typescript",
      "--config=of-typescript/package.json",
    ]);
    expect(stderr).toMatch(/Tests: +1 passed, 1 total/);
    await user.run("npx", ["ts-node", "of-typescript/main.ts"], {
      CDKTF_OUTDIR: "of-typescript/cdktf.out",
      ...TYPES_ARE_CHECKED,
    });
    expect(user.read("of-typescript/cdktf.out/stacks/platform/cdk.tf.json")).toContain("prod-karpenter-controller");
    await expect(user.run("npx", ["cdktf-karpenter", "init", "of-typescript", "--form", "typescript"])).rejects.toThrow(
      "is there already, and nothing is written over",
    );
  });

  it("begins a project in Terraform by init, which passes its test", async () => {
    await user.run("npx", ["cdktf-karpenter", "init", "of-terraform", "--form", "terraform"]);
    const provider = await AwsProvider.start();
    try {
      const folder = join(user.folder, "of-terraform");
      const terraform = await Terraform.in({ folder, mirrors: await standInMirrors(), provider });
      await terraform.init();
      const passed = terraform.test().finally(() => terraform.close());
      await expect(passed).resolves.toContain("Success! 1 passed, 0 failed.");
    } finally {
      await provider?.stop();
    }
  });

  it("runs the tests of README.md with the jest of cdktf init and the set-up file that is shown", async () => {
    expect(user.read("setup.js").replace(/\s+/g, "")).toContain("Testing.setupJest();");
    await user.write("setup.js", blocksOf("js")[0]);
    const { stderr } = await user.run("npx", ["jest", "karpenter"]);
    expect(stderr).toMatch(/Tests: +4 passed, 4 total/);
  });

  it("writes a module of one's own with the charts beside it, by writeModule and by app.synth()", async () => {
    await user.run("npx", ["ts-node", "own-module.ts"], TYPES_ARE_CHECKED);
    for (const [folder, file] of [
      ["own/modules/pools", "main.tf.json"],
      ["own.out/stacks/pools", "cdk.tf.json"],
    ]) {
      const { resource } = JSON.parse(user.read(join(folder, file))) as {
        resource: { helm_release: { pools: { chart: string } } };
      };
      const { chart } = resource.helm_release.pools;
      expect(chart).toMatch(/^\$\{path\.module\}\//);
      expect(user.read(join(folder, chart.replace("${path.module}", "."), "Chart.yaml"))).toContain("name: ");
    }
  });

  it("synthesizes a network, a cluster and Karpenter in one stack, which Terraform finds valid", async () => {
    const app = readFileSync(join(CHECKOUT, "node_modules/cdktf-cli/bundle/templates/typescript/cdktf.json"), "utf8");
    expect(app).toContain('"app": "npx ts-node main.ts"');
    await user.run("npx", ["ts-node", "main.ts"], TYPES_ARE_CHECKED);
    await user.run("npx", ["ts-node", "examples/nodeless-with-cluster.ts"], {
      CDKTF_OUTDIR: "with-cluster.out",
      ...TYPES_ARE_CHECKED,
    });
    const provider = await AwsProvider.start();
    try {
      const folder = join(user.folder, "with-cluster.out/stacks/platform");
      await openVersions(join(folder, "cdk.tf.json"));
      const terraform = await Terraform.in({ folder, mirrors: await standInMirrors(), provider });
      await terraform.init();
      await terraform.validate().finally(() => terraform.close());
    } finally {
      await provider?.stop();
    }
  });

  it("gets the same stack with CDK Terrain under the name of cdktf, as README.md shows", async () => {
    const terrain = join(user.folder, "terrain");
    await mkdir(terrain);
    await user.write("terrain/package.json", blocksOf("json").find((text) => text.includes("cdktn")) ?? "");
    await user.shell(
      `cd terrain && npm install ../${user.tarball} --no-audit --no-fund --prefer-offline --ignore-scripts`,
    );
    await user.run("npx", [
      "tsc",
      "--skipLibCheck",
      "--outDir",
      "terrain",
      "--target",
      "ES2022",
      "--module",
      "CommonJS",
      "main.ts",
    ]);
    await user.run("node", ["terrain/main.js"], { CDKTF_OUTDIR: "there.out" });
    const stack = (out: string) => user.read(`${out}/stacks/platform/cdk.tf.json`);
    expect(withoutMetadata(JSON.parse(stack("there.out")))).toEqual(withoutMetadata(JSON.parse(stack("cdktf.out"))));
    expect(stack("there.out")).not.toBe(stack("cdktf.out"));
  });
});

/** The bindings ask for the release that they were generated from; the machine has the one that it has. */
async function openVersions(file: string): Promise<void> {
  const stack = readFileSync(file, "utf8");
  await writeFile(file, stack.replace(/("version": )"\d+\.\d+\.\d+"/g, '$1">= 3.1"'));
}

const isPage = (name: string): boolean => name.endsWith(".md");

/** Without the comments in which cdktf, or cdktn, says its version. */
function withoutMetadata(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, item: unknown) => (key === "//" ? undefined : item))) as unknown;
}
