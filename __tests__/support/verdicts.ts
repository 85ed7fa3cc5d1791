import { Ajv } from "ajv";
import type { Field } from "../../lib/inputs/field";
import { text } from "../../lib/inputs/field-builders";
import { fieldProblems } from "../../lib/inputs/field-problems";
import { jsonSchema } from "../../lib/inputs/json-schema";
import type { Rule } from "../../lib/inputs/rule";
import { validationsOf } from "../../lib/inputs/validation";
import { evaluate } from "./hcl";

const ajv = new Ajv({ strict: false });

/** Whether each side takes a value. */
export interface Verdicts {
  readonly typescript: boolean;
  readonly terraform: boolean;
  readonly schema: boolean;
}

export const YES: Verdicts = { typescript: true, terraform: true, schema: true };
export const NO: Verdicts = { typescript: false, terraform: false, schema: false };

/** A field, or a text by its rule. */
export function asField(described: Field | Rule): Field {
  return "kind" in described ? described : text(described);
}

/** What TypeScript, Terraform and the JSON Schema say of a value. */
export function verdicts(described: Field | Rule, value: unknown): Verdicts {
  const field = asField(described);
  return {
    typescript: fieldProblems("x", value, field).length === 0,
    terraform: validationsOf("x", field, false).every(
      ({ condition }) => evaluate(condition, { var: { x: value } }) === true,
    ),
    schema: ajv.validate(jsonSchema(field), value),
  };
}
