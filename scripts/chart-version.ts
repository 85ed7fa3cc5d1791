/**
 * Makes the versions of the charts that ship with this library follow their files, so that a plan shows a changed template:
 * Helm's provider sees the version of a chart in a folder, and nothing else of it. `npm run synth` runs this first.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { chartFolder, OWN_CHARTS, versionOf } from "../lib/kubernetes/packaged-chart";

const CHART = "Chart.yaml";

/**
 * The version that the chart in a folder must have: its own without what stands behind a hyphen, and a hash of all its files
 * but this very line. The same files make the same version, on every machine.
 *
 * It is a pre-release and no build metadata, for a registry's tag holds no plus sign; and a word stands before the hash, for
 * one of digits alone would be a number that begins with zero.
 */
export function contentVersion(folder: string): string {
  const hash = createHash("sha256");
  for (const [name, text] of filesOf(folder)) {
    hash.update(JSON.stringify([name, name === CHART ? withVersion(text, "") : text]));
  }
  const [release] = versionOf(readFileSync(join(folder, CHART), "utf8")).split("-");
  return `${release}-content-${hash.digest("hex").slice(0, 12)}`;
}

/** The folder's files with the line ends that they have in Git, in the order of their names. */
function filesOf(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name): [string, string] => [
      name.split(sep).join("/"),
      readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n"),
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Writes that version into the folder's `Chart.yaml`. */
export function stamp(folder: string): void {
  const file = join(folder, CHART);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, withVersion(text, contentVersion(folder)));
}

function withVersion(chartYaml: string, version: string): string {
  return chartYaml.replace(/^version: .*$/m, `version: ${version}`);
}

if (require.main === module) {
  OWN_CHARTS.forEach((name) => stamp(chartFolder(name)));
}
