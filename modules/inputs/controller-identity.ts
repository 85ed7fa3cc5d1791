import * as aws from "../../lib/inputs/catalog/aws";
import * as kubernetes from "../../lib/inputs/catalog/kubernetes";
import { optional, policyMap, toggle, Inputs } from "./input";

/** Who the controller is to AWS. */
export const CONTROLLER_IDENTITY_INPUTS = {
  namespace: {
    type: "string",
    description: "Namespace of the controller.",
    default: "karpenter",
    rule: kubernetes.namespace,
  },
  service_account_name: {
    type: "string",
    description: "Service account of the controller.",
    default: "karpenter",
    rule: kubernetes.serviceAccountName,
  },
  controller_identity: {
    type: "string",
    description:
      'How the controller becomes its role: "irsa", or "pod-identity" for a controller on nodes that run the EKS Pod Identity Agent.',
    default: "irsa",
    rule: aws.controllerIdentity,
  },
  oidc_provider_arn: optional(
    'ARN of the cluster\'s IAM OIDC provider; needed with controller_identity "irsa".',
    aws.oidcProviderArn,
  ),
  create_controller_role: toggle(
    "Whether to make the controller's role and policies; false takes controller_role_arn.",
  ),
  controller_role_arn: optional("ARN of a controller role of your own; when null, one is made.", aws.roleArn),
  controller_role_name: optional(
    "Name of the controller's role, up to 64 characters; when null, <cluster>-karpenter-controller.",
    aws.roleName,
  ),
  controller_additional_policies: policyMap("the controller's role"),
  additional_policies: policyMap("the role made here"),
} as const satisfies Inputs;
