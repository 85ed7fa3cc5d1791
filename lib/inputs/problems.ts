import type { Construct } from "constructs";
import { DEFAULT_KARPENTER_VERSION, mayBeTaken } from "../versions";
import type { CrossRule, PropertyValues } from "./cross-rule";
import { breaks, crossRefusal, propertiesOf } from "./cross-rule";
import type { Field, ObjectField } from "./field";
import { problemsIn } from "./field-problems";
import { literalValue } from "./literal-value";
import type { Fields } from "../terraform/known-values";
import { isGiven, isKnownText } from "../terraform/known-values";

/** Collects what is wrong with a construct's properties, so that a user hears of everything at once. */
export class Problems {
  private readonly found: string[] = [];
  private readonly wrong = new Set<string>();

  /** Holds properties against their description: names, types and rules, at every depth. */
  public checkProperties(props: object, properties: ObjectField): this {
    const problems = problemsIn("", props, properties, releaseOf(props));
    problems.forEach(({ sentence }) => this.add(sentence));
    if (problems.length > 0) {
      wrongProperties(props, properties).forEach((name) => this.wrong.add(name));
    }
    return this;
  }

  /**
   * Holds several properties against rules on them together, as far as they are known at synth. A rule on a property that is
   * wrong by itself is left out: one cause, one message.
   */
  public checkTogether(rules: readonly CrossRule[], values: PropertyValues): this {
    rules
      .filter((rule) => !propertiesOf(rule).some((property) => this.isWrong(property)) && breaks(rule, values))
      .forEach((rule) => this.add(crossRefusal(rule, values)));
    return this;
  }

  /** Whether a property is wrong by itself: what follows from it is not to be told of. */
  public isWrong(property: string): boolean {
    return this.wrong.has(property);
  }

  /** Adds a problem in words. */
  public add(problem: string): this {
    this.found.push(problem);
    return this;
  }

  /** All problems found so far. */
  public get all(): readonly string[] {
    return [...new Set(this.found)];
  }
}

const checked = new WeakSet<object>();

/**
 * Marks properties that the composing construct has checked under the names its user knows, so that no problem is
 * reported twice.
 */
export function alreadyChecked<P extends object>(props: P): P {
  checked.add(props);
  return props;
}

/** Whether {@link alreadyChecked} has marked these properties. */
export function isAlreadyChecked(props: object): boolean {
  return checked.has(props);
}

/**
 * Registers a validation that reports a construct's problems at synth, together with those of every other construct, and
 * returns the properties to build with: wrong ones are left out, so that no constructor throws before all are reported.
 *
 * A constructor that throws would show the first problem only; `app.synth()` and `Testing.synth(stack, true)` show all.
 *
 * @param more finds what the description of the properties cannot say, in those that are right by themselves
 */
export function checkedProps<P extends object>(
  construct: Construct,
  props: P,
  properties: ObjectField,
  more: (problems: Problems, props: P) => void = () => undefined,
): P {
  // Plain JavaScript may leave them out.
  const given = (props as P | undefined) ?? ({} as P);
  if (checked.has(given)) {
    return given;
  }
  construct.node.addValidation({ validate: () => [...allProblems(given, properties, more)] });
  return literalValue(usable(given, properties), properties) as P;
}

/** Everything that is wrong with properties; `more` is that of {@link checkedProps}. */
export function allProblems<P extends object>(
  props: P,
  properties: ObjectField,
  more: (problems: Problems, props: P) => void,
): readonly string[] {
  const problems = new Problems().checkProperties(props, properties);
  more(problems, comparable(props, properties, problems));
  return problems.all;
}

/** The properties without wrong ones; a required one is replaced by an empty value of its type. */
export function usable<P extends object>(props: P, properties: ObjectField): P {
  const missing = (properties.required ?? []).filter((name) => !isGiven((props as Fields)[name]));
  const instead = [...wrongProperties(props, properties), ...missing].map((name) => [
    name,
    properties.required?.includes(name) === true ? standIn(properties.fields[name]) : undefined,
  ]);
  return instead.length === 0 ? props : { ...props, ...Object.fromEntries(instead) };
}

/**
 * Properties to compare with each other: without single values that are wrong and without what is of another kind. Lists and
 * maps stay, whatever is in them, for that some part of a map is wrong does not mean that there is none.
 */
function comparable<P extends object>(props: P, { fields }: ObjectField, problems: Problems): P {
  const wrong = Object.keys(fields).filter(
    (name) => problems.isWrong(name) && !isContainer(fields[name], (props as Fields)[name]),
  );
  return { ...props, ...Object.fromEntries(wrong.map((name) => [name, undefined])) };
}

function isContainer({ kind }: Field, value: unknown): boolean {
  return kind === "list"
    ? Array.isArray(value)
    : (kind === "map" || kind === "object") && typeof value === "object" && !Array.isArray(value);
}

/** The properties that are wrong by themselves. */
function wrongProperties(props: object, { fields }: ObjectField): string[] {
  const release = releaseOf(props);
  return Object.entries(fields).flatMap(([name, field]) =>
    problemsIn(name, (props as Fields)[name], field, release).length > 0 ? [name] : [],
  );
}

function standIn(field: Field): unknown {
  switch (field.kind) {
    case "list":
      return [];
    case "map":
    case "object":
    case "variant":
      return {};
    case "bool":
      return false;
    case "number":
      return 0;
    default:
      return "";
  }
}

/** The release that the rules of some minor versions are asked for: none where it is not known, or is no release. */
function releaseOf(props: object): string | undefined {
  const { karpenterVersion: release = DEFAULT_KARPENTER_VERSION } = props as { karpenterVersion?: unknown };
  return isKnownText(release) && mayBeTaken(release) ? release : undefined;
}
