import { Token } from "cdktf";
import { hclString } from "../terraform/expression";
import { Check } from "./rule";

/**
 * Something that is true or not of a value, written once and read twice: at synth, and as a Terraform expression.
 *
 * At synth there are three answers: what hangs on a token, or on a value of a wrong type, is undefined. In Terraform every
 * optional field may be null, and before 1.12 both sides of `||` are evaluated, so each side stands a null.
 */
export interface Predicate {
  holds(it: unknown): boolean | undefined;
  terraform(it: string, names: Naming): string;
}

/** How a module spells the names of fields. */
export type Naming = (name: string) => string;

type Fields = Readonly<Record<string, unknown>>;

/** A field is given; a token is. */
export function given(field: string): Predicate {
  return {
    holds: (it) => isGiven(fieldOf(it, field)),
    terraform: (it, names) => `${it}.${names(field)} != null`,
  };
}

/** A field has one of these values. */
export function is(field: string, ...values: readonly (string | number | boolean)[]): Predicate {
  const known = `[${values.map((value) => (typeof value === "string" ? hclString(value) : String(value))).join(", ")}]`;
  return onField(
    field,
    false,
    (value) => (typeof value === "object" ? undefined : values.includes(value as string)),
    (it) => (values.length === 1 ? `${it} == ${known.slice(1, -1)}` : `contains(${known}, ${it})`),
  );
}

/** A field of text passes a check; one that is not given does not. */
export function passes(field: string, check: Check<string>): Predicate {
  return onField(
    field,
    false,
    (value) => (typeof value === "string" ? check.accepts(value) : undefined),
    (it) => check.terraform(it),
  );
}

/** How many entries a list or map has, at least and at most; one that is not given has none. */
export function sized(field: string, { min = 0, max }: { readonly min?: number; readonly max?: number }): Predicate {
  return onField(
    field,
    min === 0,
    (value) => {
      const size = Array.isArray(value) ? value.length : isFields(value) ? Object.keys(value).length : undefined;
      return size === undefined ? undefined : size >= min && (max === undefined || size <= max);
    },
    (it) =>
      min === max
        ? `length(${it}) == ${min}`
        : [
            ...(min > 0 ? [`length(${it}) >= ${min}`] : []),
            ...(max === undefined ? [] : [`length(${it}) <= ${max}`]),
          ].join(" && "),
  );
}

/** Every entry of a list is so; of one that is not given, too. */
export function each(field: string, condition: Predicate): Predicate {
  return onField(
    field,
    true,
    (value) => (Array.isArray(value) ? conjunction(value.map((item) => known(condition, item))) : undefined),
    (it, _, names) => {
      const item = loopName(it);
      return `alltrue([for ${item} in ${it} : ${condition.terraform(item, names)}])`;
    },
  );
}

/** Some entry of a list is so. */
export function some(field: string, condition: Predicate): Predicate {
  return not(each(field, not(condition)));
}

/** Every key of a map is one of another map of the object. */
export function keysIn(field: string, other: string): Predicate {
  return onField(
    field,
    true,
    (value, it) => {
      const keys = fieldOf(it, other) ?? {};
      return isFields(value) && isFields(keys) && !Token.isUnresolved(keys)
        ? Object.keys(value).every((key) => key in keys)
        : undefined;
    },
    (it, object) => {
      const keys = `keys(${object}.${other} == null ? {} : ${object}.${other})`;
      return `length(setsubtract(keys(${it}), ${keys})) == 0`;
    },
  );
}

/** Every key of a map is one of these. */
export function keysAre(field: string, ...keys: readonly string[]): Predicate {
  return onField(
    field,
    true,
    (value) => (isFields(value) ? Object.keys(value).every((key) => keys.includes(key)) : undefined),
    (it) => `length(setsubtract(keys(${it}), [${keys.map(hclString).join(", ")}])) == 0`,
  );
}

/** What no other condition can say. */
export function predicate(holds: Predicate["holds"], terraform: Predicate["terraform"]): Predicate {
  return { holds, terraform };
}

export function not(condition: Predicate): Predicate {
  return {
    holds: (it) => {
      const answer = condition.holds(it);
      return answer === undefined ? undefined : !answer;
    },
    terraform: (it, names) => `!(${condition.terraform(it, names)})`,
  };
}

export function all(...conditions: readonly Predicate[]): Predicate {
  return {
    holds: (it) => conjunction(conditions.map((condition) => condition.holds(it))),
    terraform: (it, names) => conditions.map((condition) => `(${condition.terraform(it, names)})`).join(" && "),
  };
}

export function any(...conditions: readonly Predicate[]): Predicate {
  return {
    holds: (it) => {
      const answers = conditions.map((condition) => condition.holds(it));
      return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
    },
    terraform: (it, names) => conditions.map((condition) => `(${condition.terraform(it, names)})`).join(" || "),
  };
}

/** Where the first is so, the second has to be. */
export function implies(first: Predicate, second: Predicate): Predicate {
  return any(not(first), second);
}

/** Whether something is given; null is not. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** A condition on a field's value, and what is true where it is not given. */
function onField(
  field: string,
  otherwise: boolean,
  holds: (value: unknown, it: unknown) => boolean | undefined,
  terraform: (it: string, object: string, names: Naming) => string,
): Predicate {
  return {
    holds: (it) => {
      const value = fieldOf(it, field);
      return !isGiven(value) ? otherwise : Token.isUnresolved(value) ? undefined : holds(value, it);
    },
    terraform: (it, names) => {
      const value = `${it}.${names(field)}`;
      return `${value} == null ? ${otherwise} : ${terraform(value, it, names)}`;
    },
  };
}

function known(condition: Predicate, item: unknown): boolean | undefined {
  return isFields(item) && !Token.isUnresolved(item) ? condition.holds(item) : undefined;
}

function conjunction(answers: readonly (boolean | undefined)[]): boolean | undefined {
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

function fieldOf(it: unknown, field: string): unknown {
  return isFields(it) ? it[field] : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The name of a loop's item that no loop around it has. */
function loopName(collection: string): string {
  return `e${Number(/^e(\d+)/.exec(collection)?.[1] ?? 0) + 1}`;
}
