/** The metrics that alerts and the dashboard read, and the messages that a guide quotes, held against the sources of Karpenter. */
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { METRICS, minorOf } from "../lib/versions";
import { releaseNumber } from "../lib/versions/version-bounds";
import { goModule } from "./cloud/go-install";

/** Releases whose sources can be had, around those that brought a metric. */
const MODULES: readonly (readonly [path: string, version: string])[] = [
  ["sigs.k8s.io/karpenter", "1.0.8"],
  ["sigs.k8s.io/karpenter", "1.1.5"],
  ["sigs.k8s.io/karpenter", "1.9.0"],
  ["sigs.k8s.io/karpenter", "1.14.3"],
  ["sigs.k8s.io/karpenter", "1.15.0"],
  ["github.com/aws/karpenter-provider-aws", "1.0.8"],
  ["github.com/aws/karpenter-provider-aws", "1.13.1"],
  ["github.com/aws/karpenter-provider-aws", "1.14.3"],
  ["github.com/aws/karpenter-provider-aws", "1.15.1"],
];

/** Metrics of AWS's part; all others are of the project that it is made on. */
const OF_AWS = /^karpenter_(interruption|cloudprovider_instance)_/;

/** Those that have their whole name in Karpenter's own sources. */
const KARPENTERS_OWN = Object.keys(METRICS).filter((metric) => metric.startsWith("karpenter_"));

/** The Go sources below a folder, without tests, each with the folder that it is in. */
async function sourcesOf(folder: string): Promise<(readonly [folder: string, text: string])[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter(({ name }) => name.endsWith(".go") && !name.endsWith("_test.go"))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return Promise.all(files.map(async (file) => [dirname(file), await readFile(file, "utf8")] as const));
}

/** The names of metrics that Go sources define. */
async function metricsOf(folder: string): Promise<Set<string>> {
  const sources = await sourcesOf(folder);
  const constants = new Map<string, string>();
  for (const [place, text] of sources) {
    for (const [, name, value] of text.matchAll(/^\s*(?:const )?(\w+)\s*=\s*"([^"]*)"/gm)) {
      constants.set(`${place} ${name}`, value);
      constants.set(name, constants.get(name) ?? value);
    }
  }
  const metrics = sources.flatMap(([place, text]) =>
    [...text.matchAll(/(?:Gauge|Counter|Histogram|Summary)Opts\{([^}]*)/g)].map(([, options]) =>
      ["Namespace", "Subsystem", "Name"]
        .map((field) => new RegExp(`\\b${field}:\\s*("?)([\\w.]+)`).exec(options) ?? [])
        .map(([, quote, word = ""]) =>
          quote === '"'
            ? word
            : word.endsWith("Namespace")
              ? "karpenter"
              : (constants.get(`${place} ${word}`) ?? constants.get(word.replace(/^.*\./, ""))),
        )
        .filter((part) => part !== undefined && part !== "")
        .join("_"),
    ),
  );
  return new Set(metrics);
}

describe.each(MODULES)("%s %s", (path, version) => {
  const expected = KARPENTERS_OWN.filter((metric) => OF_AWS.test(metric) === path.includes("/aws/"));

  it("defines exactly those metrics that its minor version is said to have", async () => {
    const defined = await metricsOf(join(await goModule(path, `v${version}`), "pkg"));
    const said = expected.filter((metric) => releaseNumber(METRICS[metric], 0) <= releaseNumber(minorOf(version), 0));
    expect(expected.filter((metric) => defined.has(metric))).toEqual(said);
  });
});

describe("docs/pending-pods.md", () => {
  /** What others say, and commands. */
  const NOT_KARPENTERS = /^(failed to assign an IP address to container$|kubectl |aws |npx )/;

  it("quotes what the controller says", async () => {
    const page = await readFile(join(__dirname, "../docs/pending-pods.md"), "utf8");
    const quoted = [...page.matchAll(/`([A-Za-z][A-Za-z ,()/-]+?)(?:, …)?`/g)].map(([, words]) => words as string);
    const messages = [...new Set(quoted)].filter((words) => words.split(" ").length > 2 && !NOT_KARPENTERS.test(words));
    expect(messages.length).toBeGreaterThan(20);
    const sources = await Promise.all(
      ["sigs.k8s.io/karpenter", "github.com/aws/karpenter-provider-aws"].map(async (path) =>
        (await sourcesOf(join(await goModule(path, "v1.14.3"), "pkg"))).map(([, text]) => text).join("\n"),
      ),
    );
    // An error that wraps another one is made of both.
    const isSaid = (words: string): boolean =>
      words.split(", ").every((part) => sources.some((text) => text.includes(part)));
    expect(messages.filter((words) => !isSaid(words))).toEqual([]);
  });
});
