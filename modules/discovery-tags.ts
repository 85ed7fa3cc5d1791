import type { Construct } from "constructs";
import type { DiscoveryTagsProps } from "../lib/aws/discovery-tags";
import { DiscoveryTags } from "../lib/aws/discovery-tags";
import { AwsModuleStack } from "./aws-module-stack";
import { DISCOVERY_TAGS_PROPERTIES } from "../lib/inputs/catalog/properties";
import { declareInputs, propsOf } from "./inputs";

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
    const fields = DISCOVERY_TAGS_PROPERTIES.fields;
    const input = declareInputs(this, fields);
    new DiscoveryTags(this, "discovery", propsOf<DiscoveryTagsProps>(input, fields));
  }
}
