import { Token } from "cdktf";
import { nodeWarnings } from "../../lib/node-objects/warnings";
import { warningsAtPlan } from "../support/warnings-at-plan";
import { ALIAS, CLASSES, IMPOSSIBLE, POOLS, POSSIBLE, RIGHT, threeWays } from "../support/warned-objects";

const told = warningsAtPlan("modules/node-pools");
const atPlan = (given: object) => told(given).map((sentence) => sentence.replace(/ \[karpenter-[a-z0-9-]+\]$/, ""));

const atSynth = (given: object) => nodeWarnings(given as never).map(({ text }) => text);

const isKnown = (value: unknown): boolean =>
  !Token.isUnresolved(value) && (typeof value !== "object" || value === null || Object.values(value).every(isKnown));

const pool = (of: object, nodeClasses: object = {}) => ({ nodePools: { default: { ...RIGHT, ...of } }, nodeClasses });

describe.each([
  ["NodePool", RIGHT, POOLS],
  ["EC2NodeClass", {}, CLASSES],
] as const)("of a %s, said typed, in its spec and as a manifest, a plan warns as synth does", (kind, base, table) => {
  test.each(table)("%s", (_, wrong, right) => {
    const ways = [...wrong, ...right].filter(isKnown).flatMap((of) => threeWays(kind, { ...base, ...of }));
    expect(ways.map((given) => [given, atPlan(given).sort()])).toEqual(
      ways.map((given) => [given, atSynth(given).sort()]),
    );
  });
});

test("two requirements of a pool, and what its node class asks, contradict at plan as at synth", () => {
  const pairs = [...IMPOSSIBLE, ...POSSIBLE].filter(isKnown).map((requirements) => pool({ requirements }));
  const os = (...values: string[]) => ({ key: "kubernetes.io/os", operator: "In", values });
  const windows = { amiAlias: "windows2022@latest", allowLatestAmi: true };
  const given = [
    ...pairs,
    pool({ requirements: [os("linux")] }, { a: windows }),
    pool({ requirements: [os("linux")], nodeClass: "b" }, { a: windows, b: { amiAlias: ALIAS } }),
    pool(
      { requirements: [os("linux")], spec: { template: { spec: { nodeClassRef: { name: "a" } } } } },
      { a: windows, b: {} },
    ),
    pool({ requirements: [os("windows")] }, { a: { amiFamily: "Custom" } }),
    pool({ requirements: [os("windows")] }, { default: { amiSelectorTerms: [{ alias: ALIAS }] }, other: windows }),
    {
      ...pool({ requirements: [os("linux")] }),
      manifests: [{ kind: "EC2NodeClass", metadata: { name: "m" }, spec: { amiFamily: "Windows2022" } }],
    },
  ];
  const found = given.map((inputs) => atSynth(inputs).sort());
  expect(given.map((inputs) => atPlan(inputs).sort())).toEqual(found);
  expect(found.slice(-6).map((texts) => texts.filter((text) => text.includes("contradict")).length)).toEqual([
    1, 0, 1, 0, 1, 1,
  ]);
});
