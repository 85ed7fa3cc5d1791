import type { Field } from "../field";
import { about, bool, optional, text, toggle } from "../field-builders";
import * as aws from "./aws";
import * as iam from "./iam-statements";
import * as kubernetes from "./kubernetes";

/** Whether the controller runs on Fargate, and where. */
export const FARGATE_INPUTS = {
  createFargateProfile: about("Whether the controller runs on Fargate; false means on nodes you have.", toggle, true),
  fargateSubnetIds: optional(
    "Ids of the private subnets of the controller; when left out, subnetIds.",
    aws.fargateSubnetIds,
  ),
  fargateSelectors: optional(
    "Which pods run on Fargate, 1 to 5 selectors; when left out, Karpenter's controller only.",
    kubernetes.fargateSelectors,
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** What {@link FargateProfile} is told by {@link Karpenter}. */
export const FARGATE_PROFILE_NEEDS = {
  subnetIds: about("Ids of the private subnets of the controller.", aws.fargateSubnetIds),
  selectors: about("Which pods run on Fargate, 1 to 5 selectors.", kubernetes.fargateSelectors, [
    { namespace: "karpenter", labels: { "app.kubernetes.io/name": "karpenter" } },
  ]),
} as const satisfies Readonly<Record<string, Field>>;

/** The name of the profile. */
export const FARGATE_PROFILE_NAME = {
  fargateProfileName: optional(
    "Name of the Fargate profile, up to 63 characters, to keep one that was made elsewhere; when left out, one that changes with everything that replaces the profile: leave it out again with a change of subnets, selectors or role, which cannot be made under the same name.",
    text(aws.fargateProfileName),
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** The pod execution role of the profile. */
export const POD_EXECUTION_ROLE_INPUTS = {
  createPodExecutionRole: about("Whether to make the pod execution role; false takes podExecutionRoleArn.", bool, true),
  podExecutionRoleArn: optional(
    "ARN of a pod execution role of your own; when left out, one is made.",
    text(aws.roleArn),
  ),
  podExecutionRoleName: optional(
    "Name of the pod execution role, up to 64 characters; when left out, <cluster>-karpenter-fargate.",
    text(aws.roleName),
  ),
  podExecutionRoleCniPolicy: about(
    "Whether the pod execution role has the permissions of the VPC CNI, those of clusterIpFamily.",
    bool,
    true,
  ),
  podExecutionRoleAdditionalPolicies: about(
    "More policies for the pod execution role, for a log destination for example: a name of your choice, which only a moved block may change, to a policy ARN.",
    aws.podExecutionRoleAdditionalPolicies,
    {},
  ),
  podExecutionRoleDescription: optional(
    "What IAM shows of the pod execution role, up to 1000 characters; when left out, it names the cluster.",
    text(aws.roleDescription),
  ),
  podExecutionInlinePolicies: about(
    "Inline policies of your own for the pod execution role, as for its logs: a name to a policy as JSON.",
    iam.inlinePolicies,
    {},
  ),
} as const satisfies Readonly<Record<string, Field>>;
