import type { ITerraformDependable } from "cdktf";

const guards = new WeakMap<ITerraformDependable, ITerraformDependable>();

/** Remembers what guards a controller: whoever needs the controller needs the guard, too. */
export function guardedBy(guard: ITerraformDependable, ...releases: readonly ITerraformDependable[]): void {
  releases.forEach((release) => guards.set(release, guard));
}

/**
 * What NodePools depend on, with the guards of the controllers among it: a destroy asks the guard whether there is any
 * NodeClaim, which it must do when the pools are gone, and not while they drain.
 */
export function withGuards(dependables: ITerraformDependable[] | undefined): ITerraformDependable[] | undefined {
  const missing = dependables?.map((dependable) => guards.get(dependable)).filter((guard) => guard !== undefined);
  return missing === undefined || missing.length === 0
    ? dependables
    : [...new Set([...(dependables ?? []), ...missing])];
}
