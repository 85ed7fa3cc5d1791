/** Values and blocks in the form that people write them in. */
import { hclString } from "../../lib/terraform/expression";
import { isFields } from "../../lib/terraform/known-values";

/** An expression that is written as it is. */
export class Expression {
  constructor(readonly text: string) {}
}

const INDENT = "  ";
const SHORT = 100;

/** A block of arguments in order, groups of them apart. */
export function hclBlock(header: string, ...groups: readonly Readonly<Record<string, unknown>>[]): string {
  const written = groups.map((group) => aligned(Object.entries(group), 1).join("\n"));
  return `${header} {\n${written.join("\n\n")}\n}`;
}

/** A value as an expression of Terraform. */
export function hclValue(value: unknown, depth = 0): string {
  if (value instanceof Expression) {
    return value.text;
  }
  if (typeof value === "string") {
    const document = jsonDocument(value);
    return document === undefined ? hclString(value) : `jsonencode(${hclValue(document, depth)})`;
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => hclValue(item, depth + 1));
    return (
      onOneLine("[", items, "]") ??
      ["[", ...items.map((item) => `${pad(depth + 1)}${item},`), `${pad(depth)}]`].join("\n")
    );
  }
  if (isFields(value)) {
    const entries = Object.entries(value);
    const items = entries.map(([key, item]) => `${hclKey(key)} = ${hclValue(item, depth + 1)}`);
    return onOneLine("{ ", items, " }") ?? ["{", ...aligned(entries, depth + 1), `${pad(depth)}}`].join("\n");
  }
  return value === undefined ? "null" : JSON.stringify(value);
}

/** Lines of `key = value`; neighbours that take one line each have their signs under each other, as `terraform fmt` has them. */
function aligned(entries: readonly (readonly [string, unknown])[], depth: number): string[] {
  const written = entries.map(([key, value]) => ({ key: hclKey(key), value: hclValue(value, depth) }));
  const isShort = (index: number): boolean => !(written[index]?.value.includes("\n") ?? true);
  return written.map(({ key, value }, index) => {
    let [from, to] = [index, index];
    while (isShort(index) && isShort(from - 1)) {
      from -= 1;
    }
    while (isShort(index) && isShort(to + 1)) {
      to += 1;
    }
    const width = Math.max(...written.slice(from, to + 1).map((it) => it.key.length));
    return `${pad(depth)}${key.padEnd(width)} = ${value}`;
  });
}

function onOneLine(open: string, items: readonly string[], close: string): string | undefined {
  if (items.length === 0) {
    return `${open}${close}`.replace(/ +/g, "");
  }
  const line = `${open}${items.join(", ")}${close}`;
  return line.length > SHORT || line.includes("\n") ? undefined : line;
}

function hclKey(key: string): string {
  return /^[A-Za-z_][\w-]*$/.test(key) ? key : hclString(key);
}

/** An object in a text of JSON: policies are. */
function jsonDocument(text: string): unknown {
  if (!text.trimStart().startsWith("{")) {
    return undefined;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function pad(depth: number): string {
  return INDENT.repeat(depth);
}
