import { isFields } from "../../lib/terraform/known-values";
import type { UnknownName } from "./unknown-names";
import { UNKNOWN_NAMES } from "./unknown-names";

/** A value of an input in which several paths are wrong. */
export interface WrongInput extends Pick<UnknownName, "input" | "value"> {
  readonly paths: readonly string[];
}

/** Whether one path is the other, or leads to it. */
function meet(one: string, other: string): boolean {
  const [short, long] = [one, other].sort((a, b) => a.length - b.length);
  return long === short || (long.startsWith(short) && /^[.[]/.test(long.slice(short.length)));
}

/** Both values in one, a list's items by their place; undefined where both say something of one place. */
function merged(one: unknown, other: unknown): unknown {
  const isList = Array.isArray(one) && Array.isArray(other);
  if (!isList && !(isFields(one) && isFields(other))) {
    return one === other ? one : undefined;
  }
  const both: Record<string, unknown> = { ...(one as object) };
  for (const [key, value] of Object.entries(other as object)) {
    both[key] = key in both ? merged(both[key], value) : value;
    if (both[key] === undefined) {
      return undefined;
    }
  }
  return isList ? Object.values(both) : both;
}

/** The table in few values: the check goes through the whole of each, and tells all that is wrong in it. */
export const UNKNOWN_TOGETHER = UNKNOWN_NAMES.reduce<WrongInput[]>((inputs, item) => {
  for (const one of inputs) {
    const value =
      one.input === item.input && !one.paths.some((path) => meet(path, item.path))
        ? merged(one.value, item.value)
        : undefined;
    if (value !== undefined) {
      return inputs.map((other) => (other === one ? { ...one, value, paths: [...one.paths, item.path] } : other));
    }
  }
  return [...inputs, { input: item.input, value: item.value, paths: [item.path] }];
}, []);
