import { unmetNeeds } from "../../../lib/node-objects/node-class-needs";
import type { NodeClass } from "../../../lib/node-objects/node-class";
import type { NodeClassDefaults } from "../../../lib/node-objects/node-objects";
import { moduleOfPools, ownSpelling } from "../../support/module-of-pools";
import { variable, variableFlag } from "../../support/tokens";

const SUBNETS = [{ id: "subnet-0" }];
const GROUPS = [{ id: "sg-0" }];
const WHOLE: NodeClass = { role: "nodes", subnetSelectorTerms: SUBNETS, securityGroupSelectorTerms: GROUPS };

const CASES: readonly [string, NodeClass, NodeClassDefaults, readonly string[]][] = [
  ["says all itself", WHOLE, {}, []],
  ["has all from the defaults", {}, WHOLE as NodeClassDefaults, []],
  ["has a profile instead of a role", { ...WHOLE, role: undefined, instanceProfile: "nodes" }, {}, []],
  ["has all in its free form", { spec: { ...WHOLE } }, {}, []],
  ["has nobody to be", { ...WHOLE, role: undefined }, {}, ['"nodeClasses.a" has neither "role" nor "instanceProfile"']],
  [
    "has no subnets",
    { ...WHOLE, subnetSelectorTerms: undefined },
    {},
    ['"nodeClasses.a.subnetSelectorTerms" is missing'],
  ],
  ["has no groups", {}, { role: "a", subnetSelectorTerms: SUBNETS }, ['"nodeClasses.a.securityGroupSelectorTerms" is']],
  ["has nothing", {}, {}, ['"nodeClasses.a" has neither', '"nodeClasses.a.subnet', '"nodeClasses.a.securityGroup']],
];

test.each(["0.27.8", "0.31.5"])(
  "an AWSNodeTemplate of Karpenter %s needs no role, and may select in its own words",
  (version) => {
    const spec = { subnetSelector: { team: "a" }, securityGroupSelector: { team: "a" } };
    const of = (nodeClass: NodeClass) =>
      unmetNeeds({ karpenterVersion: version, nodePools: {}, nodeClasses: { a: nodeClass } });
    expect(of({ spec })).toEqual([]);
    expect(of({ spec: { subnetSelector: spec.subnetSelector } })).toEqual([
      expect.stringContaining('"nodeClasses.a.securityGroupSelectorTerms" is missing'),
    ]);
  },
);

describe("a node class that", () => {
  test.each(CASES)("%s is answered at synth and at plan alike", (_, nodeClass, nodeClassDefaults, expected) => {
    const found = unmetNeeds({ nodePools: {}, nodeClasses: { a: nodeClass }, nodeClassDefaults });
    expect(found).toEqual(expected.map((begin) => expect.stringContaining(begin) as unknown));
    const inputs = { node_classes: { a: nodeClass }, node_class_defaults: nodeClassDefaults };
    // Terraform has no undefined: what is left out is not there.
    const given = JSON.parse(JSON.stringify(inputs)) as typeof inputs;
    expect(moduleOfPools(given).problems.map(ownSpelling)).toEqual(found);
  });

  test.each<[string, object]>([
    ["is not known", { nodeClasses: variable("classes") }],
    ["has defaults that are not known", { nodeClasses: { a: {} }, nodeClassDefaults: variable("defaults") }],
    ["has a free form that is not known", { nodeClasses: { a: { spec: variableFlag("spec") } } }],
    ["is of a wrong type", { nodeClasses: { a: null, b: 5 } }],
  ])("%s is left to others", (_, props) => {
    expect(unmetNeeds({ nodePools: {}, ...props } as never)).toEqual([]);
  });
});
