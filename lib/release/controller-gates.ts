import { minorVersionAtPlan } from "../inputs/catalog/karpenter-version";
import type { CrossRule } from "../inputs/cross-rule";
import type { At } from "../inputs/predicate";
import { hclString } from "../terraform/expression";
import { isFields } from "../terraform/known-values";
import { snakeCase } from "../terraform/readable-stack";
import { DEFAULT_KARPENTER_VERSION, minorVersionOf, MINOR_VERSIONS_AT_PLAN } from "../versions";
import type { OptionName } from "./chart-values";
import type { FeatureGate } from "./feature-gates";
import { gateRule } from "./feature-gates";

/** What of the controller's options does nothing unless nodes are repaired. */
const OF_REPAIR = [
  ["awsFeatureGates", "rebootForRepair"],
  ["featureGates", "terminateFirstRepair"],
  ["settings", "legacyNodeRepair"],
] as const;

/** The gate that the controller's own options need. */
export const NODE_REPAIR: FeatureGate = {
  option: "featureGates",
  gate: "nodeRepair",
  uses: (values) =>
    OF_REPAIR.flatMap(([option, key]) => {
      const { [option]: given, karpenterVersion: release = DEFAULT_KARPENTER_VERSION } = values;
      // What the release does not know is told of by another rule.
      const isKnown = typeof release === "string" && minorVersionOf(release).chart[option][key] !== undefined;
      return isKnown && isFields(given) && given[key] === true ? [`${option}.${key}`] : [];
    }),
  usesAtPlan: (at) =>
    OF_REPAIR.map(
      ([option, key]) =>
        `[for path in ["${snakeCase(option)}.${key}"] : path ` +
        `if try(${at(option)}.${key} == true, false) && ${isKnownAtPlan(option, key, at)}]`,
    ),
};

function isKnownAtPlan(option: OptionName, key: string, at: At): string {
  const known = MINOR_VERSIONS_AT_PLAN.filter(({ chart }) => chart[option][key] !== undefined);
  const names = known.map(({ minorVersion }) => hclString(minorVersion)).join(", ");
  return `contains([${names}], ${minorVersionAtPlan(at("karpenterVersion"))})`;
}

/** Options of the controller for a gate that is off. */
export const controllerGateRules: readonly CrossRule[] = [gateRule(NODE_REPAIR)];
