import type { Node } from "constructs";
import { TerraformDataSource, TerraformElement, TerraformStack } from "cdktf";

/**
 * A stack whose Terraform addresses read like hand-written ones: the construct path in snake_case, without a hash.
 *
 * `Resource` is left out of the address, so the main child of a construct carries the construct's own name.
 * Two elements of one type that would get the same address are an error, never a silent overwrite.
 */
export class ReadableStack extends TerraformStack {
  private readonly taken = new Map<string, string>();

  /** @throws when another element of the same type already has this address */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const below = node.scopes.slice(node.scopes.indexOf(this) + 1);
    const id = below
      .map((scope) => snakeCase(scope.node.id))
      .filter((part) => part !== "resource" && part !== "")
      .join("_");
    const address = `${elementType(element)}.${id}`;
    const owner = this.taken.get(address);
    if (owner !== undefined && owner !== node.path) {
      throw new Error(
        `two constructs would share the Terraform address "${address}": "${owner}" and "${node.path}"; rename one of them`,
      );
    }
    this.taken.set(address, node.path);
    return id;
  }
}

/** How a module names an input. */
export type Naming = (property: string) => string;

/** `SpotInterruption`, `spot-interruption` and `spot interruption` all become `spot_interruption`. */
export function snakeCase(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .toLowerCase();
}

function elementType(element: TerraformElement | Node): string {
  const typed = element as { terraformResourceType?: string; constructor: { name: string } };
  const type = typed.terraformResourceType ?? typed.constructor.name;
  return TerraformElement.isTerraformElement(element) && TerraformDataSource.isTerraformDataSource(element)
    ? `data.${type}`
    : type;
}
