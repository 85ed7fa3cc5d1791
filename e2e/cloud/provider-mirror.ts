/**
 * Where Terraform gets its providers. A mirror installed on the machine is used for what it holds; everything else comes
 * from the registry. So the tests also run where no registry can be reached.
 */
import { existsSync, readdirSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

import { cached, fingerprint } from "./cache";

/** A folder laid out as HOST/NAMESPACE/TYPE/VERSION/OS_ARCH, and the providers in it that run on this machine. */
export interface ProviderMirror {
  readonly folder: string;
  /** As in `required_providers`: HOST/NAMESPACE/TYPE. */
  readonly providers: readonly string[];
}

const STANDARD_ROOTS = [join(homedir(), ".terraform.d"), "/usr/share", "/usr/local/share", "/opt"];
const SEARCH_DEPTH = 2;
/** What Terraform and cdktf have cached looks like a mirror, and cannot be installed from into itself. */
const PLUGIN_CACHE = "plugin-cache";
const CONFIG_FILE = "cli.tfrc";
const TERRAFORM_HOST = "registry.terraform.io";
const TOFU_HOST = "registry.opentofu.org";

/** This machine, as Terraform names it. */
export const PLATFORM = `${process.platform === "win32" ? "windows" : process.platform}_${{ x64: "amd64", ia32: "386" }[process.arch as string] ?? process.arch}`;

function folders(parent: string): string[] {
  try {
    return readdirSync(parent, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
      .map((entry) => entry.name);
  } catch {
    return []; // Unreadable, or not a folder.
  }
}

/** The mirror in this very folder; undefined when it holds no provider for this machine. */
export function mirrorIn(folder: string): ProviderMirror | undefined {
  const providers: string[] = [];
  for (const host of folders(folder).filter((name) => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(name))) {
    for (const namespace of folders(join(folder, host))) {
      for (const type of folders(join(folder, host, namespace))) {
        const versions = folders(join(folder, host, namespace, type)).filter((name) => /^\d+\.\d+\.\d+/.test(name));
        if (versions.some((version) => existsSync(join(folder, host, namespace, type, version, PLATFORM)))) {
          providers.push(`${host}/${namespace}/${type}`);
        }
      }
    }
  }
  return providers.length > 0 ? { folder, providers: providers.sort() } : undefined;
}

/** The mirrors in the places where packages and administrators install them, a folder or two below the root. */
export function findMirrors(roots: readonly string[] = STANDARD_ROOTS): ProviderMirror[] {
  const found: ProviderMirror[] = [];
  const subfolders = (folder: string): string[] => folders(folder).filter((name) => name !== PLUGIN_CACHE);
  const visit = (folder: string, depth: number): void => {
    const mirror = mirrorIn(folder);
    if (mirror) {
      found.push(mirror);
    } else if (depth < SEARCH_DEPTH) {
      subfolders(folder).forEach((name) => visit(join(folder, name), depth + 1));
    }
  };
  roots.forEach((root) => visit(root, 0));
  return found;
}

const tofuName = (provider: string): string => provider.replace(TERRAFORM_HOST, TOFU_HOST);

/**
 * OpenTofu asks for the same providers under a host name of its own: the same files, linked under that name. It follows a
 * link in the last folder of a mirror only.
 */
async function tofuMirror(mirrors: readonly ProviderMirror[]): Promise<ProviderMirror> {
  const links = mirrors.flatMap(({ folder, providers }) =>
    providers.flatMap((provider) => {
      const versions = join(folder, ...provider.split("/"));
      return folders(versions).map((version) => ({
        from: [...tofuName(provider).split("/"), version],
        to: join(versions, version, PLATFORM),
      }));
    }),
  );
  const key = fingerprint("platforms", JSON.stringify(links));
  const folder = await cached("tofu-mirror", key, async (unfinished) => {
    for (const { from, to } of links.filter((link) => existsSync(link.to))) {
      await mkdir(join(unfinished, ...from), { recursive: true });
      await symlink(to, join(unfinished, ...from, PLATFORM), "dir");
    }
  });
  return { folder, providers: mirrors.flatMap(({ providers }) => providers.map(tofuName)) };
}

/** The text of a CLI configuration: each mirror for what it holds, the registry for the rest. */
export function cliConfig(mirrors: readonly ProviderMirror[]): string {
  const list = (providers: readonly string[]): string => JSON.stringify(providers);
  const blocks = mirrors.map(
    ({ folder, providers }) =>
      `  filesystem_mirror {\n    path    = ${JSON.stringify(folder)}\n    include = ${list(providers)}\n  }\n`,
  );
  // Without this exclusion Terraform would ask the registry too, and choose the newer version of the two.
  const exclude = list(mirrors.flatMap((mirror) => mirror.providers));
  return `disable_checkpoint = true\nprovider_installation {\n${blocks.join("")}  direct {\n    exclude = ${exclude}\n  }\n}\n`;
}

/** What `cliConfigEnv` can be told. */
export interface CliConfigOptions {
  /** Mirrors of the test's own, used before those of the machine. */
  readonly mirrors?: readonly string[];
  /** For OpenTofu instead of Terraform. */
  readonly tofu?: boolean;
}

/** The machine's mirrors after the test's own, each for what no earlier one holds. */
function chooseMirrors(own: readonly string[]): ProviderMirror[] {
  const given = own.map((folder) => {
    const mirror = mirrorIn(folder);
    if (!mirror) {
      throw new Error(`${folder} is no provider mirror: it holds no HOST/NAMESPACE/TYPE/VERSION/${PLATFORM}`);
    }
    return mirror;
  });
  const taken = new Set<string>();
  return [...given, ...findMirrors()].flatMap(({ folder, providers }) => {
    const left = providers.filter((provider) => !taken.has(provider));
    left.forEach((provider) => taken.add(provider));
    return left.length > 0 ? [{ folder, providers: left }] : [];
  });
}

/**
 * Writes the CLI configuration, and returns the environment that makes Terraform, OpenTofu or `cdktf deploy` use it.
 * It is kept in the cache, so that nothing has to be removed after a run that was interrupted.
 */
export async function cliConfigEnv(options: CliConfigOptions = {}): Promise<Record<string, string>> {
  const env: Record<string, string> = { TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" };
  const mirrors = chooseMirrors(options.mirrors ?? []);
  if (mirrors.length === 0) {
    return env;
  }

  const text = cliConfig(options.tofu === true ? [await tofuMirror(mirrors)] : mirrors);
  const folder = await cached("cli", fingerprint(text), (unfinished) => writeFile(join(unfinished, CONFIG_FILE), text));
  return { ...env, TF_CLI_CONFIG_FILE: join(folder, CONFIG_FILE) };
}
