import { Token } from "cdktf";
import { minorVersionAtPlan } from "../inputs/catalog/karpenter-version";
import type { CrossRule, PropertyValues } from "../inputs/cross-rule";
import type { At, Predicate } from "../inputs/predicate";
import { predicate } from "../inputs/predicate";
import { hclString } from "../terraform/expression";
import { isFields, isGiven, isKnownText } from "../terraform/known-values";
import { DEFAULT_KARPENTER_VERSION, minorVersionOf, MINOR_VERSIONS_AT_PLAN } from "../versions";
import { saidAt, valuesDocuments, type HelmValues } from "./helm-values";

/** A feature gate of the controller, and what does nothing without it. */
export interface FeatureGate {
  readonly option: "featureGates" | "awsFeatureGates";
  readonly gate: string;
  /** The paths of all that needs it, as far as that is known at synth. */
  uses(values: PropertyValues): string[];
  /** The same as Terraform lists. */
  usesAtPlan(at: At): readonly string[];
}

/** Whether the gate is on: by more values, by its option, or by the chart's default; undefined where that is not known, or where there is no such gate. */
export function isGateOn({ option, gate }: FeatureGate, values: PropertyValues): boolean | undefined {
  const { karpenterVersion: release = DEFAULT_KARPENTER_VERSION, controllerHelmValues, [option]: typed } = values;
  if (!isKnownText(release)) {
    return undefined;
  }
  const known = minorVersionOf(release).chart[option][gate];
  const documents = valuesDocuments("", controllerHelmValues as HelmValues | undefined);
  const said = [saidAt(documents, ["settings", option, gate]), isFields(typed) ? typed[gate] : typed];
  const found = said.find(isGiven);
  return known === undefined || Token.isUnresolved(found) ? undefined : (found ?? known.default) === true;
}

/** Whether the gate is on by default, in Terraform. Where the release has no such gate, other rules tell that. */
function isOnByDefault({ option, gate }: FeatureGate, at: At): string {
  const off = MINOR_VERSIONS_AT_PLAN.filter(({ chart }) => chart[option][gate]?.default === false);
  const names = off.map(({ minorVersion }) => hclString(minorVersion)).join(", ");
  return `!contains([${names}], ${minorVersionAtPlan(at("karpenterVersion"))})`;
}

/** As {@link isGateOn} in Terraform. */
export function isOnAtPlan(of: FeatureGate, at: At): string {
  const { option, gate } = of;
  // Each is YAML or an object.
  const said = `try(tobool(try(yamldecode(values), values).settings.${option}.${gate}), null)`;
  return (
    `coalesce(concat([for values in reverse(${at("controllerHelmValues")}) : ${said}], ` +
    `[try(tobool(${at(option)}.${gate}), null), ${isOnByDefault(of, at)}])...)`
  );
}

/** Whatever there is. */
export const ALWAYS: Predicate = predicate(
  () => true,
  () => "true",
);

/** Paths in a sentence: `"a" is given`, `"a", "b" are given`. */
function given(paths: readonly string[]): string {
  return `${paths.map((path) => `"${path}"`).join(", ")} ${paths.length === 1 ? "is" : "are"} given`;
}

/** What a module computes of each gate, {@link USES} and {@link ON}, so that no rule is longer than can be read. */
export function gateLocals(
  gates: readonly FeatureGate[],
  at: At,
  knowsOptions: boolean,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const each = (of: (gate: FeatureGate) => unknown): Record<string, unknown> =>
    Object.fromEntries(gates.map((found) => [found.gate, of(found)]));
  return {
    [USES]: each(({ usesAtPlan }) => usesAtPlan(at).map((list) => `\${${list}}`)),
    [ON]: each((found) => `\${${knowsOptions ? isOnAtPlan(found, at) : isOnByDefault(found, at)}}`),
  };
}

/** The paths of what needs each gate. */
const USES = "featureGateUses";
/** Whether each gate is on; where the options of the controller are not known, by default. */
const ON = "featureGatesOn";

function isRightAtPlan(of: FeatureGate, at: At): string {
  // Where the gate is on, no use of it need be known.
  return `(${at(ON)}.${of.gate} ? true : length(${allUses(of, at)}) == 0)`;
}

function allUses({ gate }: FeatureGate, at: At): string {
  return `flatten(${at(USES)}.${gate})`;
}

function givenAtPlan(paths: string): string {
  return `"\${join(", ", [for path in ${paths} : jsonencode(path)])} \${length(${paths}) == 1 ? "is" : "are"} given"`;
}

/**
 * Nothing that a gate is needed for is given while the gate is off: the API server takes it, and the controller then does nothing
 * with it. A gate is not turned on by itself, for it changes what the controller does with everything else.
 *
 * @param applies where the controller is ours to speak of
 */
export function gateRule(of: FeatureGate, applies: Predicate = ALWAYS): CrossRule {
  const { option, gate } = of;
  return {
    refusal:
      `<uses>, but must be left out while the feature gate "${gate}" is off, for the controller then does nothing with it; ` +
      `set "${gate}" to true in "{${option}}", or leave it out`,
    computed: {
      uses: { of: (values) => given(of.uses(values)), terraform: (at) => givenAtPlan(allUses(of, at)) },
    },
    about: ["karpenterVersion"],
    condition: predicate(
      (values) => applies.holds(values) === false || isGateOn(of, values) !== false || of.uses(values).length === 0,
      (at) => `!${applies.terraform(at)} || ${isRightAtPlan(of, at)}`,
    ),
  };
}

/** What is told of something that needs a gate of a controller that is not ours; undefined where there is nothing to tell. */
export function gateWarning(of: FeatureGate, values: PropertyValues): string | undefined {
  const uses = of.uses(values);
  return uses.length === 0 || isGateOn(of, values) !== false ? undefined : warningText(of, given(uses));
}

function warningText({ gate }: FeatureGate, uses: string): string {
  return (
    `${uses}, and does nothing unless the feature gate "${gate}" of the controller is on, which is not known here; turn it ` +
    "on where the controller is installed"
  );
}

/** A warning in Terraform: what must hold, and what is told where it does not, as a template. */
export interface WarningAtPlan {
  readonly isRight: string;
  readonly text: string;
}

/** As {@link gateWarning}. */
export function gateWarningAtPlan(of: FeatureGate, at: At): WarningAtPlan {
  return {
    isRight: isRightAtPlan(of, at),
    text: warningText(of, `\${${givenAtPlan(allUses(of, at))}}`),
  };
}
