import { createHash } from "node:crypto";
import { parse } from "yaml";

/** A value of a Terraform expression. */
export type Value = unknown;

/** As Terraform's `jsonencode`: keys in order, no spaces. */
export function jsonencode(value: Value): string {
  return JSON.stringify(inOrder(value)).replace(
    /[<>&]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function inOrder(value: Value): Value {
  if (Array.isArray(value)) {
    return value.map(inOrder);
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([key, item]) => [key, inOrder(item)]));
  }
  return value;
}

export function text(value: Value): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return String(value);
  }
  throw new Error(`no string: ${JSON.stringify(value)}`);
}

function list(value: Value): readonly Value[] {
  if (!Array.isArray(value)) {
    throw new Error(`no list: ${JSON.stringify(value)}`);
  }
  return value;
}

export function record(value: Value): Readonly<Record<string, Value>> {
  if (typeof value !== "object" || value === null) {
    throw new Error(`no map: ${JSON.stringify(value)}`);
  }
  return value as Record<string, Value>;
}

/** A map or an object, and no list. */
function mapping(value: Value): Readonly<Record<string, Value>> {
  if (Array.isArray(value)) {
    throw new Error(`no map: ${JSON.stringify(value)}`);
  }
  return record(value);
}

export function flag(value: Value): boolean {
  if (typeof value !== "boolean") {
    throw new Error(`no boolean: ${JSON.stringify(value)}`);
  }
  return value;
}

/** A number of Terraform's, which are exact; what JavaScript would round is a bigint. */
export function numberOf(digits: string): number | bigint {
  const value = Number(digits);
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(digits) : value;
}

function same(a: Value, b: Value): boolean {
  if (typeof a === "string" && typeof b === "string") {
    return a === b;
  }
  return jsonencode(a ?? null) === jsonencode(b ?? null);
}

/** As RE2 reads a pattern: `(?i:…)` may stand in its middle, a point is anything but a line feed, and `\\s` is of ASCII. */
function regex(source: string, flags = ""): RegExp {
  const known = expressions.get(`${flags} ${source}`) ?? compiled(source, flags);
  expressions.set(`${flags} ${source}`, known);
  known.lastIndex = 0;
  return known;
}

/** Patterns that have been read: the same ones are asked of many values. */
const expressions = new Map<string, RegExp>();

function compiled(source: string, flags: string): RegExp {
  const insensitive = source.includes("(?i:");
  const inJavaScript = source
    .replaceAll("(?i:", "(?:")
    .replace(/\[\\s\\S\]|\\[\s\S]|\[(\\.|[^\]])*\]|\./g, (part) => OF_RE2[part] ?? part);
  return new RegExp(inJavaScript, `u${insensitive ? `${flags}i` : flags}`);
}

const OF_RE2: Readonly<Record<string, string>> = {
  ".": "[^\\n]",
  "\\s": "[\\t\\n\\f\\r ]",
  "\\S": "[^\\t\\n\\f\\r ]",
};

