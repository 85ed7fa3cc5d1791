import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { NEWEST_AMI_ALIAS } from "../lib/versions";

const ROOT = join(__dirname, "..");

/** What users read and copy from. */
const SHOWN = ["README.md", "clusters.json", "docs", "examples", "stacks", "lib"].concat(
  ["README.md", "examples", "variables.tf.json", "variables-controller.tf.json"].map((path) =>
    join("terraform-aws-karpenter", path),
  ),
);

function files(path: string): string[] {
  return statSync(join(ROOT, path)).isDirectory()
    ? readdirSync(join(ROOT, path)).flatMap((name) => files(join(path, name)))
    : [path];
}

const PINS = SHOWN.flatMap(files).flatMap((path) =>
  [...readFileSync(join(ROOT, path), "utf8").matchAll(/\bal2023@v[0-9]{8}\b/g)].map(([pin]) => ({ path, pin })),
);

test("every release of Amazon Linux 2023 that is shown to users has every supported Kubernetes", () => {
  expect(PINS.length).toBeGreaterThan(20);
  expect(PINS.filter(({ pin }) => pin !== NEWEST_AMI_ALIAS)).toEqual([]);
});

describe("the configuration of Renovate", () => {
  interface Manager {
    readonly matchStrings: readonly string[];
    readonly managerFilePatterns: readonly string[];
    readonly versioningTemplate: string;
  }
  const { customManagers } = JSON.parse(readFileSync(join(ROOT, "examples/renovate.json"), "utf8")) as {
    readonly customManagers: readonly [Manager, Manager];
  };
  const [amazonLinux, bottlerocket] = customManagers.map(
    ({ matchStrings, managerFilePatterns, versioningTemplate }) => ({
      found: (text: string) =>
        [...text.matchAll(new RegExp(matchStrings[0], "g"))].map(({ groups }) => groups?.currentValue),
      reads: (path: string) => managerFilePatterns.some((pattern) => new RegExp(pattern.slice(1, -1)).test(path)),
      versioningTemplate,
    }),
  );

  test("finds every pin of the examples, and nothing else", () => {
    const ofExamples = PINS.filter(
      ({ path }) => /^(examples|clusters\.json)/.test(path) && !path.endsWith("renovate.json"),
    );
    expect(ofExamples.length).toBeGreaterThan(5);
    for (const { path } of ofExamples) {
      expect([path, amazonLinux.reads(path)]).toEqual([path, true]);
      const text = readFileSync(join(ROOT, path), "utf8");
      const pins = ofExamples.filter((own) => own.path === path).map(({ pin }) => pin.split("@")[1]);
      expect(amazonLinux.found(text)).toEqual(pins);
    }
    expect(amazonLinux.found("al2023@latest al2@v20251108 xal2023@v20260714")).toEqual([]);
    expect(bottlerocket.found("bottlerocket@v1.51.0 bottlerocket@1.40.0 bottlerocket@latest")).toEqual([
      "1.51.0",
      "1.40.0",
    ]);
  });

  test("reads a release as year, month and day", () => {
    const [, source] = /^regex:(.*)$/.exec(amazonLinux.versioningTemplate) ?? [];
    expect({ ...new RegExp(source).exec("v20260714")?.groups }).toEqual({ major: "2026", minor: "07", patch: "14" });
  });
});
