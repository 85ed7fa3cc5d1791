import { Token } from "cdktf";

/** Fields of an object; tokens among the values are Terraform's. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value is an object that is known at synth. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !Token.isUnresolved(value);
}

/** Whether a value is a text that is known at synth. */
export function isKnownText(value: unknown): value is string {
  return typeof value === "string" && !Token.isUnresolved(value);
}

/** Whether a value is a list that is known at synth; tokens among the items are Terraform's. */
export function isKnownList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && !Token.isUnresolved(value);
}

/** Whether something is given; null is not. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** What of some fields is given. */
export function givenFields(fields: object = {}): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => isGiven(value)));
}

/** Fields without some of them. */
export function without<F extends Readonly<Record<string, unknown>>, N extends string>(
  fields: F,
  ...names: readonly N[]
): string extends N ? F : Omit<F, N> {
  const others = Object.entries(fields).filter(([name]) => !(names as readonly string[]).includes(name));
  return Object.fromEntries(others) as string extends N ? F : Omit<F, N>;
}

/**
 * The objects of a file or of several: the items of lists and of objects of kind `List`, one by one, without what is null, an
 * empty document.
 */
export function flattened(value: unknown): unknown[] {
  if (isKnownList(value)) {
    return value.flatMap(flattened);
  }
  if (isFields(value) && value.kind === "List" && Array.isArray(value.items)) {
    return flattened(value.items);
  }
  return isGiven(value) ? [value] : [];
}
