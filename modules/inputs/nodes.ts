import * as aws from "../../lib/inputs/catalog/aws";
import { optional, policyMap, toggle, Inputs } from "./input";

/** Who the nodes are to AWS and to the cluster. */
export const NODE_INPUTS = {
  node_role_arns: {
    type: "list(string)",
    description: "ARNs of the roles that nodes run as; the controller may pass these and no others.",
    rule: aws.roleArns,
  },
  instance_profile_mode: {
    type: "string",
    description:
      'Who makes the nodes\' instance profile: "terraform", or "karpenter" for one of each EC2NodeClass, which needs more permissions.',
    default: "terraform",
    rule: aws.instanceProfileMode,
  },
  reboot_for_repair: {
    type: "bool",
    description:
      "Whether the controller may reboot nodes to repair them, as it does from 1.15 on with the AWS feature gate rebootForRepair.",
    default: false,
  },
  create_node_role: toggle("Whether to make the role of the nodes; false takes node_role_arn."),
  node_role_arn: optional("ARN of a node role of your own; when null, one is made.", aws.roleArn),
  node_role_name: optional(
    "Name of the node role, up to 64 characters; when null, <cluster>-karpenter-node.",
    aws.roleName,
  ),
  node_additional_policies: policyMap("the node role"),
  additional_node_role_arns: {
    type: "list(string)",
    description:
      "ARNs of the roles of node classes that name a role or an instance profile of their own: the controller may pass these too.",
    default: [],
    rule: aws.additionalNodeRoleArns,
  },
  create_instance_profile: {
    type: "bool",
    description: 'Whether to make the nodes\' instance profile; when null, with instance_profile_mode "terraform".',
    default: null,
  },
  instance_profile_name: optional(
    "Name of the instance profile, made here or your own; when null, <cluster>-karpenter-instance-profile.",
    aws.instanceProfileName,
  ),
  create_access_entry: toggle(
    "Whether to make the node role's access entry; false leaves it to the aws-auth ConfigMap.",
  ),
  access_entry_type: {
    type: "string",
    description: "Type of the node role's access entry: EC2_LINUX or EC2_WINDOWS.",
    default: "EC2_LINUX",
    rule: aws.accessEntryType,
  },
  discovery_subnet_ids: {
    type: "map(string)",
    description: "Subnets to tag with karpenter.sh/discovery: a name that is known at plan to a subnet id.",
    default: {},
    rule: aws.subnetIdMap,
  },
  discovery_security_group_ids: {
    type: "map(string)",
    description: "Security groups to tag with karpenter.sh/discovery: a name that is known at plan to a group id.",
    default: {},
    rule: aws.securityGroupIdMap,
  },
} as const satisfies Inputs;
