import type { NodePoolsProps } from "../../../lib/kubernetes/node-pools";
import { NodePools } from "../../../lib/kubernetes/node-pools";
import { refusedAtPlan } from "../../support/input-check";
import { moduleOfPools, ownSpelling } from "../../support/module-of-pools";
import { problemsOf } from "../../support/stack";
import { variableFlag, variableMap } from "../../support/tokens";

const CLASS = { amiAlias: "al2023@v20260714" };
const OWN_KIND = { group: "karpenter.k8s.aws", kind: "EC2NodeClass" };
const AUTO_MODE = { group: "eks.amazonaws.com", kind: "NodeClass", name: "default" };

/** What the API asks of a node class beside what the defaults say, and of a pool. */
const WHOLE_CLASS = { amiSelectorTerms: [{ alias: "al2023@v20260714" }] };
const ofRefAsWhole = (nodeClassRef: object) => ({
  template: { spec: { requirements: [], nodeClassRef: { ...OWN_KIND, ...nodeClassRef } } },
});

const classes = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, CLASS]));
const manifest = (kind: string, name: string, spec: object = WHOLE_CLASS) => ({
  apiVersion: kind === "NodePool" ? "karpenter.sh/v1" : "karpenter.k8s.aws/v1",
  kind,
  metadata: { name },
  spec,
});
const ofRef = (nodeClassRef: object) => ({ template: { spec: { nodeClassRef } } });

type Given = Partial<Pick<NodePoolsProps, "nodePools" | "nodeClasses" | "manifests" | "existingNodeClasses">>;

const atSynth = (given: Given): string[] =>
  problemsOf(
    (stack) =>
      new NodePools(stack, "pools", {
        nodePools: {},
        nodeClasses: {},
        nodeClassDefaults: {
          role: "nodes",
          subnetSelectorTerms: [{ id: "subnet-0" }],
          securityGroupSelectorTerms: [{ id: "sg-0" }],
        },
        nodePoolsChart: "./chart",
        ...given,
      }),
  );

/** What the published module says of the same, in the spelling of synth. */
function atPlan({ nodePools = {}, nodeClasses = {}, manifests = [], existingNodeClasses = [] }: Given): string[] {
  return moduleOfPools({
    node_pools: nodePools,
    node_classes: nodeClasses,
    manifests,
    existing_node_classes: existingNodeClasses,
  }).problems.map(ownSpelling);
}

