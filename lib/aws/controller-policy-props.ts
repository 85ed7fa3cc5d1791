import type { NewerVersionProps } from "../inputs/catalog/newer-version";
import type { Toggle } from "../terraform/expression";
import type { AwsProviderProps } from "../terraform/providers";
import type { ClusterProps, EnvironmentProps, IamProps, NamingProps, TagProps } from "./common-props";

/** Who makes the instance profiles of nodes: Terraform (one, in state) or Karpenter (one for each EC2NodeClass). */
export type InstanceProfileMode = "terraform" | "karpenter";

/** Properties of {@link ControllerPolicy}. */
export interface ControllerPolicyProps
  extends
    ClusterProps,
    NamingProps,
    Pick<IamProps, "iamPath">,
    TagProps,
    EnvironmentProps,
    AwsProviderProps,
    NewerVersionProps {
  /** The ARNs of the roles that nodes run as: the controller may pass these to EC2 and no others. */
  readonly nodeRoleArns: string[];
  /**
   * Whether the controller reads interruption events from a queue.
   *
   * @default - true when `interruptionQueueArn` is given
   */
  readonly interruptionHandling?: Toggle;
  /**
   * The queue that interruption events arrive in.
   *
   * @default - none
   */
  readonly interruptionQueueArn?: string;
  /**
   * The customer managed KMS key that the queue is encrypted with.
   *
   * @default - the queue is encrypted by SQS itself
   */
  readonly interruptionQueueKmsKeyArn?: string;
  /**
   * With `terraform`, the controller gets no permission to make, tag or delete instance profiles.
   *
   * @default "terraform"
   */
  readonly instanceProfileMode?: InstanceProfileMode;
  /**
   * Whether the controller may reboot nodes to repair them, as it does with the AWS feature gate of this name. Releases before
   * 1.15 do not reboot nodes and get no permission for it.
   *
   * @default false
   */
  readonly rebootForRepair?: Toggle;
  /**
   * SSM parameters that the controller may read AMI ids from beside those of AWS, for `ssmParameter` terms: those of another
   * account, and those of node classes that are made elsewhere. `/*` at the end stands for all below. Since Karpenter 1.4.
   * {@link Karpenter} adds what its own node classes name.
   *
   * @default - those of AWS alone
   */
  readonly amiParameterArns?: string[];
  /**
   * Customer managed KMS keys that the volumes of nodes, or their AMIs, are encrypted with: EC2 may use them for the
   * controller. {@link Karpenter} adds those that its own node classes name by id or ARN.
   *
   * @default - the account's key for EBS
   */
  readonly ebsKmsKeyArns?: string[];
  /**
   * The release of Karpenter, 0.27.0 or later; one that only Terraform knows must be 1.0.0 or later.
   * https://github.com/aws/karpenter-provider-aws/releases
   *
   * @default "1.14.3"
   */
  readonly karpenterVersion?: string;
  /**
   * Whether to make managed policies. Without them, {@link ControllerPolicy.putOnRole} puts the statements on a role.
   *
   * @default true
   */
  readonly createManagedPolicies?: Toggle;
}
