/**
 * The helm and kubernetes providers where Terraform cannot get the real ones: stand-ins of ours, built from e2e/providers.
 * A provider in a mirror on the machine is used instead, and so is the registry when the user says that it can be reached.
 */
import { chmod, copyFile, link, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";

import { cached, fingerprint } from "./cache";
import { goBuild } from "./go-install";
import { findMirrors, type ProviderMirror } from "./provider-mirror";
import { runOrThrow } from "./run";
import { GO, requireTools } from "./tools";

/** Set to anything by those whose machine reaches the registry: then there are no stand-ins. */
export const REAL_PROVIDERS = "E2E_REAL_PROVIDERS";

/** What tests need to know about the providers that they get. */
export interface StandInMirror {
  /** A folder to give to `Terraform.in` among its mirrors. Undefined when all the providers are real. */
  readonly mirror: string | undefined;
  /** The providers that are stand-ins, for example `hashicorp/helm 3.1.1`. */
  readonly standIns: readonly string[];
}

const SOURCES = join(__dirname, "..", "providers");
const HOST = "registry.terraform.io";
const STAND_INS = [
  { name: "hashicorp/helm", version: "3.1.1" },
  { name: "hashicorp/kubernetes", version: "2.38.0" },
] as const;

/** The stand-ins of the providers that neither a mirror on this machine nor, by the user's word, the registry has. */
export function missingProviders(
  mirrors: readonly ProviderMirror[] = findMirrors(),
  env: NodeJS.ProcessEnv = process.env,
): readonly { readonly name: string; readonly version: string }[] {
  if (env[REAL_PROVIDERS]) {
    return [];
  }
  const installed = new Set(mirrors.flatMap(({ providers }) => providers));
  return STAND_INS.filter(({ name }) => !installed.has(`${HOST}/${name}`));
}

/** Builds the stand-ins, if this machine lacks them, and lays them out as a provider mirror. The first time takes minutes. */
export async function standInMirror(log?: (line: string) => void): Promise<StandInMirror> {
  const missing = missingProviders();
  if (missing.length === 0) {
    return { mirror: undefined, standIns: [] };
  }

  const program = await goBuild("stand-in-providers", SOURCES, { log });
  const mirror = await cached("stand-in-mirror", fingerprint(program, JSON.stringify(missing)), async (unfinished) => {
    const platform = await goPlatform();
    for (const { name, version } of missing) {
      const folder = join(unfinished, HOST, name, version, platform);
      await mkdir(folder, { recursive: true });
      // The program goes by its name. Terraform looks for the same name on every system but Windows.
      const suffix = program.endsWith(".exe") ? ".exe" : "";
      await place(program, join(folder, `terraform-provider-${basename(name)}_v${version}${suffix}`));
    }
  });
  const standIns = missing.map(({ name, version }) => `${name} ${version}`);
  log?.(`stand-ins, not the real providers: ${standIns.join(", ")}`);
  return { mirror, standIns };
}

/** The mirrors to give to `Terraform.in`: that of the stand-ins, where there are any. */
export async function standInMirrors(log?: (line: string) => void): Promise<string[]> {
  const { mirror } = await standInMirror(log);
  return mirror === undefined ? [] : [mirror];
}

/** The system that Go builds for, as Terraform names it in a mirror. */
async function goPlatform(): Promise<string> {
  const [go] = requireTools([GO]) as [string];
  const { stdout } = await runOrThrow(go, ["env", "GOOS", "GOARCH"], { cwd: SOURCES });
  return stdout.trim().split(/\s+/).join("_");
}

/** The same file once more; copied where it cannot be linked. */
async function place(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch {
    await copyFile(from, to);
    await chmod(to, 0o755);
  }
}
