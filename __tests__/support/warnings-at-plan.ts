import { snakeCase } from "../../lib/terraform/readable-stack";
import { publishedModules } from "../../modules";
import type { Value } from "./hcl-functions";
import { evaluate, localsOf } from "./hcl";

interface ModuleJson {
  readonly locals: Readonly<Record<string, unknown>>;
  readonly module: { readonly input_check: { readonly for_each: string } };
  readonly check: Readonly<
    Record<string, { readonly assert: readonly { readonly condition: string; readonly error_message: string }[] }>
  >;
}

/** Checks that ask the release, of which the inputs in question say nothing. */
const OF_RELEASES = ["karpenter_end_of_support", "karpenter_newer_version"];

/**
 * What the checks of a published module tell of inputs, by their names in TypeScript: sentences in the spelling of synth, each id
 * behind the last of its own.
 */
export function warningsAtPlan(path: string): (given: object) => string[] {
  const stack = publishedModules().find(({ props }) => props.path === path);
  const json = stack?.toModule() as unknown as ModuleJson;
  const defaults = Object.fromEntries(stack?.variables.map(({ name, props }) => [name, props.default]) ?? []);
  const names = Object.keys(defaults);
  return (given) => {
    // What is undefined is left out.
    const own = Object.entries(JSON.parse(JSON.stringify(given)) as object);
    const region = own.find(([name]) => name === "region")?.[1] as Value;
    const known = {
      data: { aws_region: { current_region: { id: region } } },
      var: { ...defaults, ...Object.fromEntries(own.map(([name, value]) => [snakeCase(name), value as Value])) },
    };
    const inputs = evaluate(json.module.input_check.for_each, { ...known, local: localsOf(json.locals, known) });
    // What input-check finds nothing wrong in, it gives back.
    const checked = Object.entries(inputs as object).map(([name, value]) => [name, { value: value as Value }]);
    const whole = { ...known, module: { input_check: Object.fromEntries(checked) as Readonly<Record<string, Value>> } };
    const scope = { ...whole, local: localsOf(json.locals, whole) };
    return Object.entries(json.check)
      .filter(([name]) => !OF_RELEASES.includes(name))
      .flatMap(([, { assert }]) => assert)
      .filter(({ condition }) => evaluate(condition, scope) !== true)
      .flatMap(({ error_message }) => String(evaluate(error_message, scope)).split("\n"))
      .map((sentence) => inTypeScript(sentence, names));
  };
}

function inTypeScript(sentence: string, names: readonly string[]): string {
  const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return names.reduce((text, name) => text.replace(new RegExp(`\\b${name}\\b`, "g"), camelCase(name)), sentence);
}
