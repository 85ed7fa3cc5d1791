import { Construct } from "constructs";
import { TerraformIterator, Token } from "cdktf";
import { Ec2Tag } from "@cdktf/provider-aws/lib/ec2-tag";
import { DISCOVERY_TAGS_PROPERTIES } from "../inputs/catalog/properties";
import { checkedProps } from "../inputs/problems";
import type { AwsProviderProps } from "../terraform/providers";
import { useProviders } from "../terraform/providers";
import type { ClusterProps } from "./common-props";

/** The tag that an EC2NodeClass may select subnets and security groups by. */
export const DISCOVERY_TAG = "karpenter.sh/discovery";

/** Properties of {@link DiscoveryTags}. */
export interface DiscoveryTagsProps extends ClusterProps, AwsProviderProps {
  /**
   * Subnets to tag, by a name of your choice. The names must be known at plan; the ids need not be.
   *
   * @default - none
   */
  readonly discoverySubnetIds?: Record<string, string>;
  /**
   * Security groups to tag, by a name of your choice. Tag one only: the AWS load balancer controllers refuse nodes with
   * several tagged groups.
   *
   * @default - none
   */
  readonly discoverySecurityGroupIds?: Record<string, string>;
}

/** Tags subnets and security groups that others own with `karpenter.sh/discovery = <cluster>`. */
export class DiscoveryTags extends Construct {
  constructor(scope: Construct, id: string, props: DiscoveryTagsProps) {
    super(scope, id);
    props = checkedProps(this, props, DISCOVERY_TAGS_PROPERTIES);
    this.tag("subnet", props.clusterName, props.discoverySubnetIds);
    this.tag("security-group", props.clusterName, props.discoverySecurityGroupIds);
    useProviders(this, props);
  }

  private tag(id: string, clusterName: string, ids: Record<string, string> | undefined): void {
    if (ids === undefined || (!Token.isUnresolved(ids) && Object.keys(ids).length === 0)) {
      return;
    }
    const target = TerraformIterator.fromMap(ids);
    new Ec2Tag(this, id, {
      forEach: target,
      resourceId: Token.asString(target.value),
      key: DISCOVERY_TAG,
      value: clusterName,
    });
  }
}
