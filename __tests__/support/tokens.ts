import type { IResolvable } from "cdktf";
import { Token, ref } from "cdktf";

/** A string that only Terraform knows. */
export function variable(name: string): string {
  return Token.asString(ref(`var.${name}`));
}

/** A list that only Terraform knows. */
export function variableList(name: string): string[] {
  return Token.asList(ref(`var.${name}`));
}

/** A map that only Terraform knows. */
export function variableMap(name: string): Record<string, string> {
  return ref(`var.${name}`) as unknown as Record<string, string>;
}

/** A yes or no that only Terraform knows. */
export function variableFlag(name: string): IResolvable {
  return ref(`var.${name}`);
}
