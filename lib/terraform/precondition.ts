import type { TerraformElement } from "cdktf";

/** A condition that Terraform checks at plan, on a variable, a resource, a data source or an output. */
export interface Precondition {
  /** A boolean expression, in `${…}`. */
  readonly condition: string;
  /** A string template: what is wrong, what is allowed, and the remedy. */
  readonly error_message: string;
}

/** Puts preconditions on a resource or data source, in the form that Terraform JSON wants. */
export function addPreconditions(element: TerraformElement, preconditions: readonly Precondition[]): void {
  element.addOverride("lifecycle.precondition", preconditions);
}
