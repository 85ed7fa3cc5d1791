import { Token } from "cdktf";
import { hclString } from "../terraform/expression";
import type { Fields } from "../terraform/known-values";
import { isFields, isGiven, isKnownText } from "../terraform/known-values";
import type { ValueTest } from "./value-test";
import { passesTest, testAtPlan } from "./value-test";

/**
 * Something that is true or not of an object, written once and read at synth and as a Terraform expression.
 *
 * `holds` is three-valued: undefined means undecidable (a token, or a wrong type). In Terraform, what is missing, null or
 * of a wrong type is answered by `try`.
 */
export interface Predicate {
  holds(it: unknown): boolean | undefined;
  /** @param at writes the expression of a field, which may fail where there is none */
  terraform(at: At): string;
}

/** Writes the Terraform expression of an object's field. */
export type At = (field: string) => string;

/** A field is given; a token is. */
export function given(field: string): Predicate {
  return {
    holds: (it) => isGiven(fieldOf(it, field)),
    terraform: (at) => `try(${at(field)} != null, false)`,
  };
}

/** A field has one of these values. */
export function is(field: string, ...values: readonly (string | number | boolean)[]): Predicate {
  const known = values.map((value) => (typeof value === "string" ? hclString(value) : String(value)));
  return onField(
    field,
    false,
    (value) => (typeof value === "object" ? undefined : values.includes(value as string)),
    (it) => (known.length === 1 ? `${it} == ${known[0]}` : `contains([${known.join(", ")}], ${it})`),
  );
}

/** A field of text passes a test; one that is not given does not. */
export function passes(field: string, test: ValueTest): Predicate {
  return onField(
    field,
    false,
    (value) => (typeof value === "string" ? passesTest(test, value) : undefined),
    (it) => testAtPlan(test, it),
  );
}

/** A number is not outside of these bounds; one that is not given is not. */
export function within(field: string, { min, max }: { readonly min?: number; readonly max?: number }): Predicate {
  return onField(
    field,
    true,
    (value) =>
      typeof value === "number"
        ? (min === undefined || value >= min) && (max === undefined || value <= max)
        : undefined,
    (it) =>
      [...(min === undefined ? [] : [`${it} >= ${min}`]), ...(max === undefined ? [] : [`${it} <= ${max}`])].join(
        " && ",
      ),
  );
}

/** A list has this text in it. */
export function includes(field: string, text: string): Predicate {
  return onField(
    field,
    false,
    (value) =>
      !Array.isArray(value) ? undefined : value.includes(text) ? true : value.every(isKnownText) ? false : undefined,
    (it) => `contains(${it}, ${hclString(text)})`,
  );
}

/** How many entries a list or map has, at least and at most; one that is not given has none. */
export function sized(field: string, { min = 0, max }: { readonly min?: number; readonly max?: number }): Predicate {
  const bounds = (it: string): string =>
    [...(min > 0 ? [`length(${it}) >= ${min}`] : []), ...(max === undefined ? [] : [`length(${it}) <= ${max}`])].join(
      " && ",
    );
  return onField(
    field,
    min === 0,
    (value) => {
      const size = Array.isArray(value) ? value.length : isFields(value) ? Object.keys(value).length : undefined;
      return size === undefined ? undefined : size >= min && (max === undefined || size <= max);
    },
    (it) => (min === max ? `length(${it}) == ${min}` : bounds(it)),
  );
}

/** True if every item of a list satisfies the predicate, or the list is not given. */
export function each(field: string, predicate: Predicate): Predicate {
  return onField(
    field,
    true,
    (value) => (Array.isArray(value) ? conjunction(value.map((item) => known(predicate, item))) : undefined),
    (it) => `alltrue([for item in ${it} : ${predicate.terraform((name) => `item.${name}`)}])`,
  );
}

/** Some item of a list satisfies the predicate. */
export function some(field: string, predicate: Predicate): Predicate {
  return not(each(field, not(predicate)));
}

/** Every key of a map is one of another map of the object. */
export function keysIn(field: string, other: string): Predicate {
  return onField(
    field,
    true,
    (value, it) => {
      const keys = fieldOf(it, other) ?? {};
      return isFields(value) && isFields(keys) ? Object.keys(value).every((key) => key in keys) : undefined;
    },
    (it, at) => `length(setsubtract(keys(${it}), try(keys(${at(other)}), []))) == 0`,
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

/** Escape hatch: a check of the object's fields and a Terraform expression, both by hand. */
export function predicate(holds: (it: Fields) => boolean | undefined, terraform: Predicate["terraform"]): Predicate {
  return { holds: (it) => (isFields(it) ? holds(it) : undefined), terraform: (at) => `(${terraform(at)})` };
}

export function not(predicate: Predicate): Predicate {
  return {
    holds: (it) => {
      const answer = predicate.holds(it);
      return answer === undefined ? undefined : !answer;
    },
    terraform: (at) => `!${predicate.terraform(at)}`,
  };
}

export function all(...predicates: readonly Predicate[]): Predicate {
  return {
    holds: (it) => conjunction(predicates.map((predicate) => predicate.holds(it))),
    terraform: (at) => `alltrue([${predicates.map((predicate) => predicate.terraform(at)).join(", ")}])`,
  };
}

export function any(...predicates: readonly Predicate[]): Predicate {
  return {
    holds: (it) => {
      const answers = predicates.map((predicate) => predicate.holds(it));
      return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
    },
    // Where one is true, the others may be of values that are not known yet; an operator would wait for them.
    terraform: (at) => `anytrue([${predicates.map((predicate) => predicate.terraform(at)).join(", ")}])`,
  };
}

/** Where the first holds, the second has to. */
export function implies(first: Predicate, second: Predicate): Predicate {
  return any(not(first), second);
}

/** A predicate on a field's value, and what is true where it is not given. */
function onField(
  field: string,
  otherwise: boolean,
  holds: (value: unknown, it: unknown) => boolean | undefined,
  terraform: (it: string, at: At) => string,
): Predicate {
  return {
    holds: (it) => {
      const value = fieldOf(it, field);
      return !isGiven(value) ? otherwise : Token.isUnresolved(value) ? undefined : holds(value, it);
    },
    terraform: (at) => `try(${terraform(at(field), at)}, ${otherwise})`,
  };
}

function known(predicate: Predicate, item: unknown): boolean | undefined {
  return isFields(item) ? predicate.holds(item) : undefined;
}

function conjunction(answers: readonly (boolean | undefined)[]): boolean | undefined {
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

function fieldOf(it: unknown, field: string): unknown {
  return isFields(it) ? it[field] : undefined;
}
