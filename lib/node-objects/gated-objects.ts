import { Token } from "cdktf";
import type { CrossRule, PropertyValues } from "../inputs/cross-rule";
import type { At, Predicate } from "../inputs/predicate";
import { given, is, not, predicate, some } from "../inputs/predicate";
import type { Warning } from "../inputs/acknowledged-warnings";
import type { FeatureGate, WarningAtPlan } from "../release/feature-gates";
import { ALWAYS, gateRule, gateWarning, gateWarningAtPlan } from "../release/feature-gates";
import { isFields, isGiven, isKnownText } from "../terraform/known-values";
import { snakeCase } from "../terraform/readable-stack";
import { manifestsOf, valueAt } from "./manifests";
import { apiVersionOf } from "./older-objects";

/** What of the objects of a kind does nothing without a gate. */
interface Gated extends Pick<FeatureGate, "option" | "gate"> {
  readonly input: "nodePools" | "nodeClasses" | "nodeOverlays" | "capacityBuffers";
  readonly kind: string;
  /**
   * The field that needs it, typed and in the API's own form.
   *
   * @default - the object as a whole
   */
  readonly field?: { readonly typed: string; readonly within?: readonly string[] };
  /** Whether what the field is in needs it. */
  readonly needs: Predicate;
}

/** A requirement that takes reserved capacity among others. */
const takesReserved = predicate(
  ({ key, operator, values }) =>
    [key, operator, values].some(Token.isUnresolved)
      ? undefined
      : key === "karpenter.sh/capacity-type" &&
        operator === "In" &&
        Array.isArray(values) &&
        values.includes("reserved"),
  (at) =>
    `try(${at("key")} == "karpenter.sh/capacity-type" && ${at("operator")} == "In" && ` +
    `contains(${at("values")}, "reserved"), false)`,
);

/** CEL names what there is of an instance type, or is a calculation: nothing that an amount can be. */
const CEL = "vcpus|memory_mib|default_enis|ips_per_eni|max_pods|instance_type|^([(]|[0-9.]+[(*/%+ -])[0-9.()+*/% -]*$";
const CEL_PATTERN = new RegExp(CEL);

/** A kubelet with CEL: for `maxPods`, or among what is reserved. */
const hasExpressions = predicate(
  ({ kubelet }) => {
    if (!isFields(kubelet)) {
      return Token.isUnresolved(kubelet) ? undefined : false;
    }
    const reserved = [kubelet.kubeReserved, kubelet.systemReserved].flatMap((of) =>
      isFields(of) ? Object.values(of) : [],
    );
    return [kubelet.maxPods, ...reserved].some((value) => isKnownText(value) && CEL_PATTERN.test(value));
  },
  (at) => {
    const reserved = ["kubeReserved", "systemReserved"].map((name) => `try(values(${at("kubelet")}.${name}), [])`);
    const all = `concat([try(${at("kubelet")}.maxPods, null)], ${reserved.join(", ")})`;
    return `anytrue([for value in ${all} : can(regex("${CEL}", value))])`;
  },
);

const GATED: readonly Gated[] = [
  {
    option: "featureGates",
    gate: "staticCapacity",
    input: "nodePools",
    kind: "NodePool",
    field: { typed: "replicas" },
    needs: given("replicas"),
  },
  {
    option: "featureGates",
    gate: "reservedCapacity",
    input: "nodePools",
    kind: "NodePool",
    field: { typed: "requirements", within: ["template", "spec"] },
    needs: some("requirements", takesReserved),
  },
  {
    option: "featureGates",
    gate: "reservedCapacity",
    input: "nodeClasses",
    kind: "EC2NodeClass",
    field: { typed: "capacityReservationSelectorTerms" },
    needs: given("capacityReservationSelectorTerms"),
  },
  { option: "featureGates", gate: "nodeOverlay", input: "nodeOverlays", kind: "NodeOverlay", needs: ALWAYS },
  { option: "featureGates", gate: "capacityBuffer", input: "capacityBuffers", kind: "CapacityBuffer", needs: ALWAYS },
  {
    option: "awsFeatureGates",
    gate: "nodeClassCEL",
    input: "nodeClasses",
    kind: "EC2NodeClass",
    field: { typed: "kubelet" },
    needs: hasExpressions,
  },
];

