import { DISCOVERY_TAG } from "../../lib/aws/discovery-tags";
import type { NodeClass } from "../../lib/node-objects/node-class";
import type { KarpenterProps } from "../../lib/karpenter-props";

/** Subnets and security groups that are to be found by the tag, by their ids. */
export function taggedForDiscovery({
  subnetIds,
  securityGroupIds,
}: Pick<KarpenterProps, "subnetIds" | "securityGroupIds">): Pick<
  KarpenterProps,
  "discoverySubnetIds" | "discoverySecurityGroupIds"
> {
  const byId = (ids: string[] = []) => Object.fromEntries(ids.map((id) => [id, id]));
  return { discoverySubnetIds: byId(subnetIds), discoverySecurityGroupIds: byId(securityGroupIds) };
}

/** What a node class selects by the tag. */
export function selectedByDiscovery(
  clusterName: string,
): Pick<NodeClass, "subnetSelectorTerms" | "securityGroupSelectorTerms"> {
  const terms = [{ tags: { [DISCOVERY_TAG]: clusterName } }];
  return { subnetSelectorTerms: terms, securityGroupSelectorTerms: terms };
}
