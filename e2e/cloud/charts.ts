/** Karpenter's charts, as they are in its sources: made into what its release publishes. */
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { cached, fingerprint } from "./cache";
import { goModule } from "./go-install";
import { atLeast } from "./tools";

/** Folders with charts of one version of Karpenter. */
export interface KarpenterCharts {
  /** The chart `karpenter`: the controller. */
  readonly karpenter: string;
  /** The chart `karpenter-crd`. */
  readonly crds: string;
}

/** Raised when what is made of the sources changes. */
const FORM = "1";

/**
 * The charts of one version, for example 1.14.3.
 *
 * The sources hold the numbers of an older release: the release process puts in the new ones, which is done here too. The
 * image's digest is dropped, as it is known only after the release. Links are not part of a Go module, so the folders
 * that are links to the definitions get the definitions themselves.
 */
export async function karpenterCharts(version: string, log?: (line: string) => void): Promise<KarpenterCharts> {
  // The project moved when it left the alpha APIs behind, and dropped the "v" of its charts two versions later.
  const module = atLeast(version, "0.33.0") ? "github.com/aws/karpenter-provider-aws" : "github.com/aws/karpenter";
  const published = atLeast(version, "0.35.0") ? version : `v${version}`;
  const folder = await cached(`karpenter-charts-${version}`, fingerprint(FORM), async (unfinished) => {
    log?.(`fetching the charts of Karpenter ${version}, once per machine`);
    const sources = await goModule(module, `v${version}`);
    const [karpenter, crds] = [join(unfinished, "karpenter"), join(unfinished, "karpenter-crd")];
    await copyFolder(join(sources, "charts", "karpenter"), karpenter);
    await copyFolder(join(sources, "charts", "karpenter-crd"), crds);
    for (const missing of [join(karpenter, "crds"), join(crds, "templates")]) {
      if (!existsSync(missing)) {
        await copyFolder(join(sources, "pkg", "apis", "crds"), missing, ".yaml");
      }
    }

    for (const chart of [karpenter, crds]) {
      await edit(join(chart, "Chart.yaml"), [
        [/^version: .*$/m, `version: ${published}`],
        [/^appVersion: .*$/m, `appVersion: ${version}`],
      ]);
    }
    await edit(join(karpenter, "values.yaml"), [
      [/^( {4}tag: ).*$/m, `$1${published}`],
      [/^( {4}digest: )sha256:.*$/m, '$1""'],
    ]);
  });
  return { karpenter: join(folder, "karpenter"), crds: join(folder, "karpenter-crd") };
}

/** Every replacement must find its place: a chart of another form is not what was asked for. */
async function edit(file: string, replacements: readonly (readonly [RegExp, string])[]): Promise<void> {
  let text = await readFile(file, "utf8");
  for (const [pattern, replacement] of replacements) {
    if (!pattern.test(text)) {
      throw new Error(`${file} has no line ${String(pattern)}`);
    }
    text = text.replace(pattern, replacement);
  }
  await writeFile(file, text);
}

/** Files and folders with fresh permissions: in Go's module cache everything is read-only. */
async function copyFolder(from: string, to: string, ending = ""): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      await copyFolder(source, target, ending);
    } else if (entry.name.endsWith(ending)) {
      await writeFile(target, await readFile(source));
    }
  }
}
