/** Objects of our Helm releases that are gone or were changed by hand, which a plan of Terraform cannot see. */
import { parseAllDocuments } from "yaml";
import type { HelmRevision } from "../../kubernetes/helm-releases";
import type { Kubernetes, KubernetesObject } from "../../kubernetes/kubernetes";
import { check } from "../check";
import type { Sources } from "../sources";
import type { Verdict } from "../verdict";
import { error, orOk, warning } from "../verdict";
import type { Difference } from "./differences";
import { differences } from "./differences";
import { releases } from "./releases";

/** An object of a release, as the release says it and as it is. */
export interface Drifting {
  readonly release: string;
  readonly namespace: string;
  readonly wanted: KubernetesObject;
  /** Undefined where it is gone. */
  readonly found: KubernetesObject | undefined;
}

const MOST_DIFFERENCES = 3;

export function judgeDrift(objects: readonly Drifting[]): readonly Verdict[] {
  return orOk(objects.flatMap(problemOf), `${objects.length} objects of the releases are as these say`);
}

function problemOf({ release, namespace, wanted, found }: Drifting): readonly Verdict[] {
  const { kind, metadata } = wanted;
  const place = metadata.namespace === undefined ? "" : `${metadata.namespace}/`;
  const title = `${kind} ${place}${metadata.name} of the release ${release}`;
  const repair = `no plan sees it; helm -n ${namespace} get manifest ${release} | kubectl -n ${namespace} apply --server-side --force-conflicts -f -`;
  if (found === undefined) {
    return [error(`${title} is gone; ${repair}`)];
  }
  const all = differences(wanted, found);
  if (all.length === 0) {
    return [];
  }
  const more = all.length - MOST_DIFFERENCES;
  const words = all.slice(0, MOST_DIFFERENCES).map(inWords).join(", ");
  return [warning(`${title} was changed: ${words}${more > 0 ? ` and ${more} more` : ""}; ${repair}`)];
}

function inWords({ path, wanted, found }: Difference): string {
  return `${path} is ${short(found)}, and was ${short(wanted)}`;
}

function short(value: unknown): string {
  const text = value === undefined ? "missing" : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

async function drifting({ ask, kubernetes }: Sources): Promise<readonly Drifting[]> {
  const deployed = (await ask(releases)).filter(({ status }) => status === "deployed");
  const find = finder(kubernetes);
  return Promise.all(
    deployed.flatMap((revision) =>
      objectsOf(revision).map(async (wanted) => {
        const found = await find(wanted, revision.namespace);
        return { release: revision.release, namespace: revision.namespace, wanted, found };
      }),
    ),
  );
}

/** The objects of a release's manifest. */
export function objectsOf({ manifest }: Pick<HelmRevision, "manifest">): readonly KubernetesObject[] {
  return [...parseAllDocuments(manifest)]
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Finds objects by their kind, in the namespace of the release where they name none. */
function finder(
  kubernetes: Kubernetes,
): (object: KubernetesObject, namespace: string) => Promise<KubernetesObject | undefined> {
  const known = new Map<string, Promise<readonly Resource[]>>();
  const resourcesAt = (base: string): Promise<readonly Resource[]> => {
    const resources =
      known.get(base) ??
      kubernetes.get<{ readonly resources: readonly Resource[] }>(base).then((answer) => answer?.resources ?? []);
    known.set(base, resources);
    return resources;
  };
  return async ({ apiVersion = "", kind, metadata }, namespace) => {
    const base = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const resource = (await resourcesAt(base)).find(({ name, kind: of }) => of === kind && !name.includes("/"));
    if (resource === undefined) {
      return undefined; // Its kind is gone, and it with it.
    }
    const scope = resource.namespaced ? `/namespaces/${metadata.namespace ?? namespace}` : "";
    return kubernetes.get(`${base}${scope}/${resource.name}/${encodeURIComponent(metadata.name)}`);
  };
}

export const DRIFT_CHECKS = [check("drift", drifting, judgeDrift)];
