/**
 * The user's cache folder: what is slow to build (the emulated AWS, compiled programs) and the same for every checkout.
 * It lies outside the checkout, so that a fresh clone finds it again.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join } from "node:path";

const ABANDONED_AFTER_MS = 2 * 60 * 60_000;

/** The cache's folder: `cdktf-karpenter` in XDG_CACHE_HOME, or in `.cache` of the home folder. */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
  // The XDG specification says that a relative path is to be ignored.
  const base =
    env.XDG_CACHE_HOME !== undefined && isAbsolute(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : join(homedir(), ".cache");
  return join(base, "cdktf-karpenter");
}

/** A short key for everything that a cached part depends on. Another input gives another key, so nothing stale is used. */
export function fingerprint(...inputs: readonly string[]): string {
  const hash = createHash("sha256");
  for (const input of inputs) {
    hash.update(`${input.length}:${input}`);
  }
  return hash.digest("hex").slice(0, 16);
}

/**
 * The folder of a cached part; `build` fills it when it is not there yet. It lies in the user's cache folder, or in `root`.
 *
 * It is built beside its place and renamed into it when it is whole, so that neither an interrupted build nor two builds
 * at once leave half a part behind. What is built must therefore not know its own path.
 */
export async function cached(
  name: string,
  key: string,
  build: (folder: string) => Promise<void>,
  root = cacheRoot(),
): Promise<string> {
  const place = join(root, `${name}-${key}`);
  if (existsSync(place)) {
    return place;
  }
  await mkdir(dirname(place), { recursive: true });
  await removeAbandoned(place);
  const unfinished = await mkdtemp(`${place}.unfinished-`);
  try {
    await build(unfinished);
    await rename(unfinished, place);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another process may have been faster; its result is as good as ours.
    if (!existsSync(place)) {
      throw error;
    }
  }
  return place;
}

async function removeAbandoned(place: string): Promise<void> {
  for (const entry of await readdir(dirname(place))) {
    if (!entry.startsWith(`${basename(place)}.unfinished-`)) {
      continue;
    }
    const folder = join(dirname(place), entry);
    const age = await stat(folder).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    );
    if (age > ABANDONED_AFTER_MS) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
