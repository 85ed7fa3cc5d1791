import type { Construct } from "constructs";
import { TerraformElement, TerraformResource } from "cdktf";

/** What exists already, and which resource of a construct it becomes. */
export type Existing = {
  /** The resource's path below the construct, `node/Resource`. */
  readonly resource: string;
  /** Its key, where the resource is one for each of a map. */
  readonly key?: string;
} & (
  | {
      /** What `terraform import` calls it: it is in no state, or in another one. */
      readonly id: string;
    }
  | {
      /** Its address so far in the state of the stack. */
      readonly from: string;
    }
);

/** What becomes of what is in a state. */
export interface TakeOverProps {
  /** What resources of the construct become. */
  readonly existing: readonly Existing[];
  /**
   * Addresses in the state of the stack, without instances, that Terraform forgets: what is there stays. Terraform 1.7 or later.
   *
   * @default - none
   */
  readonly forgotten?: readonly string[];
}

/**
 * Takes over what somebody else has made, so that nothing is made anew: an `import` or a `moved` block for each. To be called
 * after the construct is complete, and to be removed when it has been applied once. `cdktf-karpenter import` writes it.
 *
 * @param construct a {@link Karpenter}, or another construct of this library
 */
export function takeOver(construct: Construct, { existing, forgotten = [] }: TakeOverProps): void {
  const moves = existing.map((one) => ({ to: addressOf(construct, one), one }));
  new Blocks(construct, "taken-over", {
    import: moves.flatMap(({ to, one }) => ("id" in one ? [{ to, id: one.id }] : [])),
    moved: moves.flatMap(({ to, one }) => ("from" in one ? [{ from: one.from, to }] : [])),
    removed: forgotten.map((from) => ({ from, lifecycle: { destroy: false } })),
  });
}

/** The address of a resource below a construct. */
function addressOf(construct: Construct, { resource: path, key }: Existing): string {
  const resource = path
    .split("/")
    .reduce<Construct | undefined>((scope, id) => scope?.node.tryFindChild(id) as Construct | undefined, construct);
  if (!(resource instanceof TerraformResource)) {
    const all = construct.node.findAll().filter((node) => node instanceof TerraformResource);
    const paths = all.map(({ node }) => node.path.slice(construct.node.path.length + 1));
    throw new Error(
      `"${path}" is no resource of ${construct.node.path}, but must be one that it has: ${paths.join(", ")}; ` +
        "leave it out, or set the property that makes it",
    );
  }
  const address = `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
  const instance = key === undefined ? (resource.count === undefined ? "" : "[0]") : `[${JSON.stringify(key)}]`;
  return `${address}${instance}`;
}

/** Blocks at the top of a stack's configuration, beside those of others. */
class Blocks extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly blocks: Readonly<Record<string, readonly unknown[]>>,
  ) {
    super(scope, id);
  }

  public override toTerraform(): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this.blocks).filter(([, all]) => all.length > 0));
  }
}
