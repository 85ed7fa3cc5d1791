import { Construct } from "constructs";
import { IamServiceLinkedRole } from "@cdktf/provider-aws/lib/iam-service-linked-role";
import type { AwsProviderProps } from "../terraform/providers";
import { useProviders } from "../terraform/providers";

/** Properties of {@link SpotServiceLinkedRole}. */
export type SpotServiceLinkedRoleProps = AwsProviderProps;

/**
 * The role that EC2 needs for the first spot instance of an account, which the controller may not make. An account has one: where
 * it is there already, import it, or leave this out.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/service-linked-roles-spot-instance-requests.html
 */
export class SpotServiceLinkedRole extends Construct {
  /** The role's ARN. */
  public readonly roleArn: string;

  constructor(scope: Construct, id: string, props: SpotServiceLinkedRoleProps = {}) {
    super(scope, id);
    this.roleArn = new IamServiceLinkedRole(this, "Resource", { awsServiceName: "spot.amazonaws.com" }).arn;
    useProviders(this, props);
  }
}
