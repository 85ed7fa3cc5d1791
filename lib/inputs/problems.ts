import { Construct } from "constructs";
import { Token } from "cdktf";
import { crossRefusal, isDecidable, PropertyValues, RuleAtSynth } from "./cross-rules";
import { refusal, refusalOf, Rule } from "./rule";

/** Collects what is wrong with a construct's properties, so that a user hears of everything at once. */
export class Problems {
  private readonly found: string[] = [];

  /** Holds a property against its rule. What is not given, or not known at synth, passes. */
  public check<T>(property: string, value: T | undefined, rule: Rule<T>): this {
    if (value !== undefined && !Token.isUnresolved(value) && !rule.accepts(value)) {
      this.add(refusalOf(property, value, rule));
    }
    return this;
  }

  /** As {@link check}, for a property that must be given. */
  public require<T>(property: string, value: T | undefined, rule: Rule<T>): this {
    if (value === undefined || value === null) {
      this.add(refusal(property, "missing", rule));
    }
    return this.check(property, value ?? undefined, rule);
  }

  /** Holds several properties against rules on them together, as far as they are known at synth. */
  public checkTogether(rules: readonly RuleAtSynth[], values: PropertyValues): this {
    rules
      .filter((rule) => isDecidable(rule, values) && !rule.accepts(values))
      .forEach((rule) => this.add(crossRefusal(rule, values)));
    return this;
  }

  /** Adds a problem in words. */
  public add(problem: string): this {
    this.found.push(problem);
    return this;
  }

  /** All problems found so far. */
  public get all(): readonly string[] {
    return this.found;
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

/**
 * Reports a construct's problems at synth, together with those of every other construct of the app.
 *
 * A constructor that throws would show the first problem only; `app.synth()` and `Testing.synth(stack, true)` show all.
 */
export function reportAtSynth(construct: Construct, props: object, find: (problems: Problems) => void): void {
  if (!checked.has(props)) {
    construct.node.addValidation({
      validate: () => {
        const problems = new Problems();
        find(problems);
        return [...problems.all];
      },
    });
  }
}
