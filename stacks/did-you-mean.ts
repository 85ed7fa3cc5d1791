/** How many letters may be wrong for a name to be taken for another. */
const MAX_DISTANCE = 3;

/** The known name that an unknown one was most likely meant to be. */
export function didYouMean(unknown: string, known: readonly string[]): string | undefined {
  const wanted = bare(unknown);
  const [nearest] = known
    .map((name) => ({ name, distance: distance(wanted, bare(name)) }))
    .filter((candidate) => candidate.distance <= Math.min(MAX_DISTANCE, Math.floor(candidate.name.length / 2)))
    .sort((a, b) => a.distance - b.distance);
  return nearest?.name;
}

/** `cluster_name`, `cluster-name` and `ClusterName` differ from `clusterName` in spelling only. */
function bare(name: string): string {
  return name.replace(/[_-]/g, "").toLowerCase();
}

/** The Levenshtein distance: how many letters to insert, delete or replace. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = previous[column - 1] + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[column] + 1, current[column - 1] + 1));
    }
    previous = current;
  }
  return previous[b.length];
}
