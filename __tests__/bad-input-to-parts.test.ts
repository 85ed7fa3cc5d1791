import { answerOf, GOOD } from "../e2e/bad-input/cases";
import { CONTROLLER_CASES, GOOD_CONTROLLER } from "../e2e/bad-input/controller-cases";
import { GOOD_NODE_POOLS, NODE_POOLS_CASES } from "../e2e/bad-input/node-pools-cases";
import type { Part, PartCase, PartPatch } from "../e2e/bad-input/part-case";
import type { KarpenterProps } from "../lib";
import { Karpenter } from "../lib";
import type { KarpenterChartsProps } from "../lib/kubernetes/karpenter-charts";
import { KarpenterCharts } from "../lib/kubernetes/karpenter-charts";
import type { NodePoolsProps } from "../lib/kubernetes/node-pools";
import { NodePools } from "../lib/kubernetes/node-pools";
import type { ReadableStack } from "../lib/terraform/readable-stack";
import { problemsOf, synthError } from "./support/stack";

/** A part with these properties. */
function make(stack: ReadableStack, id: string, part: Part, patch: PartPatch): unknown {
  return part === "controller"
    ? new KarpenterCharts(stack, id, patch as unknown as KarpenterChartsProps)
    : new NodePools(stack, id, { nodePoolsChart: "./chart", ...patch } as unknown as NodePoolsProps);
}

const named = (item: PartCase): string => answerOf(item, (property) => property);

describe.each<[Part, PartPatch, readonly PartCase[]]>([
  ["controller", GOOD_CONTROLLER, CONTROLLER_CASES],
  ["node-pools", GOOD_NODE_POOLS, NODE_POOLS_CASES],
])("bad input to the part %s", (part, good, cases) => {
  it("is not seen where there is none", () => {
    expect(problemsOf((stack) => make(stack, "part", part, good))).toEqual([]);
  });

  it.each(cases)("$title: is answered once, with path, value, what is allowed and the way out", (item) => {
    const problems = problemsOf((stack) => make(stack, "part", part, { ...good, ...item.patch }));
    expect(problems).toEqual([expect.stringContaining(named(item))]);
  });

  it("is reported in one error, all of an app", () => {
    const message = synthError((stack) => {
      cases.forEach((item, index) => make(stack, `part-${index}`, part, { ...good, ...item.patch }));
    });
    expect(cases.map(named).filter((answer) => !message.includes(answer))).toEqual([]);
  });
});

describe("bad input to the parts, given to Karpenter", () => {
  /** Of these, Karpenter makes its own, or has others to say. */
  const notItsOwn = ["controllerRoleArn", "interruptionQueueName", "chartTimeout", "nodePoolsTimeout", "onFargate"];
  /** What the classes have in common follows from Karpenter's other properties. */
  const { nodePools, nodeClasses } = GOOD_NODE_POOLS;
  const cases = [...CONTROLLER_CASES, ...NODE_POOLS_CASES].filter(
    ({ patch }) => !Object.keys(patch).some((property) => notItsOwn.includes(property)),
  );

  it.each(cases)("$title: is answered once, in the same words", (item) => {
    const props = {
      ...GOOD,
      nodePools,
      nodeClasses,
      featureGates: { staticCapacity: true },
      ...item.patch,
    } as unknown as KarpenterProps;
    expect(problemsOf((stack) => new Karpenter(stack, "karpenter", props))).toEqual([
      expect.stringContaining(named(item)),
    ]);
  });
});
