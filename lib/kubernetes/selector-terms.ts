import { Token } from "cdktf";
import { tf } from "../terraform/expression";

/** Selector terms of an EC2NodeClass by id; a list that only Terraform knows is turned into terms at plan. */
export function termsById(ids: string[] = []): unknown {
  return Token.isUnresolved(ids) ? tf`[for id in ${ids} : { id = id }]` : ids.map((id) => ({ id }));
}