describe("the node class of a pool, at synth and at plan", () => {
  test.each<[string, Given]>([
    ["a class that is there", { nodePools: { a: { nodeClass: "y" } }, nodeClasses: classes("x", "y") }],
    ["the only class", { nodePools: { a: {} }, nodeClasses: classes("x") }],
    ["the class named default", { nodePools: { a: {} }, nodeClasses: classes("x", "default") }],
    ["no pools", {}],
    ["a class that something else makes", { nodePools: { a: { nodeClass: "x" } }, existingNodeClasses: ["x"] }],
    ["the only one, which something else makes", { nodePools: { a: {} }, existingNodeClasses: ["x"] }],
    [
      "a class among the manifests",
      { nodePools: { a: { nodeClass: "m" } }, nodeClasses: classes("x"), manifests: [manifest("EC2NodeClass", "m")] },
    ],
    [
      "a class in a List in a list",
      { nodePools: { a: {} }, manifests: [[{ kind: "List", items: [manifest("EC2NodeClass", "m")] }]] },
    ],
    [
      "a class that its spec names",
      { nodePools: { a: { spec: ofRef({ name: "x" }) } }, nodeClasses: classes("x", "y") },
    ],
    ["a class of another kind in its spec", { nodePools: { a: { spec: ofRef(AUTO_MODE) } } }],
    ["a class of another kind in a manifest", { manifests: [manifest("NodePool", "a", ofRefAsWhole(AUTO_MODE))] }],
    [
      "a class that a manifest names",
      { nodeClasses: classes("x"), manifests: [manifest("NodePool", "a", ofRefAsWhole({ name: "x" }))] },
    ],
  ])("may be %s", (_, given) => {
    expect(atSynth(given)).toEqual([]);
    expect(atPlan(given)).toEqual([]);
  });

  const strange = (path: string, name: string, known: string) =>
    `"${path}" is "${name}", but must be one of ${known}; add the class to "nodeClasses", name one that is there, or name in ` +
    '"existingNodeClasses" what something else makes';
  const nothing = (path: string) =>
    `"${path}" is missing, and there is no node class, but there must be one; add it to "nodeClasses", or name in ` +
    '"existingNodeClasses" what something else makes';
  const unclear = (path: string, known: string) =>
    `"${path}" is missing, but must be given where there are several node classes and none is named "default"; name one of ${known}`;

  test.each<[string, Given, readonly string[]]>([
    [
      "a class that is not there",
      { nodePools: { a: { nodeClass: "x" }, b: { nodeClass: "z" } }, nodeClasses: classes("x", "y") },
      [strange("nodePools.b.nodeClass", "z", '["x","y"]')],
    ],
    [
      "none of several classes",
      { nodePools: { a: {} }, nodeClasses: classes("y"), existingNodeClasses: ["x"] },
      [unclear("nodePools.a.nodeClass", '["x","y"]')],
    ],
    ["none where there are none", { nodePools: { a: {} } }, [nothing("nodePools.a.nodeClass")]],
    [
      "one that its spec names and that is not there",
      { nodePools: { a: { spec: ofRef({ name: "gpu" }) } }, nodeClasses: classes("x") },
      [strange("nodePools.a.spec.template.spec.nodeClassRef.name", "gpu", '["x"]')],
    ],
    [
      "one that a manifest names and that is not there",
      {
        nodeClasses: classes("x"),
        manifests: [manifest("EC2NodeClass", "m"), manifest("NodePool", "a", ofRefAsWhole({ name: "gpu" }))],
      },
      [strange("manifests[1].spec.template.spec.nodeClassRef.name", "gpu", '["m","x"]')],
    ],
  ])("must not be %s", (_, given, expected) => {
    expect(atSynth(given)).toEqual(expected);
    expect(atPlan(given)).toEqual(expected);
  });

  test("is left to the plan where synth does not know the classes", () => {
    const nodePools = { a: { nodeClass: "x" } };
    expect(atSynth({ nodePools, nodeClasses: variableMap("classes") as never })).toEqual([]);
    expect(
      atSynth({ nodePools, nodeClasses: classes("y"), existingNodeClasses: variableFlag("names") as never }),
    ).toEqual([]);
    expect(atSynth({ nodePools, nodeClasses: classes("y"), manifests: [variableFlag("manifest")] as never })).toEqual(
      [],
    );
  });
});

describe("manifests", () => {
  const POOL = manifest("NodePool", "a", ofRefAsWhole(AUTO_MODE));

  test.each<[string, unknown, string]>([
    ["a text", "kind: NodePool", '"manifests[0]" is "kind: NodePool", but must be an object'],
    ["without a name", { ...POOL, metadata: {} }, '"manifests[0].metadata.name" is missing, but must be '],
    ["without metadata", { ...POOL, metadata: undefined }, '"manifests[0].metadata" is missing, but must be an object'],
    [
      "without a kind",
      { ...POOL, kind: undefined },
      '"manifests[0].kind" is missing, but must be one of "NodePool", "EC2NodeClass", "NodeOverlay", "CapacityBuffer", "PodTemplate"',
    ],
  ])("must not be %s", (_, value, refusal) => {
    const told = atSynth({ manifests: [value as object] });
    expect(told).toEqual([expect.stringContaining(refusal)]);
    // Terraform has no undefined: what is left out is not there.
    expect(refusedAtPlan("manifests", JSON.parse(JSON.stringify([value])))).toEqual(told);
  });

  test("must be a list", () => {
    expect(atSynth({ manifests: {} as never })).toEqual([
      expect.stringContaining('"manifests" is {}, but must be a list'),
    ]);
  });

  test("may have empty documents among them, and what only Terraform knows", () => {
    expect(atSynth({ manifests: [null, variableFlag("manifest")] as never })).toEqual([]);
    const some = [null, [null, manifest("EC2NodeClass", "m")]] as never;
    expect(atPlan({ nodePools: { a: {} }, manifests: some })).toEqual([]);
  });
});
