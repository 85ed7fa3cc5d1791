import type { Field } from "../field";
import { optional, text } from "../field-builders";
import { matching } from "../rule";

/** The user's word that nodes need not be spared. */
export interface AcceptedChangeProps {
  /**
   * Why a change may be made that is refused otherwise, because nodes that run would lose their role or go with it: at least 10
   * characters of your own, such as `no node runs yet`. Other words for each such change, for those that are there already are
   * about another one. docs/changes.md says which changes these are, and how to make them without losing a node.
   *
   * @default - such a change is refused
   */
  readonly acceptedChange?: string;
}

/** The word for it. */
export const ACCEPTED_CHANGE_INPUTS = {
  acceptedChange: optional(
    "Why a change may be made that is refused otherwise, because nodes that run would lose their role or go with it; other words for each such change. When left out, none may.",
    text(
      matching("^[^\\t\\n\\f\\r ][\\s\\S]{8,}[^\\t\\n\\f\\r ]$", {
        allowed: "a reason of at least 10 characters",
        remedy: "say why nodes need not be spared, such as that none runs yet",
      }),
    ),
  ),
} as const satisfies Readonly<Record<string, Field>>;
