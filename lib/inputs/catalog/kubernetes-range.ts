import type { ComputedWords, CrossRule } from "../cross-rule";
import type { At } from "../predicate";
import { predicate } from "../predicate";
import { matching } from "../rule";
import { hclString } from "../../terraform/expression";
import type { MinorVersion, KubernetesRange } from "../../versions/minor-version";
import { atRelease, patchOf } from "../../versions/minor-version";
import {
  isOfNewerMinorVersion,
  mayBeTaken,
  minorVersionOf,
  MINOR_VERSIONS_AT_PLAN,
  newestOf,
  releaseTakenFor,
} from "../../versions/karpenter-version";
import { MINOR_VERSIONS } from "../../versions/minor-versions-by-number";
import { isNewerAtPlan } from "./karpenter-version";

/** The minor version of a cluster's Kubernetes. */
export const kubernetesVersion = matching("^1[.][1-9][0-9]+$", {
  allowed: 'a minor version of Kubernetes such as "1.33"',
  remedy: "write it in quotes, for 1.30 without them is the number 1.3, and without a v and a patch",
});

/** A release and the Kubernetes that it is made for. */
interface MadeFor {
  readonly release: string;
  readonly range: KubernetesRange;
}

function madeFor(minorVersions: readonly MinorVersion[]): readonly MadeFor[] {
  return minorVersions.flatMap(({ releases, kubernetes }) =>
    releases.map((release) => ({ release, range: atRelease(kubernetes, release) })),
  );
}

/** `33` of Kubernetes 1.33. */
function minor(version: string): number {
  return Number(version.split(".")[1]);
}

function isIn({ from, to }: KubernetesRange, kubernetes: string): boolean {
  return minor(from) <= minor(kubernetes) && minor(kubernetes) <= minor(to);
}

/** The nearest release for a Kubernetes that is too new for a release, or too old: the newest of the nearest minor version. */
function nearest(minorVersions: readonly MinorVersion[], kubernetes: string, isTooNew: boolean): string | undefined {
  const fitting = minorVersions.filter((minorVersion) =>
    isIn(atRelease(minorVersion.kubernetes, newestOf(minorVersion)), kubernetes),
  );
  const minorVersion = isTooNew ? fitting[0] : fitting.at(-1);
  return minorVersion && newestOf(minorVersion);
}

const take = (release: string) => `take "${release}"`;
const nothingNewer = (property: string) =>
  `none that is known here is; take a newer minor version of Karpenter with "${property}" set to true`;
const NOTHING_OLDER = "none that is known here is; update the cluster first";

/** What the range of the chosen release is called among the values of a plan; see {@link kubernetesRangeAtPlan}. */
const RANGE = "kubernetesRange";

const range: ComputedWords = {
  of: ({ karpenterVersion }) => {
    const { from, to } = rangeOf(String(karpenterVersion));
    return `${from} to ${to}`;
  },
  terraform: (at) => `format("1.%d to 1.%d", ${at(RANGE)}.from, ${at(RANGE)}.to)`,
};

const remedy: ComputedWords = {
  of: ({ karpenterVersion, kubernetesVersion }) => {
    const isTooNew = isTooNewFor(String(karpenterVersion), String(kubernetesVersion));
    const release = nearest(MINOR_VERSIONS, String(kubernetesVersion), isTooNew);
    return release === undefined
      ? isTooNew
        ? nothingNewer("allowNewerKarpenterVersion")
        : NOTHING_OLDER
      : take(release);
  },
  terraform: (at, nameOf) =>
    `${kubernetesMinor(at)} > ${at(RANGE)}.to` +
    ` ? ${nearestAtPlan(at, true, nothingNewer(nameOf("allowNewerKarpenterVersion")))} : ${nearestAtPlan(at, false, NOTHING_OLDER)}`,
};

/**
 * A release is made for some versions of Kubernetes. How new a Kubernetes may be for a minor version of Karpenter that is
 * not known here, nobody here can say, so that is not refused. https://karpenter.sh/docs/upgrading/compatibility/
 */
export const kubernetesRangeRules: readonly CrossRule[] = [
  {
    refusal:
      '"{karpenterVersion}" is <karpenterVersion>, but must be a release for Kubernetes <kubernetesVersion>, and is for ' +
      "<range>; <remedy>",
    computed: { range, remedy },
    condition: predicate(
      ({ karpenterVersion, kubernetesVersion: kubernetes }) =>
        kubernetes === undefined ||
        !mayBeTaken(String(karpenterVersion)) ||
        !kubernetesVersion.accepts(String(kubernetes)) ||
        isIn(rangeOf(String(karpenterVersion)), String(kubernetes)) ||
        (isOfNewerMinorVersion(String(karpenterVersion)) && isTooNewFor(String(karpenterVersion), String(kubernetes))),
      (at) =>
        `${at("kubernetesVersion")} == null ? true : ${kubernetesMinor(at)} >= ${at(RANGE)}.from && ` +
        `(${kubernetesMinor(at)} <= ${at(RANGE)}.to || ${isNewerAtPlan(at("karpenterVersion"))})`,
    ),
  },
];

function rangeOf(release: string): KubernetesRange {
  return atRelease(minorVersionOf(release).kubernetes, releaseTakenFor(release));
}

function isTooNewFor(release: string, kubernetes: string): boolean {
  return minor(kubernetes) > minor(rangeOf(release).to);
}

function kubernetesMinor(at: At): string {
  return `try(tonumber(split(".", ${at("kubernetesVersion")})[1]), 0)`;
}

/** The nearest release for each version of Kubernetes that some release is too old for, or too new, in Terraform. */
function nearestAtPlan(at: At, isTooNew: boolean, nothing: string): string {
  const ranges = madeFor(MINOR_VERSIONS_AT_PLAN).map(({ range: { from, to } }) => ({
    from: minor(from),
    to: minor(to),
  }));
  const [oldest, newest] = [Math.min(...ranges.map(({ from }) => from)), Math.max(...ranges.map(({ to }) => to))];
  const entries = Array.from({ length: newest - oldest + 1 }, (_, index) => oldest + index)
    .filter((known) => ranges.some(({ from, to }) => (isTooNew ? known > to : known < from)))
    .map((known) => `1.${known}`)
    .map((known) => `${hclString(known)} = ${hclString(take(nearest(MINOR_VERSIONS_AT_PLAN, known, isTooNew) ?? ""))}`);
  return `try({${entries.join(", ")}}[${at("kubernetesVersion")}], ${hclString(nothing)})`;
}

/** The Kubernetes that a known release is made for, as {@link kubernetesRangeAtPlan} says it. */
export function knownKubernetesRange(release: string): string {
  const { from, to } = rangeOf(release);
  return `{ from = ${minor(from)}, to = ${minor(to)} }`;
}

/** The Kubernetes that a release is made for, in Terraform: numbers of minor versions. */
export function kubernetesRangeAtPlan(release: string): string {
  const number = (version: string) => minor(version) * 1000 + patchOf(version);
  const all = madeFor(MINOR_VERSIONS_AT_PLAN);
  const bands = all.filter(
    ({ range }, index) =>
      index === 0 || range.from !== all[index - 1].range.from || range.to !== all[index - 1].range.to,
  );
  const list = bands.map(
    ({ release: first, range: { from, to } }) =>
      `{ since = ${number(first)}, from = ${minor(from)}, to = ${minor(to)} }`,
  );
  const own = `tonumber(split(".", ${release})[1]) * 1000 + tonumber(split(".", ${release})[2])`;
  return `reverse([for band in [${list.join(", ")}] : band if band.since <= ${own}])[0]`;
}
