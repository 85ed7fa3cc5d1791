import { Token } from "cdktf";
import { nodeWarnings } from "../../lib/node-objects/warnings";
import { snakeCase } from "../../lib/terraform/readable-stack";
import { moduleOfPools, ownSpelling } from "../support/module-of-pools";
import { CLASSES, POOLS, RIGHT, threeWays } from "../support/warned-objects";

/** Told at synth only. */
const AT_SYNTH = ["karpenter-ami-release", "karpenter-impossible-requirements"];

/** What the module node-pools warns of, in the spelling of synth. */
const atPlan = (given: object) =>
  moduleOfPools(
    Object.fromEntries(
      Object.entries(JSON.parse(JSON.stringify(given)) as object).map(([name, of]) => [snakeCase(name), of]),
    ),
  ).warnings.map((sentence) => ownSpelling(sentence).replace(/ \[karpenter-[a-z0-9-]+\]$/, ""));

const atSynth = (given: object) =>
  nodeWarnings(given as never)
    .filter(({ id }) => !AT_SYNTH.includes(id))
    .map(({ text }) => text);

const isKnown = (value: unknown): boolean =>
  !Token.isUnresolved(value) && (typeof value !== "object" || value === null || Object.values(value).every(isKnown));

describe.each([
  ["NodePool", RIGHT, POOLS],
  ["EC2NodeClass", {}, CLASSES],
] as const)("of a %s, said typed, in its spec and as a manifest, a plan warns as synth does", (kind, base, table) => {
  test.each(table.filter(([id]) => !AT_SYNTH.includes(id)))("%s", (_, wrong, right) => {
    const ways = [...wrong, ...right].filter(isKnown).flatMap((of) => threeWays(kind, { ...base, ...of }));
    expect(ways.map((given) => [given, atPlan(given).sort()])).toEqual(
      ways.map((given) => [given, atSynth(given).sort()]),
    );
  });
});
