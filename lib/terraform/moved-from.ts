import { Construct } from "constructs";
import { App, TerraformElement, TerraformStack } from "cdktf";
import { ReadableStack } from "./readable-stack";
import { resourcesOf } from "./resources-of";

/** An address that was, and the one that it is now. */
interface Move {
  readonly from: string;
  readonly to: string;
}

const moves = new WeakMap<TerraformStack, Move[]>();

/**
 * Keeps what a construct has made under another id: a `moved` block for each of its resources, so that none is made anew. To be
 * called after the construct is complete, and to be removed when every state has been applied once.
 *
 * @param construct the construct under its new id
 * @param formerPath its path below the stack as it was, `karpenter` or `platform/karpenter`
 */
export function movedFrom(construct: Construct, formerPath: string): void {
  const stack = TerraformStack.of(construct);
  const former = new FormerStack(stack);
  const below = construct.node.scopes.length;
  const ofConstruct = resourcesOf(construct)
    .map((resource) => {
      const ids = resource.node.scopes.slice(below).map(({ node }) => node.id);
      const type = resource.terraformResourceType;
      return {
        from: former.address(type, [...formerPath.split("/"), ...ids]),
        to: `${type}.${resource.friendlyUniqueId}`,
      };
    })
    .filter(({ from, to }) => from !== to);
  const all = [...(moves.get(stack) ?? []), ...ofConstruct];
  moves.set(stack, all);
  stack.addOverride("moved", all);
}

/** An empty stack of the same kind, which is asked how it would name what stood at a path. */
class FormerStack {
  private readonly stack: TerraformStack;

  constructor(like: TerraformStack) {
    const [app, { id }] = [new App(), like.node];
    this.stack = like instanceof ReadableStack ? new ReadableStack(app, id) : new TerraformStack(app, id);
  }

  public address(type: string, path: readonly string[]): string {
    const scopeOf = (scope: Construct, id: string) =>
      (scope.node.tryFindChild(id) as Construct | undefined) ?? new Construct(scope, id);
    const scope = path.slice(0, -1).reduce(scopeOf, this.stack as Construct);
    const element = new TerraformElement(scope, `${path.at(-1)}`);
    return `${type}.${this.stack.getLogicalId(element)}`;
  }
}
