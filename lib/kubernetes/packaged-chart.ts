import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Construct } from "constructs";
import { AssetType, TerraformAsset, TerraformStack, Token } from "cdktf";
import { ModuleAsset } from "../module/module-asset";
import { ModuleStack } from "../module/module-stack";
import { tf, tfString } from "../terraform/expression";

/** The charts that ship with this library. */
export const OWN_CHARTS = ["aws-auth", "fargate-logging", "flow-schemas", "guard", "monitoring", "node-pools"] as const;

/** One of them. */
export type OwnChart = (typeof OWN_CHARTS)[number];

/** Which chart a release takes, and in which version. */
export interface ChartSource {
  readonly chart: string;
  readonly version?: string;
}

const REGISTRY = "^oci://";

/** The folder of a chart that ships with this library. */
export function chartFolder(name: OwnChart): string {
  return join(__dirname, "charts", name);
}

/**
 * The chart that ships with this library, or one's own in its place.
 *
 * A plan shows a changed template by the version, which follows the chart's files: a registry is
 * asked for just that version, and a folder or a file has the version that it has.
 */
export function chartSource(scope: Construct, name: OwnChart, own: string | undefined): ChartSource {
  const version = chartVersion(name);
  if (own === undefined) {
    return { chart: packagedChart(scope, name), version };
  }
  if (!Token.isUnresolved(own)) {
    return own.startsWith("oci://") ? { chart: own, version } : { chart: own };
  }
  const isOurVersion = tf`${own} == null ? true : can(regex(${REGISTRY}, ${own}))`;
  return {
    chart: tfString`coalesce(${own}, ${packagedChart(scope, name)})`,
    version: tfString`${isOurVersion} ? ${version} : null`,
  };
}

/** The path of such a chart as the stack names it, and with which it travels: beside a module's files, or with a deployment. */
function packagedChart(scope: Construct, name: OwnChart): string {
  const stack = TerraformStack.of(scope);
  if (stack instanceof ModuleStack) {
    const id = `chart-${name}`;
    const asset =
      (stack.node.tryFindChild(id) as ModuleAsset | undefined) ??
      new ModuleAsset(stack, id, { source: chartFolder(name), path: `charts/${name}` });
    return asset.modulePath;
  }
  const { id, addr } = scope.node;
  const asset = new TerraformAsset(stack, `${id}-chart-${addr.slice(-8)}`, {
    path: chartFolder(name),
    type: AssetType.DIRECTORY,
    assetHash: hashes.get(name),
  });
  hashes.set(name, asset.assetHash);
  return asset.path;
}

const versions = new Map<OwnChart, string>();

/** The version of such a chart, as its `Chart.yaml` says it: `npm run synth` makes it follow the chart's files. */
export function chartVersion(name: OwnChart): string {
  let version = versions.get(name);
  if (version === undefined) {
    version = versionOf(readFileSync(join(chartFolder(name), "Chart.yaml"), "utf8"));
    versions.set(name, version);
  }
  return version;
}

/** The version that a `Chart.yaml` says. */
export function versionOf(chartYaml: string): string {
  const found = /^version: (\S+)\s*$/m.exec(chartYaml);
  if (found === null) {
    throw new Error(`"version" is missing in a Chart.yaml, but must be there:\n${chartYaml}`);
  }
  return found[1];
}

/** The charts' hashes, which a process need not work out from all their files for every stack: they do not change. */
const hashes = new Map<OwnChart, string>();
