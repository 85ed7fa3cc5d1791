import type { ByPatch, ChartValue, ChartWebhook, KarpenterChart, MinorVersion, YankedRelease } from "./minor-version";
import { atLastPatch, minorOf, patchOf } from "./minor-version";
import type { PolicyChanges } from "./policy-statement";
import { changedPolicies } from "./policy-statement";

/** A minor version as its own file says it; how long it is supported follows from what comes after it. */
export interface MinorVersionData extends Omit<MinorVersion, "support"> {
  /** The last month of its long-term support, `July 2027`. */
  readonly longTermUntil?: string;
}

/** What a minor version is, beside what it has of the minor version before it. */
export interface MinorVersionChange extends Partial<
  Omit<MinorVersionData, "minorVersion" | "releases" | "yanked" | "chart" | "kubernetes" | "crds">
> {
  /** The last release; all patches before it exist but the unpublished ones. */
  readonly newest: string;
  /** Patches that were never published. */
  readonly unpublished?: readonly number[];
  readonly yanked?: readonly YankedRelease[];
  readonly chart?: ChartChange;
  readonly crds?: ByPatch<MinorVersionData["crds"][number]>;
  readonly kubernetes?: ByPatch<MinorVersionData["kubernetes"][number]>;
  /** What changes in the controller's policies, unless they are given as a whole. */
  readonly policies?: PolicyChanges;
}

/** What changes in the chart's values; null for what is gone. */
export interface ChartChange {
  readonly versionPrefix?: "v" | "";
  readonly settings?: Changes<ChartValue>;
  readonly featureGates?: Changes<ChartValue>;
  readonly awsFeatureGates?: Changes<ChartValue>;
  readonly crdAnnotations?: true;
  readonly webhook?: ChartWebhook | null;
}

type Changes<T> = Readonly<Record<string, T | null>>;

/** A minor version that differs from the one before it in what is given. */
export function minorVersionAfter(
  before: MinorVersionData,
  { newest, unpublished = [], policies = {}, ...change }: MinorVersionChange,
): MinorVersionData {
  const yanked = change.yanked ?? [];
  return {
    ...before,
    longTermUntil: undefined,
    ...change,
    minorVersion: minorOf(newest),
    releases: Array.from({ length: patchOf(newest) + 1 }, (_, patch) => patch)
      .filter((patch) => !unpublished.includes(patch))
      .map((patch) => `${minorOf(newest)}.${patch}`)
      .filter((release) => !yanked.some((bad) => bad.release === release)),
    yanked,
    chart: chartAfter(before.chart, change.chart ?? {}),
    crds: change.crds ?? { 0: atLastPatch(before.crds) },
    controllerPolicies: change.controllerPolicies ?? changedPolicies(before.controllerPolicies, policies),
    nodeIdentities: change.nodeIdentities ?? { 0: atLastPatch(before.nodeIdentities) },
    kubernetes: change.kubernetes ?? { 0: atLastPatch(before.kubernetes) },
  };
}

function chartAfter(before: KarpenterChart, change: ChartChange): KarpenterChart {
  const webhook = change.webhook === undefined ? webhookAfter(before.webhook) : (change.webhook ?? undefined);
  return {
    versionPrefix: change.versionPrefix ?? before.versionPrefix,
    settings: changed(before.settings, change.settings),
    featureGates: changed(before.featureGates, change.featureGates),
    awsFeatureGates: changed(before.awsFeatureGates, change.awsFeatureGates),
    ...((change.crdAnnotations ?? before.crdAnnotations) === true ? { crdAnnotations: true } : {}),
    ...(webhook === undefined ? {} : { webhook }),
  };
}

function webhookAfter(before: ChartWebhook | undefined): ChartWebhook | undefined {
  return before && { enabled: { 0: atLastPatch(before.enabled) } };
}

/** A record with the changes laid over it, from its first patch on. */
function changed(before: KarpenterChart["settings"], changes: Changes<ChartValue> = {}): KarpenterChart["settings"] {
  const inherited = Object.entries(before).map(([name, value]) => [name, { ...value, fromPatch: undefined }]);
  const all: Changes<ChartValue> = { ...(Object.fromEntries(inherited) as Changes<ChartValue>), ...changes };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, ChartValue] => entry[1] !== null));
}
