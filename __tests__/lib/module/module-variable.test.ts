import type { ModuleVariableProps } from "../../../lib/module";
import { ModuleVariable } from "../../../lib/module";
import { synth } from "../../support/stack";

/** The variable's block in Terraform JSON. */
function block(props: Partial<ModuleVariableProps> = {}): Record<string, unknown> {
  const { json } = synth(
    (stack) => new ModuleVariable(stack, "input", { type: "string", description: "An input.", ...props }),
  );
  return (json.variable as Record<string, Record<string, unknown>>).input;
}

describe("ModuleVariable", () => {
  test("is required and never null without a default", () => {
    expect(block()).toEqual({ type: "string", description: "An input.", nullable: false });
  });

  // https://github.com/hashicorp/terraform-cdk/issues/2473
  test("keeps a null default, and may then be null", () => {
    expect(block({ default: null })).toEqual({ type: "string", description: "An input.", default: null });
  });

  // https://github.com/hashicorp/terraform-cdk/issues/2473
  test("keeps every spelling of a map's keys", () => {
    const map = { "karpenter.sh/discovery": "a", camelCase: "b", "With-Dash": { innerKey: "c" } };
    expect(block({ type: "map(string)", default: map }).default).toEqual(map);
  });

  test.each([false, true, "", 0, [], {}])("keeps the default %j", (value) => {
    expect(block({ default: value }).default).toEqual(value);
    expect(block({ default: value }).nullable).toBe(false);
  });

  test("may be null when it is said so", () => {
    expect(block({ default: "a", nullable: true })).not.toHaveProperty("nullable");
  });

  test("is sensitive when it is said so", () => {
    expect(block({ sensitive: true }).sensitive).toBe(true);
    expect(block()).not.toHaveProperty("sensitive");
  });

  // What they say, and that they leave null alone, is in __tests__/lib/inputs/validation.test.ts.
  test("has its validations as they are, in their order", () => {
    const validations = [
      { condition: '${can(regex("^[a-z]$", var.input))}', error_message: '"input" is ${jsonencode(var.input)}' },
      { condition: "${length(var.input) > 0}", error_message: '"input" is empty' },
    ];
    expect(block({ validations }).validation).toEqual(validations);
  });

  test("has no block of validations where there is none", () => {
    expect(block({ validations: [] })).not.toHaveProperty("validation");
  });

  test("knows whether a caller must set it", () => {
    synth((stack) => {
      const variable = (name: string, props: Partial<ModuleVariableProps>) =>
        new ModuleVariable(stack, name, { type: "string", description: "x", ...props }).required;
      expect([variable("a", {}), variable("b", { default: null }), variable("c", { default: false })]).toEqual([
        true,
        false,
        false,
      ]);
    });
  });

  test("is an input of its own name, whatever other constructs are called", () => {
    const { json } = synth((stack) => new ModuleVariable(stack, "iam_path", { type: "string", description: "x" }));
    expect(Object.keys(json.variable as object)).toEqual(["iam_path"]);
  });
});
