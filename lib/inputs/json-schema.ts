import { isBounded } from "../versions/version-bounds";
import type { Field, ListField, ValueRule, VersionedField } from "./field";
import type { JsonSchema } from "./value-test";
import { allFieldsOf, fieldOf } from "./versioned-field";

/** A field as a JSON Schema, for configuration files and their editors, with what every minor version asks. */
export function jsonSchema(field: Field): JsonSchema {
  return {
    ...(field.description === undefined ? {} : { description: field.description }),
    ...schemaOf(field),
  };
}

function schemaOf(field: Field): JsonSchema {
  switch (field.kind) {
    case "bool":
      return { type: "boolean" };
    case "enum":
      return { type: "string", enum: field.values };
    case "yaml":
      return { type: ["string", "object"] };
    case "quantity":
      return { type: ["string", "number"] };
    case "list":
      return field.single === true ? { anyOf: [listSchema(field), jsonSchema(field.of)] } : listSchema(field);
    case "map":
      return {
        type: "object",
        ...(field.keys.some((rule) => !isBounded(rule)) ? { propertyNames: testsOf(field.keys) } : {}),
        additionalProperties: jsonSchema(field.of),
        ...(field.size?.max === undefined ? {} : { maxProperties: field.size.max }),
      };
    case "object":
      return {
        type: "object",
        additionalProperties: false,
        ...(field.required?.length ? { required: field.required } : {}),
        properties: Object.fromEntries(Object.entries(field.fields).map(([name, of]) => [name, jsonSchema(of)])),
      };
    case "variant":
      return { type: "object", required: [field.by], oneOf: Object.values(field.variants).map(jsonSchema) };
    case "versioned":
      return versionedSchema(field);
    case "any":
    case "constructs":
      return {};
    default:
      return { type: field.kind, ...testsOf(field.rules as readonly ValueRule<never>[]) };
  }
}

/** A schema knows no release: it marks what no release takes, but for objects in the words of older APIs, which would triple it. */
function versionedSchema(field: VersionedField): JsonSchema {
  const all = allFieldsOf(field);
  switch (all[0].kind) {
    case "list":
      return jsonSchema(all[0]);
    case "object":
    case "variant":
      return { anyOf: [jsonSchema(fieldOf(field)), {}] };
    default:
      return { anyOf: all.map(jsonSchema) };
  }
}

function listSchema(field: ListField): JsonSchema {
  return {
    type: "array",
    items: jsonSchema(field.of),
    ...(field.size?.min === undefined ? {} : { minItems: field.size.min }),
    ...(field.size?.max === undefined ? {} : { maxItems: field.size.max }),
    ...(field.distinct === undefined ? {} : { uniqueItems: true }),
  };
}

function testsOf(rules: readonly ValueRule<never>[]): JsonSchema {
  const asked = rules.filter((rule) => !isBounded(rule)).map(({ schema = {} }) => schema);
  return asked.length < 2 ? (asked[0] ?? {}) : { allOf: asked };
}
