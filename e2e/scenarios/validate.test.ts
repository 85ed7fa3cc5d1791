/** Terraform itself finds nothing wrong with any published module or example. The checkout's own examples are the same files. */
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";

import { AwsProvider } from "../cloud/aws-provider";
import { standInMirrors } from "../cloud/stand-in-providers";
import { Terraform } from "../cloud/terraform";
import { copyModules, MODULES } from "../support/account";

const CHECKOUT = join(__dirname, "../..");

const foldersIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
        .map((entry) => join(folder, entry.name))
    : [];

describe("terraform validate", () => {
  let copy: string;
  let mirrors: string[];
  let provider: AwsProvider | undefined;

  beforeAll(async () => {
    mirrors = await standInMirrors();
    copy = await mkdtemp(join(tmpdir(), "karpenter-validate-"));
    await copyModules(join(copy, basename(MODULES)));
    provider = await AwsProvider.start();
  });

  afterAll(async () => {
    await provider?.stop();
    await rm(copy, { recursive: true, force: true });
  });

  async function initialized(path: string): Promise<Terraform> {
    const folder = join(copy, path);
    const terraform = await Terraform.in({ folder, mirrors, provider });
    await terraform.init();
    return terraform;
  }

  it.each(
    [MODULES, ...foldersIn(join(MODULES, "modules")), ...foldersIn(join(MODULES, "examples"))].map((folder) =>
      relative(CHECKOUT, folder),
    ),
  )("accepts %s", async (path) => {
    const terraform = await initialized(path);
    await expect(terraform.validate().finally(() => terraform.close())).resolves.toBeUndefined();
  });

  it.each([
    ["module", "", 2],
    ["nodeless example", "examples/nodeless", 1],
  ])("finds that the test of the %s passes with the mocks that ship with it", async (_, path, runs) => {
    const terraform = await initialized(join(basename(MODULES), path));
    const passed = `Success! ${runs} passed, 0 failed.`;
    await expect(terraform.test().finally(() => terraform.close())).resolves.toContain(passed);
  });

  async function dependencies(path: string, address: string): Promise<ReadonlySet<string>> {
    const terraform = await initialized(path);
    return terraform.dependenciesOf(address).finally(() => terraform.close());
  }

  it("finds that nodes go before what lets them join, also those of another role", async () => {
    const release = "module.karpenter.module.node_pools.helm_release.karpenter";
    const waitsFor = await dependencies(join(basename(MODULES), "examples/windows-nodes"), release);
    const oneOfEach = ["aws_eks_access_entry.node_access", "aws_iam_role_policy_attachment.node_amazon_eks_cni_policy"];
    for (const module of ["module.karpenter.module.node_identity", "module.windows_nodes"]) {
      for (const resource of oneOfEach) {
        expect(waitsFor).toContain(`${module}.${resource}`);
      }
    }
  });

  it("finds that no release waits for the rules that fill the queue", async () => {
    const waitsFor = await dependencies(basename(MODULES), "module.node_pools.helm_release.karpenter");
    expect(waitsFor).toContain("module.controller.helm_release.karpenter_controller");
    expect(waitsFor).toContain("module.interruption_queue.aws_sqs_queue.interruption");
    expect([...waitsFor].filter((address) => address.includes("aws_cloudwatch_event_target"))).toEqual([]);
  });
});