/** Typed, of the free form and of manifests, as far as they are known at synth. */
function uses({ input, kind, field, needs }: Gated, values: PropertyValues): string[] {
  const within = field?.within ?? [];
  const freePath = (path: string): string => [path, "spec", ...within].join(".");
  const usedIn = (object: unknown, path: string, name: string): string[] =>
    needs.holds(object) === true && !Token.isUnresolved(valueAt(object, name)) ? [`${path}.${name}`] : [];
  const ofInput = Object.entries(isFields(values[input]) ? values[input] : {}).flatMap(([name, object]) => {
    const path = `${input}.${name}`;
    if (field === undefined) {
      return [path];
    }
    return isGiven(valueAt(object, field.typed))
      ? usedIn(object, path, field.typed)
      : usedIn(valueAt(object, "spec", ...within), freePath(path), field.typed);
  });
  const ofManifests = manifestsOf(values.manifests)
    .filter(({ object }) => object.kind === kind)
    .flatMap(({ path, object }) =>
      field === undefined ? [path] : usedIn(valueAt(object.spec, ...within), freePath(path), field.typed),
    );
  return [...ofInput, ...ofManifests];
}

/** All objects in Terraform, each with what is typed and with its spec in the API's own form. */
export function gatedObjectsAtPlan(at: At): string {
  const kinds = new Map(GATED.map(({ input, kind }) => [input, kind]));
  const typed = [...kinds].map(
    ([input, kind]) =>
      `[for name, object in merge({}, ${at(input)}) : ` +
      `{ kind = "${kind}", path = "${snakeCase(input)}.\${name}", typed = object, free = try(object.spec, null) }]`,
  );
  const whole =
    `[for index, object in ${at("manifests")} : ` +
    '{ kind = try(object.kind, ""), path = "manifests[${index}]", typed = null, free = try(object.spec, null) }]';
  return `concat(${[...typed, whole].join(", ")})`;
}

function usesAtPlan({ kind, field, needs }: Gated, at: At): string {
  const objects = `for it in ${at("gatedObjects")} :`;
  const isKind = `it.kind == "${kind}"`;
  if (field === undefined) {
    return `[${objects} it.path if ${isKind}]`;
  }
  const { typed, within = [] } = field;
  const isTyped = `try(it.typed.${typed} != null, false)`;
  const free = { path: ["spec", ...within, typed].join("."), object: ["it.free", ...within].join(".") };
  const found = [
    `[${objects} { path = "\${it.path}.${typed}", object = it.typed } if ${isKind} && ${isTyped}]`,
    `[${objects} { path = "\${it.path}.${free.path}", object = try(${free.object}, null) } if ${isKind} && !${isTyped}]`,
  ];
  const test = needs.terraform((name) => `found.object.${name}`);
  return `[for found in concat(${found.join(", ")}) : found.path if try(${test}, false)]`;
}

/** The gates that objects need, each with all that needs it. */
export const OBJECT_GATES: readonly FeatureGate[] = [...new Set(GATED.map(({ gate }) => gate))].map((gate) => {
  const all = GATED.filter((of) => of.gate === gate);
  return {
    option: all[0].option,
    gate,
    uses: (values) => all.flatMap((of) => uses(of, values)),
    usesAtPlan: (at) => all.map((of) => usesAtPlan(of, at)),
  };
});

/** Objects for a gate that is off, where the controller is installed with them. */
export const objectGateRules: readonly CrossRule[] = OBJECT_GATES.map((of) =>
  gateRule(of, not(is("installController", false))),
);

/** Objects that do nothing unless a controller of the user's own has a gate on. */
export function objectGateWarnings(values: PropertyValues): Warning[] {
  return apiVersionOf(values.karpenterVersion as string | undefined) !== "v1"
    ? []
    : OBJECT_GATES.flatMap((of) => {
        const text = gateWarning(of, values);
        return text === undefined ? [] : [{ id: "karpenter-feature-gate" as const, text }];
      });
}

/** The same in Terraform. */
export function objectGateChecks(at: At): WarningAtPlan[] {
  return OBJECT_GATES.map((of) => gateWarningAtPlan(of, at));
}
