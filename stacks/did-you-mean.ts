import { letterDistance } from "../lib/inputs/letter-distance";

/** How many letters may be wrong for a name to be taken for another. */
const MAX_DISTANCE = 3;

/** The known name that an unknown one was most likely meant to be. */
export function didYouMean(unknown: string, known: readonly string[]): string | undefined {
  const wanted = bare(unknown);
  const [nearest] = known
    .map((name) => ({ name, distance: letterDistance(wanted, bare(name)) }))
    .filter((candidate) => candidate.distance <= Math.min(MAX_DISTANCE, Math.floor(candidate.name.length / 2)))
    .sort((a, b) => a.distance - b.distance);
  return nearest?.name;
}

/** `cluster_name`, `cluster-name` and `ClusterName` differ from `clusterName` in spelling only. */
function bare(name: string): string {
  return name.replace(/[_-]/g, "").toLowerCase();
}
