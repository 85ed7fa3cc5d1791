import type { Requirement } from "./node-pool";
import type { Said } from "./said";
import { isFields, isKnownList, isKnownText } from "../terraform/known-values";

/** A requirement, or what amounts to one, and where it is said. */
export interface Demand {
  /** `nodePools.default.requirements[0]`, `nodeClasses.default.amiAlias`. */
  readonly path: string;
  readonly key: string;
  readonly operator: Requirement["operator"];
  readonly values: readonly string[];
}

const ARCH = "kubernetes.io/arch";
const OS = "kubernetes.io/os";
const WHOLE_NUMBER = "^[0-9]+$";

/** The values that Karpenter's instance types have of a label, whatever AWS adds. */
export const KNOWN_VALUES: Readonly<Record<string, string>> = {
  [ARCH]: "^(amd64|arm64)$",
  [OS]: "^(linux|windows)$",
  "karpenter.sh/capacity-type": "^(spot|on-demand|reserved)$",
  "node.kubernetes.io/instance-type": "^[a-z][a-z0-9-]*[.][a-z0-9-]+$",
  "karpenter.k8s.aws/instance-category": "^[a-z]+$",
  "karpenter.k8s.aws/instance-family": "^[a-z][a-z0-9-]*$",
  "karpenter.k8s.aws/instance-size": "^[a-z0-9-]+$",
  "topology.kubernetes.io/zone": "^[a-z]+(-[a-z]+)+-[0-9]+([a-z]|-[a-z0-9-]+)$",
  ...Object.fromEntries(
    ["generation", "cpu", "memory", "network-bandwidth", "gpu-count"].map((name) => [
      `karpenter.k8s.aws/instance-${name}`,
      WHOLE_NUMBER,
    ]),
  ),
};

/** What a pool asks of its nodes, as far as it is known at synth; its labels are demands too. */
export function demandsOf({ fields: { labels, requirements }, at }: Said): Demand[] {
  return [
    ...(isFields(labels) ? Object.entries(labels) : [])
      .filter((label): label is [string, string] => label.every(isKnownText))
      .map(([key, value]): Demand => ({ path: at("labels"), key, operator: "In", values: [value] })),
    ...(isKnownList(requirements) ? requirements : []).flatMap((requirement, index) => {
      const { key, operator, values = [] } = (isFields(requirement) ? requirement : {}) as Partial<Requirement>;
      return isKnownText(key) && isKnownText(operator) && isKnownList(values) && values.every(isKnownText)
        ? [{ path: `${at("requirements")}[${index}]`, key, operator, values }]
        : [];
    }),
  ];
}

/** What the AMIs of a node class ask: Windows runs on amd64 only, and every other family is Linux. */
export function demandsOfAmis({ fields: { amiAlias, amiFamily, amiSelectorTerms }, at }: Said): Demand[] {
  const [term] = isKnownList(amiSelectorTerms) ? amiSelectorTerms : [];
  const inTerm = isFields(term) && isKnownText(term.alias) ? term.alias : undefined;
  const family = amiAlias ?? inTerm ?? amiFamily;
  if (!isKnownText(family) || family === "Custom") {
    return [];
  }
  const path =
    amiAlias !== undefined
      ? at("amiAlias")
      : inTerm !== undefined
        ? `${at("amiSelectorTerms")}[0].alias`
        : at("amiFamily");
  const has = (key: string, value: string): Demand => ({ path, key, operator: "In", values: [value] });
  return /^windows/i.test(family) ? [has(OS, "windows"), has(ARCH, "amd64")] : [has(OS, "linux")];
}

/** Whether a demand allows only values that do not exist. */
export function unknownValues(demand: Demand): boolean {
  const known = Object.hasOwn(KNOWN_VALUES, demand.key) ? KNOWN_VALUES[demand.key] : undefined;
  return (
    known !== undefined &&
    demand.operator === "In" &&
    demand.values.length > 0 &&
    !demand.values.some((value) => new RegExp(known).test(value))
  );
}

/** A demand as messages show it. */
export function inWords({ key, operator, values }: Demand): string {
  return values.length === 0 ? `${key} ${operator}` : `${key} ${operator} ${values.join(", ")}`;
}

/** Whether a value, or leaving the label out, meets both demands, which are of one key. */
export function fit(first: Demand, second: Demand): boolean {
  if (first.operator === "DoesNotExist") {
    return second.operator === "DoesNotExist" || second.operator === "NotIn";
  }
  if (second.operator === "DoesNotExist") {
    return first.operator === "NotIn";
  }
  if (first.operator === "In") {
    return first.values.length === 0 || first.values.some((value) => meets(value, second));
  }
  if (second.operator === "In") {
    return fit(second, first);
  }
  const [low, high] = [first, second].reduce(
    ([from, to], demand) => [Math.max(from, rangeOf(demand)[0]), Math.min(to, rangeOf(demand)[1])],
    [-Infinity, Infinity],
  );
  return low <= high;
}

function meets(value: string, { operator, values }: Demand): boolean {
  switch (operator) {
    case "In":
      return values.includes(value);
    case "NotIn":
      return !values.includes(value);
    case "DoesNotExist":
      return false;
    case "Exists":
      return true;
    default: {
      const [from, to] = rangeOf({ operator, values });
      const number = /^[0-9]+$/.test(value) ? Number(value) : NaN;
      return number >= from && number <= to;
    }
  }
}

/** The whole numbers that a comparison leaves, both ends among them. */
function rangeOf({ operator, values }: Pick<Demand, "operator" | "values">): readonly [number, number] {
  const bound = Number(values[0]);
  if (Number.isNaN(bound)) {
    return [-Infinity, Infinity];
  }
  switch (operator) {
    case "Gt":
      return [bound + 1, Infinity];
    case "Gte":
      return [bound, Infinity];
    case "Lt":
      return [-Infinity, bound - 1];
    case "Lte":
      return [-Infinity, bound];
    default:
      return [-Infinity, Infinity];
  }
}
