import { KARPENTER_LINES, KarpenterLine, LINES_AT_PLAN, patchOf, supportInWords } from "../lib/versions";

const API: Readonly<Record<KarpenterLine["era"], string>> = {
  v1alpha5: "Provisioner `v1alpha5`",
  v1beta1: "NodePool `v1beta1`",
  v1: "NodePool `v1`",
};

/** What is known of every line of Karpenter, newest first, as a table. */
export function compatibilityTable(): string {
  const head = ["Karpenter", "Releases", "Kubernetes", "API", "Chart version", "Taken by", "Support"];
  const rows = [...KARPENTER_LINES]
    .reverse()
    .map((line) => [
      line.line,
      releases(line),
      kubernetes(line),
      API[line.era],
      `\`${line.chart.versionPrefix}${line.releases[0]}\``,
      LINES_AT_PLAN.includes(line) ? "TypeScript, modules" : "TypeScript",
      supportInWords(line.support),
    ]);
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |\n`).join("");
}

/** The first and the last release, and which ones between them there are not. */
function releases({ line, releases, withdrawn }: KarpenterLine): string {
  const [first, last] = [releases[0], releases[releases.length - 1]];
  const missing = Array.from({ length: patchOf(last) }, (_, patch) => `${line}.${patch}`).filter(
    (release) => !releases.includes(release) && patchOf(release) > patchOf(first),
  );
  const bad = withdrawn.map(({ release, reason }) => `not ${release}: ${reason}`);
  const unpublished = missing.filter((release) => !withdrawn.some((item) => item.release === release));
  const notes = [...bad, ...unpublished.map((release) => `${release} was never published`)];
  return [first === last ? first : `${first} to ${last}`, ...notes].join("; ");
}

function kubernetes({ line, kubernetes }: KarpenterLine): string {
  const ranges = Object.entries(kubernetes).map(([patch, { from, to }]) => ({ patch, words: `${from} to ${to}` }));
  return ranges.map(({ patch, words }) => (patch === "0" ? words : `${words} from ${line}.${patch} on`)).join(", ");
}

/** The Markdown with the table under the comment `compatibility`; makes one only where it is asked for. */
export function embedCompatibility(markdown: string, table: () => string): string {
  return markdown.replace(
    /<!-- compatibility -->\n[^]*?<!-- end of compatibility -->/,
    () => `<!-- compatibility -->\n${table()}<!-- end of compatibility -->`,
  );
}
