/** What a plan changes, as lines that say it one by one: the address, what becomes of it, and which of its values changes. */
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";

import type { PlanJson, ResourceChange } from "../cloud/terraform";

/** What becomes of an object. */
const ACTIONS: Readonly<Record<string, string>> = {
  update: "changes",
  create: "made",
  delete: "removed",
  "create,delete": "replaced, the new one first",
  "delete,create": "replaced, the old one goes first",
};

/** Depth at which values of a chart are told apart: `nodePools.default.limits`. */
const DEPTH = 3;

/** What a plan changes: `ADDRESS: made`, `ADDRESS: changes policy`, `ADDRESS: changes values.replicas`. */
export function factsOf({ resource_changes: changes = [] }: PlanJson): string[] {
  return (
    changes
      // Nothing but Terraform itself is in one of these.
      .filter(({ type, change }) => type !== "terraform_data" && change.actions.join() in ACTIONS)
      .flatMap((resource) => {
        const action = ACTIONS[resource.change.actions.join()] as string;
        const address = resource.address.replace(/\[0\]/g, "");
        return action === "changes"
          ? changedValues(resource.change).map((path) => `${address}: changes ${path}`)
          : [`${address}: ${action}`];
      })
  );
}

/** Values that are other ones, or not known before the apply; what AWS and Helm work out of them is left out. */
function changedValues({ before, after, after_unknown: unknown }: ResourceChange["change"]): string[] {
  const [old, next] = [before ?? {}, after ?? {}];
  const names = new Set([...Object.keys(old), ...Object.keys(next)]);
  const changed = [...names].filter(
    (name) => !COMPUTED.includes(name) && name in next && !isDeepStrictEqual(old[name], next[name]),
  );
  const later = Object.keys(unknown as object).filter((name) => (unknown as Record<string, unknown>)[name] === true);
  return [
    ...changed.flatMap((name) => (name === "values" ? chartValues(old[name], next[name]) : [name])),
    ...later.filter((name) => !COMPUTED.includes(name) && !changed.includes(name)),
  ].sort();
}

/** What follows from other values. */
const COMPUTED = ["metadata", "tags_all", "manifest", "status", "output", "resources", "id"];

function chartValues(before: unknown, after: unknown): string[] {
  const [old, next] = [before, after].map((texts) =>
    (Array.isArray(texts) ? texts : []).map((text) => parse(String(text)) as unknown),
  );
  const all = Array.from({ length: Math.max(old.length, next.length) }, (_, index) =>
    paths(index === 0 ? "values" : `values[${index}]`, old[index], next[index], DEPTH),
  );
  return all.flat();
}

function paths(path: string, old: unknown, next: unknown, depth: number): string[] {
  if (isDeepStrictEqual(old, next)) {
    return [];
  }
  const areMaps = [old, next].every((value) => typeof value === "object" && value !== null && !Array.isArray(value));
  if (!areMaps || depth === 0) {
    return [path];
  }
  const [a, b] = [old, next] as Record<string, unknown>[];
  const names = new Set([...Object.keys(a as object), ...Object.keys(b as object)]);
  return [...names].flatMap((name) => paths(`${path}.${name}`, a?.[name], b?.[name], depth - 1));
}
