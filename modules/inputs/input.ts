import { ModuleVariableProps } from "../../lib/module";
import * as aws from "../../lib/inputs/catalog/aws";

/** Inputs of modules by name. */
export type Inputs = Readonly<Record<string, ModuleVariableProps>>;

/** An optional string whose default is described in words. */
export function optional(description: string, rule: ModuleVariableProps["rule"]): ModuleVariableProps {
  return { type: "string", description, default: null, rule };
}

export function toggle(description: string): ModuleVariableProps {
  return { type: "bool", description, default: true };
}

export function policyMap(whose: string): ModuleVariableProps {
  return {
    type: "map(string)",
    description: `More policies for ${whose}: a name of your choice to a policy ARN.`,
    default: {},
    rule: aws.additionalPolicies,
  };
}
