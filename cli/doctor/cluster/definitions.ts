/** The CRDs, against those that the release needs. */
import type { CustomResource } from "../../../lib/versions";
import { atRelease, minorVersionOf, releaseTakenFor } from "../../../lib/versions";
import type { KubernetesObject } from "../../kubernetes/kubernetes";
import { check } from "../check";
import { controller, release } from "../installed";
import type { Verdict } from "../verdict";
import { error, ok, orOk } from "../verdict";

/** A custom resource definition. */
export interface Definition extends KubernetesObject {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
}

/** What the release needs, and what there is. */
export interface DefinitionFacts {
  readonly karpenterVersion: string;
  readonly isInstalled: boolean;
  readonly definitions: readonly Definition[];
}

export function judgeDefinitions({ karpenterVersion, isInstalled, definitions }: DefinitionFacts): readonly Verdict[] {
  const wanted = atRelease(minorVersionOf(karpenterVersion).crds, releaseTakenFor(karpenterVersion));
  const found = (resource: CustomResource): Definition | undefined =>
    definitions.find(({ spec }) => spec.group === resource.group && spec.names.kind === resource.kind);
  return !isInstalled && wanted.every((resource) => found(resource) === undefined)
    ? [ok("none of Karpenter's CRDs is there, and no controller that needs them")]
    : orOk(
        wanted.flatMap((resource) => problemOf(resource, found(resource), karpenterVersion)),
        `the ${wanted.length} CRDs of Karpenter ${karpenterVersion} are there`,
      );
}

function problemOf(wanted: CustomResource, found: Definition | undefined, release: string): readonly Verdict[] {
  const title = `the CRD of ${wanted.kind} (${wanted.group})`;
  if (found === undefined) {
    return [
      error(
        `${title} is missing, which Karpenter ${release} needs; apply again, or docs/auto-mode.md where it is not yours`,
      ),
    ];
  }
  const served = found.spec.versions.filter((version) => version.served).map(({ name }) => name);
  const missing = wanted.served.filter((version) => !served.includes(version));
  return missing.length === 0
    ? []
    : [
        error(
          `${title} serves ${served.join(", ")}, but must ${missing.join(", ")} for Karpenter ${release}; apply again`,
        ),
      ];
}

export const DEFINITION_CHECKS = [
  check(
    "crds",
    async ({ ask, kubernetes }): Promise<DefinitionFacts> => ({
      karpenterVersion: await ask(release),
      isInstalled: (await ask(controller)) !== undefined,
      definitions: await kubernetes.list<Definition>("/apis/apiextensions.k8s.io/v1/customresourcedefinitions"),
    }),
    judgeDefinitions,
  ),
];