/** What is drawn as one character is one to Terraform. */
function characters(value: string): string[] {
  return /^[ -~]*$/.test(value) ? [...value] : [...graphemes.segment(value)].map(({ segment }) => segment);
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

function length(value: Value): number {
  return typeof value === "string"
    ? characters(value).length
    : Array.isArray(value)
      ? value.length
      : Object.keys(record(value)).length;
}

/** How long a duration of Go's is, in seconds. */
function seconds(duration: string): number {
  const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };
  return [...duration.matchAll(/(\d+)([smh])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * units[unit], 0);
}

export const FUNCTIONS: Readonly<Record<string, (...args: Value[]) => Value>> = {
  alltrue: (values) => list(values).every((value) => value === true),
  anytrue: (values) => list(values).includes(true),
  coalescelist: (...values) => {
    const found = values.find((value) => list(value).length > 0);
    if (found === undefined) {
      throw new Error("no list with an item in coalescelist");
    }
    return found;
  },
  coalesce: (...values) => {
    const found = values.find((value) => value !== null && value !== undefined && value !== "");
    if (found === undefined) {
      throw new Error("no non-null argument of coalesce");
    }
    return found;
  },
  ceil: (value) => Math.ceil(Number(text(value))),
  compact: (values) => list(values).filter((value) => value !== null && value !== ""),
  concat: (...lists) => lists.flatMap((values) => list(values)),
  contains: (values, value) => list(values).some((item) => same(item, value)),
  distinct: (values) =>
    list(values).filter((value, index, all) => all.findIndex((item) => same(item, value)) === index),
  // The order of a set is of no account.
  toset: (values) => FUNCTIONS.distinct(values),
  element: (values, index) => list(values)[Number(index) % list(values).length],
  flatten: (values) => list(values).flat(Infinity),
  floor: (value) => Math.floor(Number(text(value))),
  format: (pattern, ...values) => {
    const rest = [...values];
    return text(pattern).replace(/%(?:\[(\d+)\])?[sd]/g, (_, at?: string) =>
      text(at === undefined ? rest.shift() : values[Number(at) - 1]),
    );
  },
  index: (values, value) => {
    const found = list(values).findIndex((item) => same(item, value));
    if (found < 0) {
      throw new Error(`no ${JSON.stringify(value)} in the list`);
    }
    return found;
  },
  join: (separator, values) => list(values).map(text).join(text(separator)),
  jsondecode: (value) => JSON.parse(text(value)) as Value,
  // JSON is YAML too.
  values: (value) =>
    Object.entries(mapping(value))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, item]) => item),
  yamlencode: jsonencode,
  jsonencode,
  keys: (value) => Object.keys(mapping(value)).sort(),
  length,
  lookup: (map, key, otherwise) => (Object.hasOwn(mapping(map), text(key)) ? mapping(map)[text(key)] : otherwise),
  lower: (value) => text(value).toLowerCase(),
  max: (...values) => Math.max(...values.map(Number)),
  min: (...values) => Math.min(...values.map(Number)),
  merge: (...maps) => Object.assign({}, ...maps.map((map) => (map === null ? {} : mapping(map)))) as Value,
  one: (values) => {
    if (list(values).length > 1) {
      throw new Error("more than one");
    }
    return list(values)[0] ?? null;
  },
  range: (count) => Array.from({ length: Number(text(count)) }, (_, index) => index),
  regex: (pattern, value) => {
    const found = regex(text(pattern)).exec(text(value));
    if (found === null) {
      throw new Error(`no match of ${text(pattern)}`);
    }
    // A group that takes no part in the match is null.
    return found.length > 1 ? found.slice(1).map((group) => (group as string | undefined) ?? null) : found[0];
  },
  regexall: (pattern, value) =>
    [...text(value).matchAll(regex(text(pattern), "g"))].map((found) => (found.length > 1 ? found.slice(1) : found[0])),
  replace: (value, search, replacement) => {
    const [, source] = /^\/(.*)\/$/s.exec(text(search)) ?? [];
    return source === undefined
      ? text(value).replaceAll(text(search), text(replacement))
      : text(value).replace(regex(source, "g"), text(replacement));
  },
  reverse: (values) => [...list(values)].reverse(),
  setintersection: (values, others) => list(values).filter((value) => list(others).some((other) => same(value, other))),
  setsubtract: (values, others) => list(values).filter((value) => !list(others).some((other) => same(value, other))),
  sha256: (value) => createHash("sha256").update(text(value)).digest("hex"),
  slice: (values, from, to) => list(values).slice(Number(from), Number(to)),
  sort: (values) => list(values).map(text).sort(),
  split: (separator, value) => text(value).split(text(separator)),
  startswith: (value, prefix) => text(value).startsWith(text(prefix)),
  timeadd: (time, duration) => new Date(Date.parse(text(time)) + 1000 * seconds(text(duration))).toISOString(),
  timecmp: (a, b) => Math.sign(Date.parse(text(a)) - Date.parse(text(b))),
  sum: (values) => list(values).reduce<number>((sum, value) => sum + Number(value), 0),
  tobool: (value) => {
    if (value !== null && !["true", "false"].includes(text(value))) {
      throw new Error(`no bool: ${JSON.stringify(value)}`);
    }
    return value === null ? null : text(value) === "true";
  },
  tonumber: (value) => {
    if (!/^[+-]?\d+(\.\d+)?$/.test(text(value))) {
      throw new Error(`no number: ${JSON.stringify(value)}`);
    }
    return numberOf(text(value));
  },
  trimprefix: (value, prefix) =>
    text(value).startsWith(text(prefix)) ? text(value).slice(text(prefix).length) : text(value),
  tostring: text,
  yamldecode: (value) => parse(text(value), { merge: true }) as Value,
  // A length of -1 is all that is left.
  substr: (value, offset, count) => {
    const rest = characters(text(value)).slice(Number(offset));
    return (Number(count) < 0 ? rest : rest.slice(0, Number(count))).join("");
  },
};

export const OPERATORS: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["==", "!="],
  ["<=", ">=", "<", ">"],
  ["+", "-"],
  ["*"],
];

export function operate(operator: string, a: Value, b: Value): Value {
  switch (operator) {
    case "||":
      return [flag(a), flag(b)].includes(true);
    case "&&":
      return ![flag(a), flag(b)].includes(false);
    case "==":
      return same(a, b);
    case "!=":
      return !same(a, b);
    default: {
      const [x, y] = [a, b].map((value) => {
        if (typeof value === "number" || typeof value === "bigint") {
          return value as number;
        }
        if (!/^-?\d+([.]\d+)?$/.test(String(value))) {
          throw new Error(`no number: ${JSON.stringify(value)}`);
        }
        return Number(value);
      });
      return (
        { "<=": x <= y, ">=": x >= y, "<": x < y, ">": x > y }[operator] ?? calculate(operator, Number(x), Number(y))
      );
    }
  }
}

function calculate(operator: string, x: number, y: number): number | undefined {
  return { "+": x + y, "-": x - y, "*": x * y }[operator];
}
