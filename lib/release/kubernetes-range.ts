import { ComputedWords, CrossRule, PropertyValues } from "../inputs/cross-rules";
import { matching } from "../inputs/rule";
import { hclString } from "../terraform/expression";
import { atRelease, MinorVersion, KubernetesRange, patchOf } from "../versions/minor-version";
import { KARPENTER_VERSIONS, minorVersionOf, MINOR_VERSIONS_AT_PLAN, newestOf } from "../versions/karpenter-version";
import { MINOR_VERSIONS } from "../versions/minor-versions-by-number";

/** The minor version of a cluster's Kubernetes. */
export const kubernetesVersion = matching("^1[.][0-9]+$", {
  allowed: 'a minor version of Kubernetes such as "1.33"',
  remedy: "write it in quotes, without a v and without a patch",
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
const NOTHING_NEWER = "none that is known here is; a newer one needs a newer version of this project";
const NOTHING_OLDER = "none that is known here is; update the cluster first";

const range: ComputedWords = {
  of: ({ karpenterVersion }) => {
    const { from, to } = rangeOf(String(karpenterVersion));
    return `${from} to ${to}`;
  },
  terraform: 'format("1.%d to 1.%d", local.kubernetes_range.from, local.kubernetes_range.to)',
};

const remedy: ComputedWords = {
  of: ({ karpenterVersion, kubernetesVersion }) => {
    const isTooNew = minor(String(kubernetesVersion)) > minor(rangeOf(String(karpenterVersion)).to);
    const release = nearest(MINOR_VERSIONS, String(kubernetesVersion), isTooNew);
    return release === undefined ? (isTooNew ? NOTHING_NEWER : NOTHING_OLDER) : take(release);
  },
  terraform:
    `${kubernetesMinor()} > local.kubernetes_range.to` +
    ` ? ${nearestAtPlan(true, NOTHING_NEWER)} : ${nearestAtPlan(false, NOTHING_OLDER)}`,
};

/** A release is made for some versions of Kubernetes. https://karpenter.sh/docs/upgrading/compatibility/ */
export const kubernetesRangeRules: readonly CrossRule[] = [
  {
    properties: ["karpenterVersion", "kubernetesVersion"],
    refusal:
      '"{karpenterVersion}" is <karpenterVersion>, but must be a release for Kubernetes <kubernetesVersion>, and is for ' +
      "<range>; <remedy>",
    computed: { range, remedy },
    accepts: ({ karpenterVersion, kubernetesVersion: kubernetes }: PropertyValues) =>
      kubernetes === undefined ||
      !KARPENTER_VERSIONS.includes(String(karpenterVersion)) ||
      !kubernetesVersion.accepts(String(kubernetes)) ||
      isIn(rangeOf(String(karpenterVersion)), String(kubernetes)),
    terraform:
      "var.kubernetes_version == null ? true : " +
      `${kubernetesMinor()} >= local.kubernetes_range.from && ${kubernetesMinor()} <= local.kubernetes_range.to`,
  },
];

function rangeOf(release: string): KubernetesRange {
  return atRelease(minorVersionOf(release).kubernetes, release);
}

function kubernetesMinor(): string {
  return 'try(tonumber(split(".", var.kubernetes_version)[1]), 0)';
}

/** The nearest release for each version of Kubernetes that some release is too old for, or too new, in Terraform. */
function nearestAtPlan(isTooNew: boolean, nothing: string): string {
  const ranges = madeFor(MINOR_VERSIONS_AT_PLAN).map(({ range: { from, to } }) => ({
    from: minor(from),
    to: minor(to),
  }));
  const [oldest, newest] = [Math.min(...ranges.map(({ from }) => from)), Math.max(...ranges.map(({ to }) => to))];
  const entries = Array.from({ length: newest - oldest + 1 }, (_, index) => oldest + index)
    .filter((known) => ranges.some(({ from, to }) => (isTooNew ? known > to : known < from)))
    .map((known) => `1.${known}`)
    .map((known) => `${hclString(known)} = ${hclString(take(nearest(MINOR_VERSIONS_AT_PLAN, known, isTooNew) ?? ""))}`);
  return `try({${entries.join(", ")}}[var.kubernetes_version], ${hclString(nothing)})`;
}

/** The Kubernetes that a release is made for, as Terraform's `local.kubernetes_range`: numbers of minor versions. */
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
