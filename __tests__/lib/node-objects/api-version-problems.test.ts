import type { NodeClass } from "../../../lib/node-objects/node-class";
import type { NodePool } from "../../../lib/node-objects/node-pool";
import type { NodePoolsProps } from "../../../lib/kubernetes/node-pools";
import { NodePools } from "../../../lib/kubernetes/node-pools";
import { problemsOf } from "../../support/stack";
import { variable, variableFlag } from "../../support/tokens";

const LATEST: NodeClass = { amiAlias: "al2@latest", allowLatestAmi: true };

const refusedOf = (props: Partial<NodePoolsProps>) =>
  problemsOf(
    (stack) =>
      new NodePools(stack, "pools", {
        nodePools: { default: {} },
        nodeClasses: { default: LATEST },
        nodePoolsChart: "./chart",
        nodeClassDefaults: {
          instanceProfile: "nodes",
          subnetSelectorTerms: [{ id: "subnet-1" }],
          securityGroupSelectorTerms: [{ id: "sg-1" }],
        },
        ...props,
      }),
  );
const ofPool = (karpenterVersion: string, pool: NodePool) =>
  refusedOf({ karpenterVersion, nodePools: { default: pool } });
const ofClass = (karpenterVersion: string, nodeClass: NodeClass) =>
  refusedOf({ karpenterVersion, nodeClasses: { default: nodeClass } });

const BEFORE_1 = ["0.27.8", "0.31.5", "0.32.10", "0.35.0", "0.37.8"];
const ALPHA = ["0.27.8", "0.31.5"];

describe.each(BEFORE_1)("Karpenter %s", (version) => {
  test("takes the newest AMI of a family, nodes that go when empty, and what only Terraform knows as a value", () => {
    expect(ofClass(version, { ...LATEST, tags: { team: variable("team") } })).toEqual([]);
    for (const disruption of [
      { consolidationPolicy: "WhenEmpty", consolidateAfter: "30s" },
      { consolidationPolicy: "WhenEmptyOrUnderutilized", consolidateAfter: "0s" },
      { consolidateAfter: "Never" },
    ] as const) {
      expect(ofPool(version, { disruption, expireAfter: "1h", limits: { cpu: variable("cpu") } })).toEqual([]);
    }
  });

  test("pins no release by an alias, and says how to pin", () => {
    expect(ofClass(version, { amiAlias: "al2@v20240227" })).toEqual([
      `"nodeClasses.default.amiAlias" is "al2@v20240227", but must end in "@latest" with Karpenter ${version}, which pins no ` +
        'release by an alias; set "allowLatestAmi" to true with it, or pin AMIs by id or name with "amiSelectorTerms" and "amiFamily"',
    ]);
  });

  test.each([undefined, "WhenEmptyOrUnderutilized"] as const)(
    "waits for empty nodes only, not with the policy %s",
    (consolidationPolicy) => {
      expect(ofPool(version, { disruption: { consolidationPolicy, consolidateAfter: "5m" } })).toEqual([
        `"nodePools.default.disruption.consolidateAfter" is "5m", but must be "0s" or "Never" with Karpenter ${version}, ` +
          'which waits for empty nodes only; leave it out, or set "consolidationPolicy" to "WhenEmpty"',
      ]);
    },
  );

  test.each<[string, Partial<NodePoolsProps>]>([
    ["nodePools", { nodePools: variableFlag("it") as never }],
    ["nodeClasses", { nodeClasses: variableFlag("it") as never }],
    ["nodePools.a", { nodePools: { a: variableFlag("it") as never } }],
    ["nodePools.a.disruption", { nodePools: { a: { disruption: variableFlag("it") as never } } }],
    [
      "nodePools.a.disruption.consolidateAfter",
      { nodePools: { a: { disruption: { consolidateAfter: variable("it") } } } },
    ],
    [
      "nodePools.a.disruption.consolidationPolicy",
      { nodePools: { a: { disruption: { consolidationPolicy: variable("it") as never } } } },
    ],
    ["nodePools.a.spec", { nodePools: { a: { spec: variableFlag("it") as never } } }],
    ["nodePools.a.nodeClass", { nodePools: { a: { nodeClass: variable("it") } } }],
    ["nodeClasses.default.amiAlias", { nodeClasses: { default: { amiAlias: variable("it") } } }],
    ["nodeClasses.default.spec", { nodeClasses: { default: { ...LATEST, spec: variableFlag("it") as never } } }],
  ])("must know %s at synth", (path, props) => {
    expect(refusedOf({ karpenterVersion: version, ...props })).toContain(
      `"${path}" is known only to Terraform, but must be known at synth with Karpenter ${version}; ` +
        "write it out in the app, or take a release from 1.0.0 on",
    );
  });
});

describe.each(ALPHA)("Karpenter %s", (version) => {
  test.each([
    ["subnetSelectorTerms", [{ id: "subnet-1" }, { tags: { a: "b" } }]],
    ["securityGroupSelectorTerms", [{ tags: { a: "b" } }, { tags: { c: "d" } }]],
  ])("has no words for several %s but ids", (name, terms) => {
    expect(ofClass(version, { ...LATEST, [name]: terms })).toEqual([
      `"nodeClasses.default.${name}" has 2 terms, but must have one, or terms of an id alone, with Karpenter ${version}, ` +
        "which selects by one map of tags; give what belongs together a tag of its own, or name ids",
    ]);
  });

  test("must know how long nodes live at synth, to say it in seconds", () => {
    expect(ofPool(version, { expireAfter: variable("it") })).toHaveLength(1);
  });
});

test("Karpenter 0.32 to 0.37 may be told by Terraform how long nodes live", () => {
  expect(ofPool("0.35.0", { expireAfter: variable("it") })).toEqual([]);
});

test.each(["1.0.8", "1.14.3"])("Karpenter %s is refused none of that", (version) => {
  expect(ofClass(version, { amiAlias: "al2023@v20260714" })).toEqual([]);
  expect(ofPool(version, { disruption: { consolidateAfter: "5m" }, expireAfter: variable("it") })).toEqual([]);
  const terms = [{ id: "subnet-1" }, { tags: { a: "b" } }];
  expect(ofClass(version, { ...LATEST, subnetSelectorTerms: terms })).toEqual([]);
});
