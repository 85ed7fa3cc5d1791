import type { Construct } from "constructs";
import { DiscoveryTags } from "../lib/aws/discovery-tags";
import { AwsModuleStack } from "./aws-module-stack";
import { declareInputs } from "./inputs";

/** The module `discovery-tags`. */
export class DiscoveryTagsModule extends AwsModuleStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      path: "modules/discovery-tags",
      title: "Discovery tags for Karpenter",
      description: `
Tags subnets and security groups that others own with \`karpenter.sh/discovery = <cluster>\`. Needed only for EC2NodeClasses
that select by tag; those that select by id need no tags.`,
    });
    const input = declareInputs(this, ["cluster_name", "discovery_subnet_ids", "discovery_security_group_ids"]);
    new DiscoveryTags(this, "discovery", {
      clusterName: input.cluster_name.stringValue,
      discoverySubnetIds: input.discovery_subnet_ids.mapValue,
      discoverySecurityGroupIds: input.discovery_security_group_ids.mapValue,
    });
  }
}
