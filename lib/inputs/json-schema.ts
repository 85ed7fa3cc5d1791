import { JsonSchema } from "./rule";
import { Field } from "./field";

/** A field as a JSON Schema, for configuration files and their editors. */
export function jsonSchema(field: Field): JsonSchema {
  switch (field.kind) {
    case "bool":
      return { type: "boolean" };
    case "enum":
      return { type: "string", enum: field.values };
    case "quantity":
      return { type: ["string", "number"] };
    case "list":
      return { type: "array", items: jsonSchema(field.of) };
    case "map":
      return { type: "object", additionalProperties: jsonSchema(field.of) };
    case "object":
      return {
        type: "object",
        additionalProperties: false,
        ...(field.required?.length ? { required: field.required } : {}),
        properties: Object.fromEntries(Object.entries(field.fields).map(([name, of]) => [name, jsonSchema(of)])),
      };
    case "json":
      return {};
    default:
      return { type: field.kind };
  }
}
