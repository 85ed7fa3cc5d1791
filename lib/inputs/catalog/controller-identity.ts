import type { Field } from "../field";
import { about, bool, numeric, oneOfStrings, optional, text, toggle } from "../field-builders";
import * as aws from "./aws";
import * as iam from "./iam-statements";
import * as kubernetes from "./kubernetes";
import * as values from "./values";

/** The service account of the controller. */
export const SERVICE_ACCOUNT_INPUTS = {
  namespace: about(
    "Namespace of the controller. A change of it is an installation made anew, CRDs included, and every node goes: refused without acceptedChange.",
    text(kubernetes.namespace),
    "karpenter",
  ),
  serviceAccountName: about("Service account of the controller.", text(kubernetes.serviceAccountName), "karpenter"),
} as const satisfies Readonly<Record<string, Field>>;

/** The controller's permissions, which a construct of its own makes too. */
export const CONTROLLER_POLICY_INPUTS = {
  instanceProfileMode: about(
    'Who makes the nodes\' instance profile: "terraform", or "karpenter" for one of each EC2NodeClass, which needs more permissions.',
    text(aws.instanceProfileMode),
    "terraform",
  ),
  amiParameterArns: about(
    "ARNs of SSM parameters that the controller may read AMI ids from beside those of AWS and those that node classes made here name; …/<path>/* stands for all below. Karpenter 1.4 or later.",
    aws.amiParameterArns,
    [],
  ),
  ebsKmsKeyArns: about(
    "ARNs of customer managed KMS keys of the volumes and AMIs of nodes beside those that node classes made here name by id or ARN: EC2 may use them for the controller.",
    aws.ebsKmsKeyArns,
    [],
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** What {@link ControllerPolicy} is told by {@link Karpenter}. */
export const CONTROLLER_POLICY_NEEDS = {
  nodeRoleArns: about(
    "ARNs of the roles that nodes run as; the controller may pass these and no others.",
    aws.nodeRoleArns,
  ),
  rebootForRepair: about(
    "Whether the controller may reboot nodes to repair them, as it does from 1.15 on with the AWS feature gate rebootForRepair.",
    bool,
    false,
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** The role that the controller has with AWS. */
export const CONTROLLER_ROLE_INPUTS = {
  controllerIdentity: about(
    'How the controller becomes its role: "irsa", or "pod-identity" for a controller on nodes that run the EKS Pod Identity Agent.',
    text(aws.controllerIdentity),
    "irsa",
  ),
  oidcProviderArn: optional(
    'ARN of the cluster\'s IAM OIDC provider; needed with controllerIdentity "irsa".',
    text(aws.oidcProviderArn),
  ),
  controllerPolicyForm: about(
    'What the controller\'s permissions are on its role: "inline", one policy, or "managed", several, which take up to 6 of the 10 that a role may have; "both" in between, to change from one to the other.',
    oneOfStrings("inline", "managed", "both"),
    "inline",
  ),
  controllerRoleName: optional(
    "Name of the controller's role, up to 64 characters; when left out, <cluster>-karpenter-controller.",
    text(aws.roleName),
  ),
  controllerRoleDescription: optional(
    "What IAM shows of the controller's role, up to 1000 characters; when left out, it names the cluster.",
    text(aws.roleDescription),
  ),
  controllerMaxSessionDuration: about(
    "How long a session of the controller's role may last, in seconds, 3600 to 43200.",
    numeric(values.wholeNumber(3_600, 43_200, "give seconds, 3600 for an hour")),
    3600,
  ),
  controllerTrustConditions: about(
    "Conditions on who may become the controller's role, beside those that name its service account or cluster: all have to hold.",
    iam.trustConditions,
    [],
  ),
  controllerTrustStatements: about(
    "Statements of the trust policy of the controller's role beside its own: who else may become it, or may not.",
    iam.trustStatements,
    [],
  ),
  controllerPolicyStatements: about(
    "What the controller may do, or may not, beside what Karpenter needs: one more inline policy of its role.",
    iam.policyStatements,
    [],
  ),
  controllerInlinePolicies: about(
    "Inline policies of your own for the controller's role: a name to a policy as JSON.",
    iam.inlinePolicies,
    {},
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** Whose the role is. */
export const CONTROLLER_IDENTITY_INPUTS = {
  createControllerRole: about(
    "Whether to make the controller's role and policies; false takes controllerRoleArn.",
    toggle,
    true,
  ),
  controllerRoleArn: optional("ARN of a controller role of your own; when left out, one is made.", text(aws.roleArn)),
  controllerAdditionalPolicies: about(
    "More policies for the controller's role: a name of your choice, which only a moved block may change, to a policy ARN.",
    aws.additionalPolicies,
    {},
  ),
} as const satisfies Readonly<Record<string, Field>>;
