import { Token } from "cdktf";
import type { Predicate } from "../predicate";
import { all, any, predicate, given, implies, is, keysAre, not, sized } from "../predicate";
import type { ObjectRule } from "../field";
import { apiRule } from "../field";
import { isFields, isGiven } from "../../terraform/known-values";

// Immutability (setting or unsetting replicas, the group and kind of a node class) needs the old object; only the API
// server can check it.

const NUMBERS_TO = "9223372036854775807";

/** The one value of a comparison: a whole number of 64 bits that is not negative, as CEL's `int` reads it. */
const oneNumber: Predicate = predicate(
  ({ values }) => {
    if (Token.isUnresolved(values) || (Array.isArray(values) && values.some(Token.isUnresolved))) {
      return undefined;
    }
    const [value, ...others] = Array.isArray(values) ? (values as unknown[]) : isGiven(values) ? [values] : [];
    return (
      others.length === 0 &&
      /^([+]?[0-9]+|-0+)$/.test(String(value)) &&
      BigInt(String(value).replace(/^[+-]/, "")) <= BigInt(NUMBERS_TO)
    );
  },
  (at) =>
    `try(length(${at("values")}) == 1 && can(regex("^([+]?[0-9]+|-0+)$", ${at("values")}[0])) && ` +
    `tonumber(trimprefix(${at("values")}[0], "+")) <= ${NUMBERS_TO}, false)`,
);

const comparisonRule = apiRule(
  "values",
  "is <values>",
  "requirements operator 'Gt', 'Lt', 'Gte', or 'Lte' must have a single positive integer value",
  'write ["4"], or take "In" for several',
  implies(is("operator", "Gt", "Lt", "Gte", "Lte"), oneNumber),
);

const needsValue = (operator: "In" | "NotIn", remedy: string): ObjectRule =>
  apiRule(
    "values",
    "is <values>",
    `requirements with operator '${operator}' must have a value defined`,
    remedy,
    implies(is("operator", operator), sized("values", { min: 1 })),
  );

const enoughValues: Predicate = predicate(
  ({ values, minValues }) =>
    typeof minValues !== "number" || !Array.isArray(values) || Token.isUnresolved(values)
      ? undefined
      : values.length >= minValues,
  (at) => `try(length(${at("values")}) >= ${at("minValues")}, true)`,
);

/** What the API server asks of a requirement. https://karpenter.sh/docs/concepts/nodepools/#spectemplatespecrequirements */
export const requirementRules: readonly ObjectRule[] = [
  needsValue("In", 'take "Exists" for any value'),
  comparisonRule,
  apiRule(
    "minValues",
    "is <minValues>",
    "requirements with 'minValues' must have at least that many values specified in the 'values' field",
    "name more values, or ask for less",
    implies(is("operator", "In"), enoughValues),
  ),
];

/** What the API server asks of a requirement of a NodeOverlay. */
export const overlayRequirementRules: readonly ObjectRule[] = [
  needsValue("In", 'take "Exists" for any value'),
  needsValue("NotIn", 'take "DoesNotExist" for no value'),
  comparisonRule,
];

/** What the API server asks of a pool of a fixed number of nodes. */
export const nodePoolRules: readonly ObjectRule[] = [
  apiRule(
    "limits",
    "is given beside a fixed number of nodes",
    "only 'limits.nodes' is supported on static NodePools",
    'leave out all but "nodes", or leave out "replicas"',
    implies(given("replicas"), keysAre("limits", "nodes")),
  ),
  apiRule(
    "weight",
    "is <weight>",
    "'weight' is not supported on static NodePools",
    'leave out "weight" or "replicas": a pool with a fixed number of nodes is not chosen among others',
    not(all(given("replicas"), given("weight"))),
  ),
];

const taintsOf = (values: unknown): string[] =>
  (Array.isArray(values) && !Token.isUnresolved(values) ? values : [])
    .filter(isFields)
    .map(({ key, effect }) => JSON.stringify([key, effect]));
const taintsAtPlan = (values: string): string => `try([for own in ${values} : "\${own.key}=\${own.effect}"], [])`;

/** The API server takes a taint twice; the controller then finds fault with the whole pool. */
export const taintRules: readonly ObjectRule[] = [
  {
    refusal:
      '"{}.{taints}" and "{}.{startupTaints}" have a key twice with the same effect, but all of them must be different; leave one out',
    condition: predicate(
      ({ taints, startupTaints }) => {
        const all = [...taintsOf(taints), ...taintsOf(startupTaints)];
        return new Set(all).size === all.length;
      },
      (at) => {
        const all = `concat(${taintsAtPlan(at("taints"))}, ${taintsAtPlan(at("startupTaints"))})`;
        return `length(distinct(${all})) == length(${all})`;
      },
    ),
    stricter: {},
  },
];

/** When a disruption budget applies is said by both or by neither. */
export const budgetRules: readonly ObjectRule[] = [
  {
    refusal:
      '"{}.{schedule}" is <schedule> and "{}.{duration}" is <duration>, but must be as the API has it: ' +
      "'schedule' must be set with 'duration'; say both when it begins and how long it applies, or leave both out",
    condition: any(all(given("schedule"), given("duration")), not(any(given("schedule"), given("duration")))),
  },
];

/** What the API server asks of an overlay. */
export const nodeOverlayRules: readonly ObjectRule[] = [
  apiRule(
    "priceAdjustment",
    "is <priceAdjustment>",
    "cannot set both 'price' and 'priceAdjustment'",
    "leave one out",
    not(all(given("price"), given("priceAdjustment"))),
  ),
];
