/** What is rendered: the words of files, and of one cluster of a clusters file among them. */
import { flattened, isFields } from "../../lib/terraform/known-values";
import type { Fields } from "../../lib/terraform/known-values";
import type { ClusterConfig, FleetConfig } from "../../stacks/cluster-config";
import { stackId, withDefaults } from "../../stacks/cluster-config";
import { clustersIn, refuseTokenMarks } from "../../stacks/clusters-file";
import { UserError } from "../../stacks/user-error";
import type { FileObject } from "../manifest-files";

/** The inputs of all files together. */
export interface RenderInput {
  /** The inputs of the cluster, or of `NodePools` where there is none. */
  readonly inputs: Fields;
  /** Whether they are those of a cluster. */
  readonly isOfCluster: boolean;
  /** The manifests among them, in their order, with where each stands. */
  readonly manifests: readonly FileObject[];
}

/** Inputs whose maps are merged by name, wherever they stand. */
const BY_NAME: readonly string[] = ["nodePools", "nodeClasses", "nodeOverlays", "capacityBuffers"];

/**
 * Puts together what is said: a document with `clusters` is a clusters file, one with `kind` a manifest, and every other has
 * inputs in the words of this project.
 *
 * @param chosen the cluster's stack or name; needed where there are several
 * @throws UserError with what is said twice, or is not known
 */
export function renderInput(files: readonly FileObject[], chosen?: string): RenderInput {
  files.forEach(({ where, object }) => refuseTokenMarks(object, where));
  const clusters = files.filter(({ object }) => "clusters" in object);
  const whole = files.filter(({ object }) => !("clusters" in object) && ("kind" in object || "apiVersion" in object));
  const words = files.filter((file) => !clusters.includes(file) && !whole.includes(file));
  if (clusters.length > 1) {
    throw new UserError(clusters[1].where, [`it has "clusters", as ${clusters[0].where} has; give one clusters file`]);
  }
  const cluster = clusters.length === 0 ? undefined : chosenCluster(clusters[0], chosen);
  if (cluster === undefined && chosen !== undefined) {
    throw new UserError("command line", [
      `--cluster is "${chosen}", but none of the files has "clusters"; give the clusters file as well, or leave --cluster out`,
    ]);
  }
  const sources = [...(cluster === undefined ? [] : [{ where: clusters[0].where, object: cluster }]), ...words];
  const listed = sources.flatMap(({ where, object }) =>
    flattened((object as Fields).manifests).map((item) => ({ where, object: isFields(item) ? item : {} })),
  );
  const manifests = [...listed, ...whole];
  return {
    inputs: {
      ...merged(sources.map(({ where, object }) => ({ where, object: object as Fields }))),
      ...(manifests.length === 0 ? {} : { manifests: manifests.map(({ object }) => object) }),
    },
    isOfCluster: cluster !== undefined,
    manifests,
  };
}

function chosenCluster({ where, object }: FileObject, chosen: string | undefined): ClusterConfig {
  const { clusters, defaults }: FleetConfig = clustersIn(object, where);
  const all = clusters.map((entry) => withDefaults(entry, defaults));
  const found =
    chosen === undefined
      ? all
      : [
          all.filter((cluster) => stackId(cluster) === chosen),
          all.filter(({ clusterName }) => clusterName === chosen),
        ].find(({ length }) => length > 0);
  if (found?.length === 1) {
    return found[0];
  }
  const allowed = all.map((cluster) => `"${stackId(cluster)}"`).join(", ");
  const given = chosen === undefined ? "--cluster is missing" : `--cluster is "${chosen}"`;
  throw new UserError("command line", [`${given}, but must be the cluster to render of ${where}: ${allowed}`]);
}

/** Maps of objects by name become one, and everything else stands once. */
function merged(sources: readonly FileObject[]): Fields {
  const inputs: Record<string, unknown> = {};
  const places = new Map<string, string>();
  const twice: string[] = [];
  const take = (target: Record<string, unknown>, path: string, name: string, value: unknown, where: string): void => {
    const before = places.get(path);
    if (before !== undefined) {
      twice.push(`"${path}" stands in ${before} and in ${where}; remove one of the two`);
    }
    places.set(path, where);
    target[name] = value;
  };
  for (const { where, object } of sources) {
    for (const [input, value] of Object.entries(object)) {
      if (BY_NAME.includes(input) && isFields(value)) {
        const all = (inputs[input] ??= {}) as Record<string, unknown>;
        Object.entries(value).forEach(([name, item]) => take(all, `${input}.${name}`, name, item, where));
      } else if (input !== "manifests") {
        take(inputs, input, input, value, where);
      }
    }
  }
  if (twice.length > 0) {
    throw new UserError("the files", twice);
  }
  return inputs;
}
