import type { Field } from "../field";
import { about, bool, optional, text, toggle } from "../field-builders";
import * as aws from "./aws";
import * as iam from "./iam-statements";

/** The role of the nodes and its instance profile. */
export const NODE_ROLE_INPUTS = {
  createNodeRole: about("Whether to make the role of the nodes; false takes nodeRoleArn.", bool, true),
  nodeRoleArn: optional("ARN of a node role of your own; when left out, one is made.", text(aws.roleArn)),
  nodeRoleName: optional(
    "Name of the node role, up to 64 characters; when left out, <cluster>-karpenter-node.",
    text(aws.roleName),
  ),
  nodeCniPolicy: about(
    "Whether the node role has the permissions of the VPC CNI, those of clusterIpFamily; false where the add-on has a role of its own.",
    bool,
    true,
  ),
  nodeSsmPolicy: about("Whether the node role has what Session Manager needs to open a shell on nodes.", bool, true),
  nodeRoleDescription: optional(
    "What IAM shows of the node role, up to 1000 characters; when left out, it names the cluster.",
    text(aws.roleDescription),
  ),
  nodeInlinePolicies: about(
    "Inline policies of your own for the node role: a name to a policy as JSON.",
    iam.inlinePolicies,
    {},
  ),
  createInstanceProfile: optional(
    'Whether to make the nodes\' instance profile; when left out, with instanceProfileMode "terraform".',
    bool,
  ),
  instanceProfileName: optional(
    "Name of the instance profile, made here or your own; when left out, <cluster>-karpenter-instance-profile.",
    text(aws.instanceProfileName),
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** How the nodes join the cluster. */
export const NODE_ACCESS_INPUTS = {
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
} as const satisfies Readonly<Record<string, Field>>;

/** What {@link NodeAccess} is told by {@link Karpenter}. */
export const NODE_ACCESS_NEEDS = {
  nodeRoleUniqueId: optional(
    "Unique id of the node role, AROA…, by which its access entry follows a role made anew; when left out, it does not.",
    text(),
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** What else nodes run as and have. */
export const NODE_INPUTS = {
  tagNodes: about(
    "Whether what Karpenter launches gets tags too: instances, volumes, network interfaces, spot requests and launch templates; those of a node class win. A change of tags replaces every node.",
    toggle,
    true,
  ),
  nodeAdditionalPolicies: about(
    "More policies for the node role: a name of your choice, which only a moved block may change, to a policy ARN.",
    aws.nodeAdditionalPolicies,
    {},
  ),
  additionalNodeRoleArns: about(
    "ARNs of the roles of node classes that name a role or an instance profile of their own: the controller may pass these too.",
    aws.additionalNodeRoleArns,
    [],
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** What an account needs before its first spot instance. */
export const SPOT_INPUTS = {
  createSpotServiceLinkedRole: about(
    "Whether to make the role AWSServiceRoleForEC2Spot, of which an account has one and most accounts have it already.",
    toggle,
    false,
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** What to tag for node classes that select by tag. */
export const DISCOVERY_TAGS_INPUTS = {
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
