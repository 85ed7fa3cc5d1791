import type { MinorVersion } from "../lib/versions";
import { MINOR_VERSIONS, MINOR_VERSIONS_AT_PLAN, patchOf, supportInWords } from "../lib/versions";

const API: Readonly<Record<MinorVersion["apiVersion"], string>> = {
  v1alpha5: "Provisioner `v1alpha5`",
  v1beta1: "NodePool `v1beta1`",
  v1: "NodePool `v1`",
};

/** What is known of every minor version of Karpenter, newest first, as a table. */
export function compatibilityTable(): string {
  const head = ["Karpenter", "Releases", "Kubernetes", "API", "Chart version", "Taken by", "Support"];
  const rows = [...MINOR_VERSIONS]
    .reverse()
    .map((minorVersion) => [
      minorVersion.minorVersion,
      releases(minorVersion),
      kubernetes(minorVersion),
      API[minorVersion.apiVersion],
      `\`${minorVersion.chart.versionPrefix}${minorVersion.releases[0]}\``,
      MINOR_VERSIONS_AT_PLAN.includes(minorVersion) ? "TypeScript, modules" : "TypeScript",
      supportInWords(minorVersion.support),
    ]);
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |\n`).join("");
}

/** The first and the last release, and which ones between them there are not. */
function releases({ minorVersion, releases, yanked }: MinorVersion): string {
  const [first, last] = [releases[0], releases[releases.length - 1]];
  const missing = Array.from({ length: patchOf(last) }, (_, patch) => `${minorVersion}.${patch}`).filter(
    (release) => !releases.includes(release) && patchOf(release) > patchOf(first),
  );
  const bad = yanked.map(({ release, reason }) => `not ${release}: ${reason}`);
  const unpublished = missing.filter((release) => !yanked.some((item) => item.release === release));
  const notes = [...bad, ...unpublished.map((release) => `${release} was never published`)];
  return [first === last ? first : `${first} to ${last}`, ...notes].join("; ");
}

function kubernetes({ minorVersion, kubernetes }: MinorVersion): string {
  const ranges = Object.entries(kubernetes).map(([patch, { from, to }]) => ({ patch, words: `${from} to ${to}` }));
  return ranges
    .map(({ patch, words }) => (patch === "0" ? words : `${words} from ${minorVersion}.${patch} on`))
    .join(", ");
}
