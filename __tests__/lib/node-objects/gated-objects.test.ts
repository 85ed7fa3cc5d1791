import type { CrossRule } from "../../../lib/inputs/cross-rule";
import { breaks, crossRefusal } from "../../../lib/inputs/cross-rule";
import {
  gatedObjectsAtPlan,
  OBJECT_GATES,
  objectGateRules,
  objectGateWarnings,
} from "../../../lib/node-objects/gated-objects";
import { controllerGateRules, NODE_REPAIR } from "../../../lib/release/controller-gates";
import { gateLocals } from "../../../lib/release/feature-gates";
import { snakeCase } from "../../../lib/terraform/readable-stack";
import { crossPrecondition, inputAt } from "../../../modules/cross-precondition";
import { evaluate } from "../../support/hcl";
import { variable, variableFlag } from "../../support/tokens";

const token = variableFlag("x");

type Values = Readonly<Record<string, unknown>>;

const RULES: readonly CrossRule[] = [...objectGateRules, ...controllerGateRules];

function atSynth(values: Values): string[] {
  return RULES.filter((rule) => breaks(rule, values)).map((rule) => crossRefusal(rule, values));
}

function atPlan(values: Values): string[] {
  const { manifests = [], ...inputs } = {
    nodePools: {},
    nodeClasses: {},
    nodeOverlays: {},
    capacityBuffers: {},
    settings: {},
    featureGates: {},
    awsFeatureGates: {},
    controllerHelmValues: [],
    karpenterVersion: "1.14.3",
    installController: true,
    ...values,
  } as Values;
  const scope = {
    var: Object.fromEntries(Object.entries(inputs).map(([name, value]) => [snakeCase(name), value])),
    local: { manifests } as Record<string, unknown>,
  };
  scope.local.gated_objects = evaluate(`\${${gatedObjectsAtPlan(inputAt)}}`, scope as never);
  for (const [name, gates] of Object.entries(gateLocals([...OBJECT_GATES, NODE_REPAIR], inputAt, true))) {
    scope.local[snakeCase(name)] = Object.fromEntries(
      Object.entries(gates).map(([gate, said]) => [
        gate,
        Array.isArray(said)
          ? said.map((list) => evaluate(String(list), scope as never))
          : evaluate(String(said), scope as never),
      ]),
    );
  }
  return RULES.map(crossPrecondition)
    .filter(({ condition }) => evaluate(condition, scope as never) !== true)
    .map(({ error_message }) => String(evaluate(error_message, scope as never)));
}

const inTypeScript = (sentence: string): string =>
  ["nodePools", "nodeClasses", "nodeOverlays", "capacityBuffers", "awsFeatureGates", "featureGates"].reduce(
    (text, name) => text.replace(new RegExp(`\\b${snakeCase(name)}\\b`, "g"), name),
    sentence,
  );

const manifest = (kind: string, spec: object): Values => ({ manifests: [{ kind, metadata: { name: "a" }, spec }] });
const RESERVED = [{ key: "karpenter.sh/capacity-type", operator: "In", values: ["reserved", "on-demand"] }];
const TERMS = [{ id: "cr-1" }];
const refused = (path: string, gate: string, option = "featureGates"): string =>
  `"${path}" is given, but must be left out while the feature gate "${gate}" is off, for the controller then does nothing ` +
  `with it; set "${gate}" to true in "${option}", or leave it out`;

const GATED: readonly [string, Values, string, string][] = [
  ["replicas", { nodePools: { a: { replicas: 2 } } }, "nodePools.a.replicas", "staticCapacity"],
  ["replicas, 0", { nodePools: { a: { replicas: 0 } } }, "nodePools.a.replicas", "staticCapacity"],
  [
    "replicas of the spec",
    { nodePools: { a: { spec: { replicas: 2 } } } },
    "nodePools.a.spec.replicas",
    "staticCapacity",
  ],
  ["replicas of a manifest", manifest("NodePool", { replicas: 2 }), "manifests[0].spec.replicas", "staticCapacity"],
  ["an overlay", { nodeOverlays: { a: {} } }, "nodeOverlays.a", "nodeOverlay"],
  ["an overlay as a manifest", manifest("NodeOverlay", {}), "manifests[0]", "nodeOverlay"],
  ["a buffer", { capacityBuffers: { a: {} } }, "capacityBuffers.a", "capacityBuffer"],
  ["a buffer as a manifest", manifest("CapacityBuffer", {}), "manifests[0]", "capacityBuffer"],
];

