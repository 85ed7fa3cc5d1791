import type { TerraformElement } from "cdktf";

/** A condition that Terraform checks at plan, on a variable, a resource, a data source or an output. */
export interface Precondition {
  /** A boolean expression, in `${…}`. */
  readonly condition: string;
  /** A string template: what is wrong, what is allowed, and the remedy. */
  readonly error_message: string;
}

const added = new WeakMap<TerraformElement, readonly Precondition[]>();

/**
 * Puts preconditions on a resource, beside those that it has, in the form that Terraform JSON wants. A data source with conditions is
 * unknown in every plan that changes something before it, so it takes them only where nothing reads it.
 */
export function addPreconditions(element: TerraformElement, preconditions: readonly Precondition[]): void {
  const all = [...(added.get(element) ?? []), ...preconditions];
  added.set(element, all);
  element.addOverride("lifecycle.precondition", all);
}
