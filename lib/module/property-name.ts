import type { Construct } from "constructs";
import { TerraformStack } from "cdktf";
import { snakeCase } from "../terraform/readable-stack";
import { ModuleStack } from "./module-stack";

/** A property as the user of the stack writes it. */
export function propertyName(owner: Construct, property: string): string {
  return TerraformStack.of(owner) instanceof ModuleStack ? snakeCase(property) : property;
}
