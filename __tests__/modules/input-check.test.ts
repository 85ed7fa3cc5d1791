import type { Kind } from "../../e2e/rules/corpus";
import { CORPUS } from "../../e2e/rules/corpus";
import { DROPPED_TOGETHER, UNKNOWN_NAMES } from "../../e2e/bad-input/unknown-names";
import { UNKNOWN_TOGETHER } from "../../e2e/bad-input/unknown-together";
import { CHECKED_INPUTS } from "../../lib/inputs/catalog/checked-inputs";
import type { Field } from "../../lib/inputs/field";
import { fieldProblems } from "../../lib/inputs/field-problems";
import { optionAtPlan } from "../../lib/release/chart-values";
import { snakeCase } from "../../lib/terraform/readable-stack";
import { STEPS } from "../../modules/input-check/expressions";
import { CHECK_MODULE, refusedAtPlan, TABLES } from "../support/input-check";

const FIELDS: Readonly<Record<string, Field>> = {
  ...CHECKED_INPUTS,
  settings: optionAtPlan("settings"),
  featureGates: optionAtPlan("featureGates"),
  awsFeatureGates: optionAtPlan("awsFeatureGates"),
};

/** What the module refuses, line by line. */
function atPlan(input: string, value: unknown, release = "1.14.3"): string[] {
  return refusedAtPlan(snakeCase(input), value, release);
}

const OTHER_NAMES = new RegExp(
  `(?<![.\\w]|Known: .*)(${[...Object.keys(FIELDS), "karpenterVersion"].join("|")})\\b`,
  "g",
);

/** What synth refuses, in the spelling of the modules. */
function atSynth(input: string, value: unknown, release = "1.14.3"): string[] {
  return fieldProblems(input, value, FIELDS[input], release).map((sentence) =>
    sentence.replace(OTHER_NAMES, (name) => snakeCase(name)),
  );
}

describe("the check at plan says what synth says", () => {
  const answers = UNKNOWN_TOGETHER.flatMap(({ input, value }) => atPlan(input, value));

  test.each(UNKNOWN_NAMES)("of $title", ({ input, path, says }) => {
    expect(answers).toContainEqual(expect.stringContaining(`"${snakeCase(input)}${path}" ${says}`));
  });

  test("of all of them, and nothing else", () => {
    const synth = UNKNOWN_TOGETHER.flatMap(({ input, value }) => atSynth(input, value));
    expect(answers.sort()).toEqual(synth.sort());
  });

  test.each(DROPPED_TOGETHER.map((item) => [JSON.stringify(item.value), item] as const))(
    "of every name in %s",
    (_, { input, value, means }) => {
      const told = atPlan(input, value);
      expect(told.filter((line) => line.includes("did you mean")).map((line) => line.split(" Known:")[0])).toEqual(
        expect.arrayContaining(
          Object.entries(means).map(
            ([path, likely]) => `"${snakeCase(input)}${path}" is not known; did you mean "${likely}"?`,
          ),
        ),
      );
      expect(told.sort()).toEqual(atSynth(input, value).sort());
    },
  );

  test("has enough to say: each input at least once", () => {
    expect(UNKNOWN_NAMES.length).toBeGreaterThanOrEqual(150);
    expect([...new Set(UNKNOWN_NAMES.map(({ input }) => input))].sort()).toEqual(Object.keys(CHECKED_INPUTS).sort());
  });
});

test("values for the chart are those that the chart of the release reads; of a newer one, more may be", () => {
  const values = [{ logConfig: {}, settings: { aws: {}, amiRefreshInterval: "1m" } }, "webhook: { enabled: false }"];
  expect(atPlan("controllerHelmValues", values, "1.0.8").map((line) => line.split(";")[0])).toEqual([
    '"controller_helm_values[0].logConfig" is not known here',
    '"controller_helm_values[0].settings.aws" is not known here',
    '"controller_helm_values[0].settings.amiRefreshInterval" is given, but must be left out with Karpenter 1.0.8, which does not know it',
  ]);
  const newer = [{ inDays: 1, settings: { toCome: true } }, { settings: { amiRefreshInterval: "1m" } }];
  expect(atPlan("controllerHelmValues", newer, "1.99.0")).toEqual([]);
  expect(atSynth("controllerHelmValues", newer, "1.99.0")).toEqual([]);
  expect(atSynth("controllerHelmValues", newer)).toHaveLength(2);
  expect(atSynth("controllerHelmValues", [{ settings: { aws: {} } }, { unheard: 1 }], "0.31.5")).toEqual([]);
  expect(atSynth("controllerHelmValues", [{ settings: { aws: {} }, logConfig: {} }], "0.32.10")).toEqual([]);
});

