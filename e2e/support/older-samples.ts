/** Two different values for each field of the APIs before v1, with the place where that API has it. */
import { nodeClassSchema, nodePoolSchema } from "../../lib/inputs/catalog/objects";
import { fieldOf } from "../../lib/inputs/versioned-field";
import type { NodeClass } from "../../lib/node-objects/node-class";
import type { NodePool } from "../../lib/node-objects/node-pool";
import { olderObjects } from "../../lib/node-objects/older-objects";
import type { KubernetesObject } from "../../lib/node-objects/kubernetes-object";
import { isIn } from "../../lib/versions/version-bounds";
import { fieldSamples, placeOf, type Sample, samplesOf } from "./field-samples";

export type OlderKind = "nodePools" | "nodeClasses";
type Path = readonly string[];

/** A release of each older API. */
export const OLDER_RELEASES = ["0.31.5", "0.37.8"] as const;
export type OlderRelease = (typeof OLDER_RELEASES)[number];

/** Both kinds with each of them. */
export const OLDER: readonly (readonly [OlderKind, OlderRelease])[] = OLDER_RELEASES.flatMap((release) =>
  (["nodePools", "nodeClasses"] as const).map((kind) => [kind, release] as const),
);

/** Where an older API has a typed field; undefined where it says it in other words, which other tests hold. */
const PLACES: Readonly<Record<OlderRelease, Readonly<Record<OlderKind, (path: Path) => Path | undefined>>>> = {
  "0.37.8": {
    nodePools: (path) =>
      path[0] === "expireAfter"
        ? ["disruption", "expireAfter"]
        : path[0] === "disruption" && path[1] !== "budgets"
          ? undefined
          : placeOf("nodePools", path),
    // The kubelet is one of the pool there.
    nodeClasses: (path) => (path[0] === "kubelet" ? undefined : path),
  },
  "0.31.5": {
    nodePools: ([first, ...rest]) =>
      first === "limits"
        ? ["limits", "resources", ...rest]
        : first === "expireAfter" || first === "disruption"
          ? undefined
          : [first, ...rest],
    nodeClasses: (path) => (path[0] === "kubelet" || path[0].endsWith("SelectorTerms") ? undefined : path),
  },
};

const SCHEMAS = { nodePools: nodePoolSchema, nodeClasses: nodeClassSchema };

/** Samples of every field that the API itself has, at every depth. */
export function freeSamples(kind: OlderKind, release: OlderRelease): Sample[] {
  return known(samplesOf(fieldOf(SCHEMAS[kind].fields.spec, release), []), release).filter(
    ({ path }) => path.length > 0,
  );
}

/** Samples of the typed fields that the release knows, with their place in its API. */
export function typedSamples(kind: OlderKind, release: OlderRelease): (Sample & { readonly place: Path })[] {
  return known(fieldSamples(kind), release).flatMap((sample) => {
    const place = PLACES[release][kind](sample.path);
    return place === undefined ? [] : [{ ...sample, place }];
  });
}

function known(all: readonly Sample[], release: string): Sample[] {
  return all.filter(({ path }) =>
    all
      .filter(({ path: other }) => other.every((key, index) => path[index] === key))
      .every(({ field }) => isIn(field, release)),
  );
}

/** The objects of an older API that pools or classes become, in the same order. */
export function olderObjectsOf(
  kind: OlderKind,
  karpenterVersion: string,
  inputs: readonly object[],
): KubernetesObject[] {
  const named = Object.fromEntries(inputs.map((input, index) => [`case-${index}`, input as NodePool & NodeClass]));
  const nodeClassDefaults = { instanceProfile: "default", subnetSelectorTerms: [{ id: "subnet-0" }] };
  return olderObjects({ nodePools: {}, nodeClasses: {}, karpenterVersion, nodeClassDefaults, [kind]: named }) ?? [];
}
