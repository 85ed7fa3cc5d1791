/** Terraform itself finds nothing wrong with any published module or example. The checkout's own examples are the same files. */
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";

import { RunningProvider } from "../cloud/running-provider";
import { standInMirrors } from "../cloud/stand-in-providers";
import { Terraform } from "../cloud/terraform";
import { copyModules, MODULES } from "../support/account";

const CHECKOUT = join(__dirname, "../..");
/** How the examples name the module: its place in a registry. */
const REGISTRY_SOURCE = /"[^"\s]*\/karpenter\/aws(\/\/[^"]*)?"/g;

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

  /** Names a folder's modules by their place in the copy instead of in the registry. */
  const useLocalModules = async (folder: string): Promise<void> => {
    const modules = relative(folder, join(copy, basename(MODULES)));
    for (const name of await readdir(folder)) {
      if (!/\.tf(\.json)?$/.test(name)) continue;
      const text = await readFile(join(folder, name), "utf8");
      const local = text.replace(
        REGISTRY_SOURCE,
        (_, below: string | undefined) => `"${join(modules, below?.slice(2) ?? "")}"`,
      );
      await writeFile(join(folder, name), local);
    }
  };

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
    await useLocalModules(folder);
    const terraform = await Terraform.in({ folder, mirrors, env: provider?.env() });
    await terraform.init();
    await expect(terraform.validate()).resolves.toBeUndefined();
  });
});