const OF_RESERVATIONS: readonly [string, Values, string][] = [
  ["requirements", { nodePools: { a: { requirements: RESERVED } } }, "nodePools.a.requirements"],
  [
    "requirements of the spec",
    { nodePools: { a: { spec: { template: { spec: { requirements: RESERVED } } } } } },
    "nodePools.a.spec.template.spec.requirements",
  ],
  [
    "requirements of a manifest",
    manifest("NodePool", { template: { spec: { requirements: RESERVED } } }),
    "manifests[0].spec.template.spec.requirements",
  ],
  [
    "terms",
    { nodeClasses: { a: { capacityReservationSelectorTerms: TERMS } } },
    "nodeClasses.a.capacityReservationSelectorTerms",
  ],
  [
    "terms of the spec",
    { nodeClasses: { a: { spec: { capacityReservationSelectorTerms: TERMS } } } },
    "nodeClasses.a.spec.capacityReservationSelectorTerms",
  ],
  [
    "terms of a manifest",
    manifest("EC2NodeClass", { capacityReservationSelectorTerms: TERMS }),
    "manifests[0].spec.capacityReservationSelectorTerms",
  ],
];

const OF_CEL: readonly [string, object][] = [
  ["maxPods", { maxPods: "vcpus * 10" }],
  ["what is reserved for the kubelet", { kubeReserved: { cpu: "100m", memory: "max_pods * 11" } }],
  ["what is reserved for the system", { systemReserved: { memory: "max_pods * 11" } }],
];

/** On both sides, in the same words. */
function expectOnBothSides(values: Values, expected: readonly string[]): void {
  expect(atSynth(values)).toEqual(expected);
  expect(atPlan(values).map(inTypeScript)).toEqual(expected);
}

