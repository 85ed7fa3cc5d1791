import { isFields, isKnownText } from "../terraform/known-values";
import { AMI_RELEASES, kubernetesMinor } from "../versions";
import { manifestsOf, valueAt } from "./manifests";
import type { NodeObjects } from "./node-objects";

/** An alias of AMIs, and where it stands. */
export interface AmiAlias {
  /** `nodeClasses.default.amiAlias`, `manifests[0].spec.amiSelectorTerms[0].alias`. */
  readonly path: string;
  readonly alias: string;
}

/** Every alias that is known at synth: typed, in terms, in the free form, in a manifest. */
export function amiAliases({ nodeClasses, manifests }: Pick<NodeObjects, "nodeClasses" | "manifests">): AmiAlias[] {
  const ofClasses = Object.entries(isFields(nodeClasses) ? nodeClasses : {}).flatMap(([name, nodeClass]) => [
    { path: `nodeClasses.${name}.amiAlias`, alias: valueAt(nodeClass, "amiAlias") },
    ...inTerms(`nodeClasses.${name}`, nodeClass),
    ...inTerms(`nodeClasses.${name}.spec`, valueAt(nodeClass, "spec")),
  ]);
  const ofManifests = manifestsOf(manifests)
    .filter(({ object }) => object.kind === "EC2NodeClass")
    .flatMap(({ path, object }) => inTerms(`${path}.spec`, object.spec));
  return [...ofClasses, ...ofManifests].filter((found): found is AmiAlias => isKnownText(found.alias));
}

function inTerms(path: string, spec: unknown): { path: string; alias: unknown }[] {
  const terms = valueAt(spec, "amiSelectorTerms");
  return Array.isArray(terms)
    ? terms.map((term, index) => ({ path: `${path}.amiSelectorTerms[${index}].alias`, alias: valueAt(term, "alias") }))
    : [];
}

/** Aliases of families or releases that are known to have no AMI for the cluster's Kubernetes: no node would start. */
export function amiProblems({ kubernetesVersion, ...objects }: NodeObjects): string[] {
  return !isKnownText(kubernetesVersion)
    ? []
    : amiAliases(objects).flatMap(({ path, alias }) => {
        const lack = lackOf(alias, kubernetesVersion);
        return lack === undefined ? [] : [lackInWords(path, JSON.stringify(alias), lack)];
      });
}

/** What is told of an alias that has no AMI: known words, or Terraform's expressions for them. */
export function lackInWords(path: string, alias: string, lack: string): string {
  return `"${path}" is ${alias}, but must be ${lack}`;
}

/** What an alias must be to have an AMI for a Kubernetes; undefined where it has one, or nothing is known. */
export function lackOf(alias: string, kubernetes: string): string | undefined {
  const [family, release = ""] = alias.split("@");
  if (!Object.hasOwn(AMI_RELEASES, family) || !/^1[.][0-9]{2,}$/.test(kubernetes)) {
    return undefined;
  }
  const { none, min, below, max, above } = rowOf(family, kubernetesMinor(kubernetes));
  const number = releaseNumber(release);
  const lack = none !== "" ? none : number < min ? below : number > max ? above : undefined;
  return lack?.replaceAll(KUBERNETES, kubernetes);
}

/** What stands for the cluster's Kubernetes in the words of a row. */
export const KUBERNETES = "{kubernetes}";

/** What is known of a family's releases for one Kubernetes; words complete "must be …". */
export interface AmiRow {
  /** Of a family that has no AMI for it, whatever the release; else empty. */
  readonly none: string;
  readonly min: number;
  /** Of a release below the first. */
  readonly below: string;
  readonly max: number;
  /** Of a release above the last. */
  readonly above: string;
}

/** The numbers of the oldest and the newest Kubernetes of the tables, and one beyond each end, which stands for all there. */
export const KUBERNETES_ROWS: readonly [number, number] = (() => {
  const named = Object.values(AMI_RELEASES).flatMap(({ first = {}, last = {}, from = [], to = [] }) =>
    [...Object.keys(first), ...Object.keys(last)].concat(from, to).map(kubernetesMinor),
  );
  return [Math.min(...named) - 1, Math.max(...named) + 1];
})();

const NO_END = 99_999_999;

/** A row of a family for the minor number of a Kubernetes. */
export function rowOf(family: string, minor: number): AmiRow {
  const { newest, first = {}, last = {}, from, to } = AMI_RELEASES[family];
  const kubernetes = `1.${minor}`;
  const isNewer = newest !== undefined && Object.keys(first).every((known) => kubernetesMinor(known) < minor);
  const [firstRelease, lastRelease] = [first[kubernetes], last[kubernetes]] as (string | undefined)[];
  const release = `a release that has Kubernetes ${KUBERNETES},`;
  const other = `of a family with AMIs for Kubernetes ${KUBERNETES}, and ${family} has none`;
  return {
    none:
      from !== undefined && minor < kubernetesMinor(from)
        ? `${other} before ${from}; take another family, or update the cluster`
        : to !== undefined && minor > kubernetesMinor(to)
          ? `${other} after ${to}; take another family, such as al2023`
          : "",
    ...(isNewer
      ? {
          min: releaseNumber(newest) + 1,
          below: `${release} which none up to "${family}@${newest}" has; take a later one`,
        }
      : firstRelease === undefined
        ? { min: 0, below: "" }
        : {
            min: releaseNumber(firstRelease),
            below: `${release} the first of which is "${family}@${firstRelease}"; take that or a later one`,
          }),
    ...(lastRelease === undefined
      ? { max: NO_END, above: "" }
      : {
          max: releaseNumber(lastRelease),
          above: `${release} the last of which is "${family}@${lastRelease}"; take that or an earlier one, or update the cluster`,
        }),
  };
}

/** `20251108` of v20251108, `1028000` of 1.28.0: a number by which releases of a family compare; none of `latest`. */
function releaseNumber(release: string): number {
  const [, date] = /^v([0-9]{8})$/.exec(release) ?? [];
  const [, major, minor, patch] = (/^v?([0-9]+)[.]([0-9]+)[.]([0-9]+)/.exec(release) ?? []).map(Number);
  return date === undefined ? (major * 1000 + minor) * 1000 + patch : Number(date);
}
