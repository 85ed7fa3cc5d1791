/** What a plan of Terraform would make: the output of `terraform show -json PLAN`. */
import type { Fields } from "../../../lib/terraform/known-values";
import { isFields } from "../../../lib/terraform/known-values";

/** An object that a plan would make. */
export interface Planned {
  readonly address: string;
  readonly type: string;
  /** What is known of it before the apply. */
  readonly values: Fields;
  /** The one in the state that it comes in the place of: its id, and whether that goes only afterwards. */
  readonly replaces?: { readonly id: string; readonly goesLast: boolean };
}

/** The objects that a plan would make; undefined where the text is no plan. */
export function plannedIn(text: string): readonly Planned[] | undefined {
  const json = parsed(text);
  if (!isFields(json) || !Array.isArray(json.resource_changes)) {
    return undefined;
  }
  return json.resource_changes.filter(isFields).flatMap(({ address, type, mode, change }) => {
    const actions: readonly unknown[] = isFields(change) && Array.isArray(change.actions) ? change.actions : [];
    if (mode !== "managed" || !isFields(change) || !actions.includes("create")) {
      return [];
    }
    const values = isFields(change.after) ? change.after : {};
    const replaces = isFields(change.before)
      ? { replaces: { id: String(change.before.id), goesLast: actions[0] === "create" } }
      : {};
    return [{ address: String(address), type: String(type), values, ...replaces }];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whoever reads it as a state says what is wrong with it.
    return undefined;
  }
}