describe("what needs a feature gate that is off", () => {
  test.each(GATED)("is refused: %s", (_, values, path, gate) => {
    expectOnBothSides(values, [refused(path, gate)]);
  });

  test.each(GATED)("is taken with the gate on, by its option or by the chart's values: %s", (_, values, __, gate) => {
    expectOnBothSides({ ...values, featureGates: { [gate]: true } }, []);
    expectOnBothSides({ ...values, controllerHelmValues: [`settings: { featureGates: { ${gate}: true } }`] }, []);
    expectOnBothSides({ ...values, controllerHelmValues: [{ settings: { featureGates: { [gate]: true } } }] }, []);
    expectOnBothSides(
      {
        ...values,
        featureGates: { [gate]: false },
        controllerHelmValues: [`settings: { featureGates: { ${gate}: true } }`],
      },
      [],
    );
  });

  test.each(GATED)("is refused where the chart's values turn it off again: %s", (_, values, path, gate) => {
    const off = `settings: { featureGates: { ${gate}: false } }`;
    expectOnBothSides({ ...values, featureGates: { [gate]: true }, controllerHelmValues: ["replicas: 3", off] }, [
      refused(path, gate),
    ]);
  });

  test.each(GATED)(
    "is another rule's matter where the release lacks the gate, and warned of without a controller: %s",
    (_, values, path, gate) => {
      expectOnBothSides({ ...values, karpenterVersion: "1.6.11" }, []);
      expectOnBothSides({ ...values, installController: false }, []);
      expect(objectGateWarnings(values)).toEqual([
        {
          id: "karpenter-feature-gate",
          text: `"${path}" is given, and does nothing unless the feature gate "${gate}" of the controller is on, which is not known here; turn it on where the controller is installed`,
        },
      ]);
      expect(objectGateWarnings({ ...values, featureGates: { [gate]: true } })).toEqual([]);
      expect(objectGateWarnings({ ...values, karpenterVersion: "1.6.11" })).toEqual([]);
    },
  );

  test.each(OF_RESERVATIONS)("is refused before reservations are on by default: %s", (_, values, path) => {
    expectOnBothSides({ ...values, karpenterVersion: "1.5.6" }, [refused(path, "reservedCapacity")]);
    expectOnBothSides({ ...values, karpenterVersion: "1.5.6", featureGates: { reservedCapacity: true } }, []);
    expectOnBothSides({ ...values, karpenterVersion: "1.6.11" }, []);
    expectOnBothSides({ ...values, featureGates: { reservedCapacity: false } }, [refused(path, "reservedCapacity")]);
    expectOnBothSides({ ...values, karpenterVersion: "1.2.4" }, []);
  });

  test.each(OF_CEL)("is refused as an expression: %s", (_, kubelet) => {
    const values = { nodeClasses: { a: { kubelet } }, karpenterVersion: "1.15.1" };
    expectOnBothSides(values, [refused("nodeClasses.a.kubelet", "nodeClassCEL", "awsFeatureGates")]);
    expectOnBothSides({ ...values, awsFeatureGates: { nodeClassCEL: true } }, []);
    expectOnBothSides({ ...values, karpenterVersion: "1.14.3" }, []);
  });

  test.each<[string, Values]>([
    ["awsFeatureGates.rebootForRepair", { awsFeatureGates: { rebootForRepair: true } }],
    ["featureGates.terminateFirstRepair", { featureGates: { terminateFirstRepair: true } }],
    ["settings.legacyNodeRepair", { settings: { legacyNodeRepair: true } }],
  ])("is refused where it is an option that needs repair: %s", (path, values) => {
    expectOnBothSides({ ...values, karpenterVersion: "1.15.1" }, [refused(path, "nodeRepair")]);
    expectOnBothSides(
      { ...values, karpenterVersion: "1.15.1", featureGates: { ...(values.featureGates as object), nodeRepair: true } },
      [],
    );
    expectOnBothSides({ ...values, karpenterVersion: "1.14.3" }, []);
  });

  test("is told of once for each gate, with all that needs it", () => {
    const values = { nodePools: { a: { replicas: 1 }, b: { replicas: 2 } } };
    const [told, ...others] = atSynth(values);
    expect(others).toEqual([]);
    expect(told).toMatch(/^"nodePools\.a\.replicas", "nodePools\.b\.replicas" are given, but must be left out/);
    expect(atPlan(values).map(inTypeScript)).toEqual([told]);
  });

  test.each<[string, Values]>([
    [
      "other capacity",
      { nodePools: { a: { requirements: [{ ...RESERVED[0], values: ["spot"] }] } }, karpenterVersion: "1.5.6" },
    ],
    [
      "none of it",
      { nodePools: { a: { requirements: [{ ...RESERVED[0], operator: "NotIn" }] } }, karpenterVersion: "1.5.6" },
    ],
    [
      "numbers and quantities",
      {
        nodeClasses: { a: { kubelet: { maxPods: 110, kubeReserved: { cpu: "100m", memory: "1.5Gi" } } } },
        karpenterVersion: "1.15.1",
      },
    ],
    ["null", { nodePools: { a: { replicas: null } } }],
  ])("is not %s", (_, values) => {
    expectOnBothSides(values, []);
  });

  test.each<[string, Values]>([
    ["a number of nodes", { nodePools: { a: { replicas: token } } }],
    ["all pools", { nodePools: token }],
    ["the spec", { nodePools: { a: { spec: token } } }],
    ["the gates", { nodePools: { a: { replicas: 1 } }, featureGates: token }],
    ["the gate", { nodePools: { a: { replicas: 1 } }, featureGates: { staticCapacity: token } }],
    ["the chart's values", { nodePools: { a: { replicas: 1 } }, controllerHelmValues: token }],
    ["some of them", { nodePools: { a: { replicas: 1 } }, controllerHelmValues: ["replicas: 1", token] }],
    ["a part of them", { nodePools: { a: { replicas: 1 } }, controllerHelmValues: [{ settings: token }] }],
    ["the release", { nodePools: { a: { replicas: 1 } }, karpenterVersion: variable("x") }],
    ["the manifests", { manifests: token }],
  ])("is left to Terraform where only it knows %s", (_, values) => {
    expect([atSynth(values), objectGateWarnings({ ...values, installController: false }).length <= 1]).toEqual([
      [],
      true,
    ]);
  });
});
