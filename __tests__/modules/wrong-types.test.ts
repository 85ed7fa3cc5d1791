import { UNKNOWN_NAMES } from "../../e2e/bad-input/unknown-names";
import { snakeCase } from "../../lib/terraform/readable-stack";
import { publishedModules } from "../../modules";
import type { Scope } from "../support/hcl";
import { evaluate, localsOf } from "../support/hcl";

/** Inputs of which a module computes something before they are checked. */
const LOOKED_INTO = ["nodePools", "nodeClasses", "nodeOverlays", "manifests"];

/**
 * Terraform evaluates everything that does not wait for the check: an expression that fails on a wrong type would put words of
 * Terraform's own beside the answer.
 */
describe.each(["", "modules/node-pools"])('nothing of the module "%s" fails on what the check refuses', (path) => {
  const stack = publishedModules().find(({ props }) => props.path === path);
  const json = stack?.toModule() as unknown as {
    readonly locals: Readonly<Record<string, string>>;
    readonly module: Readonly<Record<string, { readonly count?: string }>>;
  };
  const defaults = Object.fromEntries(stack?.variables.map(({ name, props }) => [name, props.default]) ?? []);
  const waits = (expression: string): boolean =>
    /\b(module|data)\.|local\.(partition|region|account_id)/.test(expression);
  const asked = UNKNOWN_NAMES.filter(({ input }) => LOOKED_INTO.includes(input));

  test.each(asked)("$title", ({ input, value }) => {
    const scope: Scope = { var: { ...defaults, cluster_name: "demo", [snakeCase(input)]: value } };
    const local = localsOf(json.locals, scope);
    const { count = "${1}" } = json.module.node_pools ?? {};
    const failing = Object.entries({ ...json.locals, "count of node_pools": count })
      .filter(([, expression]) => !waits(String(expression)))
      .filter(([name, expression]) => {
        try {
          return name in local ? local[name] === undefined : evaluate(expression, { ...scope, local }) === undefined;
        } catch (error) {
          return !String(error).includes("no module");
        }
      });
    expect(failing.map(([name]) => name)).toEqual([]);
  });
});
