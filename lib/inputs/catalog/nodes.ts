import type { Field } from "../field";
import { about, bool, optional, text } from "../field-builders";
import * as aws from "./aws";

/** Who the nodes are to AWS and to the cluster. */
export const NODE_INPUTS = {
  nodeRoleArns: about(
    "ARNs of the roles that nodes run as; the controller may pass these and no others.",
    aws.nodeRoleArns,
  ),
  instanceProfileMode: about(
    'Who makes the nodes\' instance profile: "terraform", or "karpenter" for one of each EC2NodeClass, which needs more permissions.',
    text(aws.instanceProfileMode),
    "terraform",
  ),
  rebootForRepair: about(
    "Whether the controller may reboot nodes to repair them, as it does from 1.15 on with the AWS feature gate rebootForRepair.",
    bool,
    false,
  ),
  createNodeRole: about("Whether to make the role of the nodes; false takes nodeRoleArn.", bool, true),
  nodeRoleArn: optional("ARN of a node role of your own; when left out, one is made.", text(aws.roleArn)),
  nodeRoleUniqueId: optional(
    "Unique id of the node role, AROA…, by which its access entry follows a role made anew; when left out, it does not.",
    text(),
  ),
  nodeRoleName: optional(
    "Name of the node role, up to 64 characters; when left out, <cluster>-karpenter-node.",
    text(aws.roleName),
  ),
  additionalNodeRoleArns: about(
    "ARNs of the roles of node classes that name a role or an instance profile of their own: the controller may pass these too.",
    aws.additionalNodeRoleArns,
    [],
  ),
  createInstanceProfile: optional(
    'Whether to make the nodes\' instance profile; when left out, with instanceProfileMode "terraform".',
    bool,
  ),
  instanceProfileName: optional(
    "Name of the instance profile, made here or your own; when left out, <cluster>-karpenter-instance-profile.",
    text(aws.instanceProfileName),
  ),
  createAccessEntry: about(
    "Whether to make the node role's access entry; false leaves it to the aws-auth ConfigMap.",
    bool,
    true,
  ),
  accessEntryType: about(
    "Type of the node role's access entry: EC2_LINUX or EC2_WINDOWS.",
    text(aws.accessEntryType),
    "EC2_LINUX",
  ),
  discoverySubnetIds: about(
    "Subnets to tag with karpenter.sh/discovery: a name that is known at plan to a subnet id.",
    aws.subnetIdMap,
    {},
  ),
  discoverySecurityGroupIds: about(
    "Security groups to tag with karpenter.sh/discovery: a name that is known at plan to a group id.",
    aws.securityGroupIdMap,
    {},
  ),
} as const satisfies Readonly<Record<string, Field>>;
