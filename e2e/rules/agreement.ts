/** The whole corpus against the definitions of every release, and against the controllers that judge. */
import { namespace } from "../../lib/inputs/catalog/kubernetes";
import { text } from "../../lib/inputs/field-builders";
import { fieldProblems } from "../../lib/inputs/field-problems";
import { ControlPlane } from "../cloud/control-plane";
import { judge, JUDGES, type Objection } from "../cloud/judge";
import type { KubeClient, KubeObject } from "../cloud/kube-client";
import { EXAMPLE_RELEASES, exampleManifests, ownManifests } from "../manifests/corpus";
import { CORPUS, type Kind, KINDS } from "./corpus";
import { type Definitions, definitionsOf, install, RELEASES, schemaOf } from "./definitions";
import { atOnce } from "./at-once";
import { OLDER_RELEASES, olderAgreement } from "./older-agreement";
import { OLDER_KINDS } from "./older-corpus";
import { rendered } from "./rendered";
import { asInput, asManifest, compare, type Comparison, serverProblems, type Subject } from "./verdicts";

/** An object and how it fared with a release. */
export interface Result extends Comparison {
  readonly subject: Subject;
  readonly release: Pick<Definitions, "release">;
}

/** An object with everything that stands for it. */
interface Item {
  readonly object: KubeObject;
  readonly subjects: readonly Subject[];
}

type Answers = ReadonlyMap<Item, readonly Objection[]>;

/** Every object of the corpus, as input and as manifest, and the manifests that people keep. */
async function items(): Promise<Item[]> {
  const [objects, own, ...examples] = await Promise.all([
    rendered(CORPUS),
    ownManifests(),
    ...EXAMPLE_RELEASES.map(exampleManifests),
  ]);
  const kept = [own, ...examples]
    .flat()
    .map(({ title, object }) => ({ title, object: object as unknown as KubeObject }));
  return [
    ...CORPUS.map((item, index) => {
      const object = objects[index] as KubeObject;
      const input = asInput(item);
      // Manifests are not warned of.
      const manifest = input.isWarnedOf() ? [] : [asManifest(`${item.title}, as a manifest`, object)];
      return { object, subjects: [input, ...manifest] };
    }),
    ...kept.map(({ title, object }) => ({ object, subjects: [asManifest(title, object)] })),
  ];
}

/** Asks the server and the controllers, and holds their answers against ours. */
export async function agreement(): Promise<Result[]> {
  const [kube, all] = await Promise.all([ControlPlane.start(), items()]);
  try {
    const judges = await controllers(all);
    await makeNamespaces(kube, all);
    const known = new Map<string, Answers>();
    const results = await olderAgreement(kube);
    for (const release of RELEASES) {
      const definitions = await definitionsOf(release);
      // A definition that says the same as one before gives the same answers.
      const unknown = [...definitions].filter(([, definition]) => !known.has(schemaOf(definition)));
      await install(
        kube,
        unknown.map(([, definition]) => definition),
      );
      for (const [kind, definition] of unknown) {
        known.set(schemaOf(definition), await answers(kube, kind, all));
      }
      for (const definition of definitions.values()) {
        for (const [item, server] of known.get(schemaOf(definition)) ?? []) {
          if (release.from === "aws" || !speaksOfAwsLabels(item)) {
            const controller = judges.get(release.release)?.get(item) ?? [];
            results.push(
              ...item.subjects.map((subject) => ({
                subject,
                release,
                ...compare(subject, server, controller, release.release),
              })),
            );
          }
        }
      }
    }
    return results;
  } finally {
    await kube.stop();
  }
}

/** The server takes an object only into a namespace that it has; one with a malformed name it refuses itself. */
async function makeNamespaces(kube: KubeClient, all: readonly Item[]): Promise<void> {
  const names = new Set(all.flatMap(({ object }) => object.metadata.namespace ?? []));
  const valid = [...names].filter((name) => fieldProblems("", name, text(namespace)).length === 0);
  await kube.apply(valid.map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })));
}

/** What the controllers say, release by release. The gate of CEL is another rule's matter. */
async function controllers(items: readonly Item[]): Promise<Map<string, Answers>> {
  // Of CapacityBuffers, the API server is the only judge.
  const all = items.filter(({ object }) => object.kind !== "CapacityBuffer");
  const found = new Map<string, Answers>();
  for (const release of Object.keys(JUDGES)) {
    const verdicts = await judge(
      release,
      all.map(({ object }) => object),
      { nodeClassCEL: true },
    );
    found.set(release, new Map(all.map((item, index) => [item, verdicts[index] ?? []])));
  }
  return found;
}

async function answers(kube: KubeClient, kind: Kind, all: readonly Item[]): Promise<Answers> {
  const found = new Map<Item, readonly Objection[]>();
  await atOnce(
    all.filter(({ object }) => object.kind === kind),
    async (item) => void found.set(item, await serverProblems(kube, item.object)),
  );
  return found;
}

function speaksOfAwsLabels({ object }: Item): boolean {
  return JSON.stringify(object.spec).replaceAll('"group":"karpenter.k8s.aws"', "").includes("karpenter.k8s.aws");
}

/** How many objects of each kind fared how with each release, as Markdown. */
export function table(results: readonly Result[]): string {
  const kinds = [...KINDS, ...Object.keys(OLDER_KINDS), "manifests"];
  const rows = [...OLDER_RELEASES, ...RELEASES]
    .flatMap((release) =>
      kinds.map((kind) => ({
        release,
        kind,
        of: results.filter(
          ({ release: own, subject }) =>
            own === release &&
            (kind === "manifests" ? subject.isManifest : subject.kind === kind && !subject.isManifest),
        ),
      })),
    )
    .filter(({ of }) => of.length > 0);
  const cells = rows.map(({ release, kind, of }) => {
    const count = (outcome: Comparison["outcome"]) => of.filter((result) => result.outcome === outcome).length;
    const isJudged = release.release in JUDGES;
    return [
      release.release,
      kind,
      of.length,
      count("accepted"),
      count("refused"),
      isJudged ? count("controlled") : "–",
      isJudged ? count("warned") : "–",
      count("stricter"),
      count("disagreement"),
    ].map(String);
  });
  const header = [
    "Release",
    "Kind",
    "Objects",
    "All accept",
    "Server and we refuse",
    "Controller and we refuse",
    "Controller refuses, we warn",
    "Only we refuse",
    "Disagreements",
  ];
  const widths = header.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(" | ")} |`;
  const ruler = widths.map((width, column) => (column < 2 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(header), line(ruler), ...cells.map(line)].join("\n");
}
