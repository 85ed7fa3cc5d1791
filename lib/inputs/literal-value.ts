import { Token } from "cdktf";
import { literalText } from "../terraform/expression";
import type { Fields } from "../terraform/known-values";
import { isFields } from "../terraform/known-values";
import type { Field } from "./field";

/**
 * A value in which text is text: what looks like a template of Terraform's, `${…}` or `%{…}`, is not evaluated, and tokens
 * are. It is composed as Terraform composes what it reads, so that what is made of it at synth is the same. NodePools and the like become values of a chart, written as an expression that quotes their text anyway.
 */
export function literalValue(value: unknown, field: Field): unknown {
  if (typeof value === "string") {
    return literal(value);
  }
  if (Token.isUnresolved(value)) {
    return value;
  }
  if (field.kind === "list" && Array.isArray(value)) {
    const items = value.map((item) => literalValue(item, field.of));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (field.kind === "map" && field.of.kind === "string" && isFields(value)) {
    return entriesOf(value, (name, item) => [literal(name), literalValue(item, field.of)]);
  }
  if (field.kind === "object" && isFields(value)) {
    const { fields } = field;
    return entriesOf(value, (name, item) => [
      name,
      Object.hasOwn(fields, name) ? literalValue(item, fields[name]) : item,
    ]);
  }
  return value;
}

function literal(text: string): string {
  return literalText(text.normalize("NFC"));
}

/** An object of other entries; the same object where nothing in it changes. */
function entriesOf(value: Fields, of: (name: string, item: unknown) => [string, unknown]): Fields {
  const entries = Object.entries(value).map(([name, item]) => of(name, item));
  return entries.every(([name, item]) => Object.hasOwn(value, name) && item === value[name])
    ? value
    : Object.fromEntries(entries);
}