const BUFFER = {
  apiVersion: "autoscaling.x-k8s.io/v1beta1",
  kind: "CapacityBuffer",
  metadata: { name: "a", namespace: "web" },
};
const WINDOWS = { amiSelectorTerms: [{ alias: "windows2022@latest" }] };
const OVERLAY = {
  apiVersion: "karpenter.sh/v1alpha1",
  kind: "NodeOverlay",
  metadata: { name: "a" },
  spec: { requirements: [] },
};
const SELECTOR = { namespace: "karpenter", labels: { app: "a<b>&c" } };
const ROLE = { rolearn: "arn:aws:iam::111122223333:role/nodes", username: "nodes", groups: ["system:nodes"] };

describe("the check at plan says what synth says also", () => {
  test.each<[string, string, unknown, number, string]>([
    ["of signs that JSON escapes in a name", "nodePools", { "a<b>&c": {} }, 1, "1.14.3"],
    ["of signs that JSON escapes in a value", "nodePools", { a: { nodeClass: 1, expireAfter: "<1h>&" } }, 2, "1.14.3"],
    ["of signs that JSON escapes in what is there twice", "fargateSelectors", [SELECTOR, SELECTOR], 3, "1.14.3"],
    [
      "of signs in a rule on several fields",
      "nodePools",
      { a: { disruption: { budgets: [{ schedule: "<&>" }] } } },
      2,
      "1.14.3",
    ],
    ["of a value of 500 characters", "nodeClasses", { a: { metadataOptions: "x".repeat(500) } }, 2, "1.14.3"],
    ["of a name of 300 characters", "nodePools", { ["x".repeat(300)]: {} }, 1, "1.14.3"],
    ["of a field that the release lacks, of a wrong type", "nodeClasses", { a: { enclaveOptions: "x" } }, 2, "1.14.3"],
    ["of a name that another release has", "nodeClasses", { a: { enclaveOption: {} } }, 2, "1.14.3"],
    ["of the same name where the release has it", "nodeClasses", { a: { enclaveOption: {} } }, 2, "1.15.1"],
    [
      "of a value that another release has",
      "nodePools",
      { a: { disruption: { consolidationPolicy: "Balanced" } } },
      1,
      "1.13.0",
    ],
    [
      "of a value that was renamed",
      "nodePools",
      { a: { disruption: { consolidationPolicy: "WhenUnderutilized" } } },
      1,
      "1.14.3",
    ],
    ["of an overlay among the manifests that the release lacks", "manifests", [OVERLAY], 1, "1.6.11"],
    [
      "of a buffer that the release lacks, and of one that looks for its workload beside the Helm release",
      "manifests",
      [{ ...BUFFER, metadata: { name: "a" }, spec: { scalableRef: { kind: "Deployment", name: "b" }, replicas: 1 } }],
      2,
      "1.13.1",
    ],
    ["of the newest Windows, unsaid", "nodeClasses", { a: WINDOWS }, 1, "1.14.3"],
    ["of something that is null", "nodeClasses", { a: null }, 1, "1.14.3"],
    ["of items and entries that are null", "nodePools", { a: { labels: { b: null }, taints: [null] } }, 2, "1.14.3"],
    ["of too many entries", "fargateSelectors", [1, 2, 3, 4, 5, 6].map((n) => ({ namespace: `n${n}` })), 1, "1.14.3"],
    ["of too few", "mapRoles", [], 1, "1.14.3"],
    [
      "of a role with a path",
      "mapRoles",
      [{ ...ROLE, rolearn: "arn:aws:iam::111122223333:role/team/nodes" }],
      1,
      "1.14.3",
    ],
    ["of a role that is there twice", "mapRoles", [ROLE, ROLE], 1, "1.14.3"],
    ["of what is said above and below together", "nodePools", { a: { weight: 1, spec: { replicas: 2 } } }, 1, "1.14.3"],
    [
      "of two devices of one card",
      "nodeClasses",
      {
        a: {
          amiAlias: "al2023@v20260714",
          networkInterfaces: [0, 1, 2].map((at) => ({
            networkCardIndex: Math.min(at, 1),
            deviceIndex: at,
            interfaceType: at === 0 ? "interface" : "efa-only",
          })),
        },
      },
      1,
      "1.14.3",
    ],
    [
      "of names that every object has",
      "nodePools",
      { a: { toString: 1, constructor: 1, hasOwnProperty: 1 } },
      3,
      "1.14.3",
    ],
  ])("%s", (_, input, value, count, release) => {
    const told = atSynth(input, value, release);
    expect(told).toHaveLength(count);
    expect(atPlan(input, value, release).sort()).toEqual(told.sort());
  });

  test.each<[string, unknown]>([
    ["nodePools", {}],
    [
      "nodePools",
      { a: { taints: null, limits: { cpu: 10 }, spec: { template: { metadata: { labels: { a: "b" } } } } } },
    ],
    ["nodeClasses", { a: { amiAlias: "al2023@v20260714", userData: null, tags: { team: "a" } } }],
    ["nodeOverlays", { a: { price: "0.1" } }],
    ["capacityBuffers", { a: { podTemplate: { spec: { containers: [] } }, spec: { limits: { cpu: 10 } } } }],
    [
      "manifests",
      [
        { ...BUFFER, spec: { scalableRef: { kind: "Deployment", name: "web" }, percentage: 10 } },
        { apiVersion: "v1", kind: "PodTemplate", metadata: { name: "a" }, template: { spec: { containers: [] } } },
      ],
    ],
    // A manifest has no place to say that this is wanted; it is warned of.
    [
      "manifests",
      [{ apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass", metadata: { name: "a" }, spec: WINDOWS }],
    ],
    ["manifests", []],
    ["settings", { batchMaxDuration: "10s" }],
    ["featureGates", { nodeRepair: true, staticCapacity: null }],
    ["controllerTolerations", null],
    ["controllerSize", { cpu: 2, memory: "4Gi" }],
    ["fargateSelectors", [{ namespace: "karpenter" }]],
    ["controllerTrustConditions", [{ test: "StringEquals", variable: "aws:SourceVpce", values: ["vpce-1"] }]],
    ["controllerTrustStatements", [{ principals: [{ type: "AWS", identifiers: ["arn:aws:iam::111122223333:root"] }] }]],
    [
      "controllerPolicyStatements",
      [{ sid: "A", effect: "Deny", actions: ["s3:*"], resources: ["*"], conditions: null }],
    ],
    ["mapRoles", [ROLE]],
    ["nodeClassDefaults", { role: "nodes", instanceProfile: null }],
  ])("nothing of %s %j", (input, value) => {
    expect([atSynth(input, value), atPlan(input, value)]).toEqual([[], []]);
  });
});

test("each input has its own table and rules, which the check reads by the input's name", () => {
  expect(CHECK_MODULE.locals.found).toContain('types = jsondecode(file("${path.module}/types/${var.name}.json"))');
  expect([...TABLES.keys()].sort()).toEqual(
    Object.keys(FIELDS)
      .map((name) => `types/${snakeCase(name)}.json`)
      .sort(),
  );
  expect(CHECK_MODULE.locals.problems).toContain('jsondecode(templatefile("${path.module}/rules/${var.name}.tftpl", ');
});

test("nothing is tried in the whole table: Terraform 1.5 goes through all of it each time", () => {
  const inTable = /\b(try|can)\((?:[^()]|\([^()]*\))*(?<!\.)\btypes\b/;
  expect("try(types[a].of, 1)").toMatch(inTable);
  expect("[for a in types : can(types[a])]").toMatch(inTable);
  expect(Object.entries(STEPS).filter(([, step]) => inTable.test(step))).toEqual([]);
});

const INPUTS: Readonly<Record<Kind, string>> = {
  NodePool: "nodePools",
  EC2NodeClass: "nodeClasses",
  NodeOverlay: "nodeOverlays",
  CapacityBuffer: "capacityBuffers",
};

/** How many objects are checked at once; each is held against all others that are wrong. */
const AT_ONCE = 15;

/** One of so many is checked with each release, with each another one: all of them take minutes. */
const ONE_OF: Readonly<Record<Kind, number>> = { NodePool: 20, EC2NodeClass: 20, NodeOverlay: 10, CapacityBuffer: 10 };

const RELEASES = ["1.0.8", "1.14.3", "1.15.1"];

describe.each(Object.entries(INPUTS) as [Kind, string][])("of the %s objects of the corpus", (kind, input) => {
  test.each(RELEASES)("the check at plan says what synth says with %s", (release) => {
    const objects = CORPUS.filter((item) => item.kind === kind)
      .filter((_, index) => index % ONE_OF[kind] === RELEASES.indexOf(release))
      .map(({ name, input: object }, index): [string, unknown] => [name ?? `case-${index}`, object]);
    const values = Array.from({ length: Math.ceil(objects.length / AT_ONCE) }, (_, index) =>
      Object.fromEntries(objects.slice(index * AT_ONCE, (index + 1) * AT_ONCE)),
    );
    const told = values.flatMap((value) => atSynth(input, value, release));
    expect(told.length).toBeGreaterThan(15);
    expect(values.flatMap((value) => atPlan(input, value, release)).sort()).toEqual(told.sort());
  });
});
