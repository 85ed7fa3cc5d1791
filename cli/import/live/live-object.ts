/** An object that is in an account or in a cluster, in the words in which a state of Terraform would have it. */
import type { Fields } from "../../../lib/terraform/known-values";
import type { StateObject } from "../state";

type Tags = Readonly<Record<string, string>>;

/** The tag by which CloudFormation tells what it has made. */
const STACK = "aws:cloudformation:stack-name";

/** @param tags as AWS has them; those that AWS itself writes are none of Terraform's */
export function liveObject(type: string, id: string, values: Fields, tags?: Tags): StateObject {
  const own = Object.entries(tags ?? {}).filter(([key]) => !key.startsWith("aws:"));
  return {
    address: `${type} ${id}`,
    type,
    values: { id, ...values, ...(tags === undefined ? {} : { tags: Object.fromEntries(own) }) },
    dependsOn: [],
    ...(tags?.[STACK] === undefined ? {} : { stack: tags[STACK] }),
  };
}
