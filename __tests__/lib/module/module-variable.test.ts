import { ModuleVariable, ModuleVariableProps } from "../../../lib/module";
import { matching, listOf, pattern, Rule } from "../../../lib/inputs/rule";
import { evaluate } from "../../support/hcl";
import { synth } from "../../support/stack";

const TEXT = { allowed: "a letter", remedy: "write one" };
const letter = matching("^[a-z]$", TEXT) as Rule<never>;

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

  test("has its rule as a validation that names input, value, what is allowed and the way out", () => {
    expect(block({ rule: letter }).validation).toEqual([
      {
        condition: '${can(regex("^[a-z]$", var.input))}',
        error_message: '"input" is ${jsonencode(var.input)}, but must be a letter; write one',
      },
    ]);
  });

  test("says sentence by sentence what is wrong where its rule does", () => {
    const rule = {
      ...letter,
      sentences: (it: string, name: string) => `[for item in ${it} : "${name} has \${item}" if item != "a"]`,
    };
    const [{ error_message }] = block({ rule }).validation as { error_message: string }[];
    expect(evaluate(error_message, { var: { input: ["a", "b", "c"] } })).toBe("input has b\ninput has c");
  });

  test("says a refused value in its message", () => {
    const [{ error_message }] = block({ rule: letter }).validation as { error_message: string }[];
    expect(evaluate(error_message, { var: { input: '"A"' } })).toBe(
      '"input" is "\\"A\\"", but must be a letter; write one',
    );
  });

  test("accepts null where it may be null, also before Terraform 1.12, which evaluates both sides of ||", () => {
    const rule = listOf(pattern("^a$"), { min: 1, max: 2 }, TEXT) as Rule<never>;
    const [{ condition }] = block({ default: null, rule }).validation as { condition: string }[];
    expect([null, ["a"], [], ["b"]].map((input) => evaluate(condition, { var: { input } }))).toEqual([
      true,
      true,
      false,
      false,
    ]);
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
