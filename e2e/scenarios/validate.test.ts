/** Terraform itself finds nothing wrong with any published module or example. The checkout's own examples are the same files. */
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";

import { RunningProvider } from "../cloud/running-provider";
import { standInMirrors } from "../cloud/stand-in-providers";
import { Terraform } from "../cloud/terraform";
import { copyModules, MODULES, useModules } from "../support/account";

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
  let provider: RunningProvider | undefined;

  beforeAll(async () => {
    mirrors = await standInMirrors();
    copy = await mkdtemp(join(tmpdir(), "karpenter-validate-"));
    await copyModules(join(copy, basename(MODULES)));
    provider = await RunningProvider.start();
  });

  afterAll(async () => {
    await provider?.stop();
    await rm(copy, { recursive: true, force: true });
  });

  it.each(
    [MODULES, ...foldersIn(join(MODULES, "modules")), ...foldersIn(join(MODULES, "examples"))].map((folder) =>
      relative(CHECKOUT, folder),
    ),
  )("accepts %s", async (path) => {
    const folder = join(copy, path);
    await useModules(folder, relative(folder, join(copy, basename(MODULES))));
    const terraform = await Terraform.in({ folder, mirrors, provider });
    await terraform.init();
    await expect(terraform.validate()).resolves.toBeUndefined();
  });
});
