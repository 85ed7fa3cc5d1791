/** The rules that a description of fields has, each with the path of its field. */
import type { Field } from "../../lib/inputs/field";
import { fieldOf } from "../../lib/inputs/versioned-field";
import { isBounded, minorNumber, type VersionBounds } from "../../lib/versions/version-bounds";

/** Everything that an object can break and that some release from 1.0 on asks; types are not among it. */
export function rulesOf(field: Field, path: string): Map<object, string> {
  const found = new Map<object, string>();
  collect(field, path, found);
  return found;
}

function collect(described: Field, path: string, found: Map<object, string>): void {
  const field = fieldOf(described);
  const add = (rule: (object & VersionBounds) | undefined, name: string): void => {
    if (rule !== undefined && !found.has(rule) && !isOver(rule)) {
      found.set(rule, name);
    }
  };
  if (field.since !== undefined && isAfterFirst(field.since)) {
    add(field, `${path} since ${field.since}`);
  }
  switch (field.kind) {
    case "string":
    case "number":
    case "quantity":
      (field.rules as readonly (object & VersionBounds & { allowed: string })[]).forEach((rule) =>
        add(rule, `${path}: ${rule.allowed}`),
      );
      break;
    case "enum":
      add(field, `${path}: ${field.values.join()}`);
      break;
    case "list":
      add(field.size, `${path}: size`);
      if (field.distinct !== undefined) {
        add(field.distinct, `${path}: distinct`);
      }
      collect(field.of, `${path}[]`, found);
      break;
    case "map":
      add(field.size, `${path}: size`);
      field.keys.forEach((rule) => add(rule, `${path}, a key: ${rule.allowed}`));
      collect(field.of, `${path}.*`, found);
      break;
    case "object":
      field.rules?.forEach((rule) => add(rule, `${path}: ${rule.refusal}`));
      field.required?.forEach((name) => add(field.fields[name], `${path}.${name} is required`));
      Object.entries(field.fields).forEach(([name, of]) => collect(of, `${path}.${name}`, found));
      break;
    default:
  }
  if ("newer" in field && Object.values(field.newer ?? {}).some(isAfterFirst)) {
    add(field.newer, `${path}: newer values`);
  }
}

/** Whether a rule is of releases before 1.0 alone. */
function isOver({ until }: VersionBounds): boolean {
  return until !== undefined && minorNumber(until) <= minorNumber("1.0");
}

function isAfterFirst(line: string): boolean {
  return isBounded({ since: line }) && minorNumber(line) > minorNumber("1.0");
}
