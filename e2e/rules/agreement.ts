/** The whole corpus against the definitions of every release. */
import { ControlPlane } from "../cloud/control-plane";
import type { KubeObject } from "../cloud/kube-client";
import { CORPUS, type Kind, KINDS, type RuleCase } from "./corpus";
import { type Definitions, definitionsOf, install, RELEASES, schemaOf } from "./definitions";
import { rendered } from "./rendered";
import { compare, type Comparison, serverProblems, type ServerProblem } from "./verdicts";

/** An object and how it fared with a release. */
export interface Result extends Comparison {
  readonly item: RuleCase;
  readonly release: Definitions;
}

/** The server works on as many at once as make it busy. */
const AT_ONCE = 24;

type Answers = ReadonlyMap<RuleCase, readonly ServerProblem[]>;

/** Asks the server, and holds its answers against ours. */
export async function agreement(): Promise<Result[]> {
  const [kube, objects] = await Promise.all([ControlPlane.start(), rendered(CORPUS)]);
  try {
    const known = new Map<string, Answers>();
    const results: Result[] = [];
    for (const release of RELEASES) {
      const definitions = await definitionsOf(release);
      // A definition that says the same as one before gives the same answers.
      const unknown = [...definitions].filter(([, definition]) => !known.has(schemaOf(definition)));
      await install(
        kube,
        unknown.map(([, definition]) => definition),
      );
      for (const [kind, definition] of unknown) {
        known.set(schemaOf(definition), await answers(kube, kind, objects));
      }
      for (const definition of definitions.values()) {
        for (const [item, theirs] of known.get(schemaOf(definition)) ?? []) {
          if (release.from === "aws" || !speaksOfAwsLabels(item)) {
            results.push({ item, release, ...compare(item, theirs, release.release) });
          }
        }
      }
    }
    return results;
  } finally {
    await kube.stop();
  }
}

async function answers(kube: ControlPlane, kind: Kind, objects: readonly KubeObject[]): Promise<Answers> {
  const found = new Map<RuleCase, readonly ServerProblem[]>();
  const waiting = CORPUS.map((item, index) => ({ item, object: objects[index] as KubeObject })).filter(
    ({ item }) => item.kind === kind,
  );
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      found.set(next.item, await serverProblems(kube, next.item, next.object));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
}

function speaksOfAwsLabels({ input }: RuleCase): boolean {
  return JSON.stringify(input).includes("karpenter.k8s.aws");
}

/** How many objects of each kind fared how with each release, as Markdown. */
export function table(results: readonly Result[]): string {
  const rows = RELEASES.flatMap((release) =>
    KINDS.map((kind) => ({
      release,
      kind,
      of: results.filter((result) => result.release === release && result.item.kind === kind),
    })),
  ).filter(({ of }) => of.length > 0);
  const cells = rows.map(({ release, kind, of }) => {
    const count = (outcome: Comparison["outcome"]) => of.filter((result) => result.outcome === outcome).length;
    return [
      release.release,
      kind,
      of.length,
      count("accepted"),
      count("refused"),
      count("stricter"),
      count("disagreement"),
    ].map(String);
  });
  const header = ["Release", "Kind", "Objects", "Both accept", "Both refuse", "Only we refuse", "Disagreements"];
  const widths = header.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(" | ")} |`;
  const ruler = widths.map((width, column) => (column < 2 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(header), line(ruler), ...cells.map(line)].join("\n");
}
