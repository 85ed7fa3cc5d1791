import { Token } from "cdktf";
import { tfString } from "../terraform/expression";
import { pruned } from "./kubernetes-object";
import type { Fields } from "../terraform/known-values";
import { isFields } from "../terraform/known-values";

/** The keys of a v1alpha1 selector that are no tags; `aws-ids` is known to every release, the others since 0.28. */
const IDS = "aws-ids";
const NAMES = "aws::name";
const OWNERS = "aws::owners";

/**
 * Selector terms as the one map of tags that v1alpha1 has: ids in a comma list, or the tags of a single term.
 *
 * Terms that only Terraform knows are terms by id. Undefined where the map cannot say it: it has no "or" but for ids.
 * https://karpenter.sh/v0.28/concepts/node-templates/
 */
export function alphaSelector(terms: unknown): Fields | undefined {
  if (terms === undefined) {
    return undefined;
  }
  if (Token.isUnresolved(terms)) {
    return { [IDS]: tfString`join(",", [for term in ${terms} : term.id])` };
  }
  const known = (terms as readonly unknown[]).map((term) => (isFields(term) ? pruned(term) : undefined));
  if (known.length > 0 && known.every((term) => term !== undefined && Object.keys(term).join() === "id")) {
    return { [IDS]: known.map((term) => term?.id).join(",") };
  }
  const [only] = known;
  return known.length !== 1 || only === undefined ? undefined : ofOneTerm(only);
}

function ofOneTerm({ id, name, owner, tags, ...unknown }: Fields): Fields | undefined {
  if (Object.keys(unknown).length > 0 || (tags !== undefined && !isFields(tags))) {
    return undefined;
  }
  return pruned({ [IDS]: id, [NAMES]: name, [OWNERS]: owner, ...(tags as Fields | undefined) });
}
