import type { Construct } from "constructs";
import { TerraformResource, TerraformStack } from "cdktf";

/** What something is called on the cluster, where a name can be there once. */
export interface NameOnCluster {
  /** `Helm release`, `Deployment`. */
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** What to do about two of one name; a clause. */
  readonly remedy: string;
}

const named = new WeakMap<TerraformResource, NameOnCluster>();

/**
 * Refuses two resources of one name and namespace that one provider would make from the same stack: the second would find the
 * name in use, or take over what the first has made.
 */
export function mustBeUnique(owner: Construct, resource: TerraformResource, on: NameOnCluster): void {
  named.set(resource, on);
  owner.node.addValidation({
    validate: () => {
      const all = TerraformStack.of(owner).node.findAll();
      const earlier = all
        .slice(0, all.indexOf(resource))
        .find((other): other is TerraformResource => other instanceof TerraformResource && isSame(other, resource, on));
      return earlier === undefined
        ? []
        : [
            `"${owner.node.path}" and "${earlier.node.scope?.node.path}" both make the ${on.kind} "${on.name}" in the ` +
              `namespace "${on.namespace}", but must have a name each on one provider; ${on.remedy}`,
          ];
    },
  });
}

function isSame(other: TerraformResource, resource: TerraformResource, on: NameOnCluster): boolean {
  const its = named.get(other);
  return (
    its?.kind === on.kind &&
    its.name === on.name &&
    its.namespace === on.namespace &&
    (other.provider?.alias ?? "") === (resource.provider?.alias ?? "")
  );
}
