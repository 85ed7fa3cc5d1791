import { Token } from "cdktf";
import { yamlFields } from "../inputs/yaml-text";
import type { Fields } from "../terraform/known-values";
import { isFields, isKnownText } from "../terraform/known-values";

/** More values for a chart: YAML or an object, one or several. */
export type HelmValues = string | object | readonly (string | object)[];

/** Values of a chart as the user gives them, and where they stand. */
export interface ValuesDocument {
  /** `controllerHelmValues[0]`. */
  readonly path: string;
  /** Undefined where only Terraform knows it, or where it is no YAML with keys. */
  readonly values?: Fields;
}

/** The values one by one, as far as they are known at synth. */
export function valuesDocuments(name: string, values: HelmValues | undefined): ValuesDocument[] {
  if (values === undefined || Token.isUnresolved(values)) {
    return values === undefined ? [] : [{ path: name }];
  }
  return Array.isArray(values)
    ? values.map((item: unknown, index) => ({ path: `${name}[${index}]`, values: fieldsOf(item) }))
    : [{ path: name, values: fieldsOf(values) }];
}

function fieldsOf(document: unknown): Fields | undefined {
  if (isFields(document)) {
    return document;
  }
  return isKnownText(document) ? yamlFields(document) : undefined;
}

/** What values say at a path, the last of several most; undefined where they say nothing, and a token where it is open. */
export function saidAt(documents: readonly ValuesDocument[], path: readonly string[]): unknown {
  const said = documents.map(({ values }) =>
    values === undefined
      ? OPEN
      : path.reduce<unknown>(
          (inner, key) => (isFields(inner) ? inner[key] : Token.isUnresolved(inner) ? OPEN : undefined),
          values,
        ),
  );
  return said.filter((value) => value !== undefined).at(-1);
}

/** What stands for a value that only Terraform knows. */
const OPEN = Token.asAny("open");
