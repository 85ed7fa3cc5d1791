import { ModuleFile } from "../../lib/module";
import { publishedModules } from "../../modules";
import { evaluate, localsOf } from "./hcl";

const checkModule = publishedModules().find(({ props }) => props.path === "modules/input-check");
/** The published module input-check. */
export const CHECK_MODULE = checkModule?.toModule() as unknown as {
  readonly locals: Readonly<Record<string, unknown>>;
  readonly output: { readonly value: { readonly precondition: { condition: string; error_message: string }[] } };
};
const files = (checkModule?.node.findAll() ?? []).filter((child): child is ModuleFile => child instanceof ModuleFile);

const FILES = new Map(files.map(({ props }) => [`./${props.path}`, props.content]));
/** The table of each input, by the path of its file. */
export const TABLES = new Map(
  files
    .filter(({ props }) => props.path.startsWith("types/"))
    .map(({ props }) => [props.path, JSON.parse(props.content) as unknown]),
);

/** What the module input-check refuses in the value of an input with objects, line by line. */
export function refusedAtPlan(name: string, value: unknown, release = "1.14.3"): string[] {
  const scope = { var: { name, value, karpenter_version: release }, path: { module: "." }, files: FILES };
  const local = localsOf(CHECK_MODULE.locals, scope);
  const [{ condition, error_message }] = CHECK_MODULE.output.value.precondition;
  const passes = evaluate(condition, { ...scope, local });
  const message = String(evaluate(error_message, { ...scope, local }));
  expect(passes).toBe(message === "");
  return message === "" ? [] : message.split("\n");
}
