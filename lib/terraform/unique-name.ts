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
        .find(
          (other): other is TerraformResource => other instanceof TerraformResource && haveOneName(other, resource),
        );
      return earlier === undefined
        ? []
        : [
            `"${owner.node.path}" and "${earlier.node.scope?.node.path}" both make the ${on.kind} "${on.name}" in the ` +
              `namespace "${on.namespace}", but must have a name each on one provider; ${on.remedy}`,
          ];
    },
  });
}

/** Whether two resources would be one thing on one provider. */
export function haveOneName(a: TerraformResource, b: TerraformResource): boolean {
  const [one, other] = [named.get(a), named.get(b)];
  return (
    one !== undefined &&
    one.kind === other?.kind &&
    one.name === other.name &&
    one.namespace === other.namespace &&
    (a.provider?.alias ?? "") === (b.provider?.alias ?? "")
  );
}
