/** What a state of Terraform holds: the output of `terraform show -json`, or the state file itself. */
import type { Fields } from "../../lib/terraform/known-values";
import { isFields } from "../../lib/terraform/known-values";

/** An object that Terraform manages. */
export interface StateObject {
  /** `module.karpenter.aws_iam_role.node[0]`. */
  readonly address: string;
  readonly type: string;
  readonly values: Fields;
  /** What it comes after, by address without instances. */
  readonly dependsOn: readonly string[];
  /** The stack of CloudFormation that says it has made it. */
  readonly stack?: string;
}

/** Everything in a state. */
export interface State {
  /** The Terraform that wrote it, `1.11.4`. */
  readonly terraformVersion?: string;
  /** Whether an account and a cluster were read, and no Terraform has any of it. */
  readonly live?: boolean;
  readonly objects: readonly StateObject[];
}

/** Reads either form. Throws a sentence where it is neither. */
export function stateOf(text: string): State {
  const json = parsed(text);
  const terraformVersion = typeof json.terraform_version === "string" ? json.terraform_version : undefined;
  if (isFields(json.values) && isFields(json.values.root_module)) {
    return { terraformVersion, objects: objectsBelow(json.values.root_module) };
  }
  if (json.version === 4 && Array.isArray(json.resources)) {
    return { terraformVersion, objects: json.resources.filter(isFields).flatMap(instancesOf) };
  }
  throw new Error(
    "holds no state with resources in it: give what `terraform show -json` prints, or a state file of version 4",
  );
}

/** An address without the instances of modules and resources. */
export function withoutInstances(address: string): string {
  return address.replace(/\[("(\\.|[^"\\])*"|\d+)\]/g, "");
}

function parsed(text: string): Fields {
  try {
    const json: unknown = JSON.parse(text);
    return isFields(json) ? json : {};
  } catch (error) {
    throw new Error(`is no JSON: ${(error as Error).message}`);
  }
}

/** The managed objects of a module in the form that `terraform show -json` prints, and of all below it. */
function objectsBelow(module: Fields): StateObject[] {
  const own = listOf(module.resources)
    .filter(({ mode }) => mode === "managed")
    .map(({ address, type, values, depends_on }) => ({
      address: String(address),
      type: String(type),
      values: isFields(values) ? values : {},
      dependsOn: Array.isArray(depends_on) ? depends_on.map(String) : [],
    }));
  return [...own, ...listOf(module.child_modules).flatMap(objectsBelow)];
}

/** The instances of a resource in a state file. */
function instancesOf({ mode, module, type, name, instances }: Fields): StateObject[] {
  if (mode !== "managed") {
    return [];
  }
  const resource = [...(typeof module === "string" ? [module] : []), `${String(type)}.${String(name)}`].join(".");
  return listOf(instances).map(({ index_key: key, attributes, dependencies }) => ({
    address: key === undefined || key === null ? resource : `${resource}[${JSON.stringify(key)}]`,
    type: String(type),
    values: isFields(attributes) ? attributes : {},
    dependsOn: Array.isArray(dependencies) ? dependencies.map(String) : [],
  }));
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}
