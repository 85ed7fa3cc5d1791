import { Token } from "cdktf";
import { ObjectRule } from "./field";

const COMPARING = ["Gt", "Lt", "Gte", "Lte"];
const COMPARES = `contains([${COMPARING.map((operator) => `"${operator}"`).join(", ")}]`;

/** What the API server asks of a requirement. https://karpenter.sh/docs/concepts/nodepools/#spectemplatespecrequirements */
export const requirementRules: readonly ObjectRule[] = [
  {
    refusal: '"{}.{values}" is <values>, but must have a value with the operator "In"; take "Exists" for any value',
    accepts: ({ operator, values }) => operator !== "In" || !isKnown(values) || lengthOf(values) > 0,
    terraform: (it) => `${it}.operator != "In" || length(${it}.values == null ? [] : ${it}.values) > 0`,
  },
  {
    refusal:
      '"{}.{values}" is <values>, but must be one whole number in quotes with the operator <operator>; ' +
      'write ["4"], or take "In" for several',
    accepts: ({ operator, values }) =>
      !COMPARING.includes(String(operator)) ||
      !isKnown(values) ||
      (lengthOf(values) === 1 && (!isKnown(first(values)) || /^[0-9]+$/.test(String(first(values))))),
    terraform: (it) =>
      `!${COMPARES}, ${it}.operator) || ` +
      `(length(${it}.values == null ? [] : ${it}.values) == 1 && can(regex("^[0-9]+$", ${it}.values[0])))`,
  },
];

/** What the API server asks of a pool of a fixed number of nodes. */
export const nodePoolRules: readonly ObjectRule[] = [
  {
    refusal:
      '"{}.{weight}" is <weight>, but must be left out with "{replicas}"; ' +
      "leave one out: a pool with a fixed number of nodes is not chosen among others",
    accepts: ({ replicas, weight }) => !isGiven(replicas) || !isGiven(weight),
    terraform: (it) => `${it}.replicas == null || ${it}.weight == null`,
  },
];

/** When a disruption budget applies is said by both or by neither. */
export const budgetRules: readonly ObjectRule[] = [
  {
    refusal:
      '"{}.{schedule}" is <schedule> and "{}.{duration}" is <duration>, but must be given together; ' +
      "say both when it begins and how long it applies, or leave both out",
    accepts: ({ schedule, duration }) => isGiven(schedule) === isGiven(duration),
    terraform: (it) => `(${it}.schedule == null) == (${it}.duration == null)`,
  },
];

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isKnown(value: unknown): boolean {
  return !Token.isUnresolved(value);
}

/** A value of a wrong type is the schema's matter. */
function lengthOf(values: unknown): number {
  return Array.isArray(values) ? values.length : isGiven(values) ? 1 : 0;
}

function first(values: unknown): unknown {
  return Array.isArray(values) ? values[0] : values;
}
