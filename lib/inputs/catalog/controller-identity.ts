import type { Field, MapField } from "../field";
import { about, optional, text, toggle } from "../field-builders";
import * as aws from "./aws";
import * as kubernetes from "./kubernetes";

const policies = (whose: string, field: MapField) =>
  about(`More policies for ${whose}: a name of your choice to a policy ARN.`, field, {});

/** Who the controller is to AWS. */
export const CONTROLLER_IDENTITY_INPUTS = {
  namespace: about("Namespace of the controller.", text(kubernetes.namespace), "karpenter"),
  serviceAccountName: about("Service account of the controller.", text(kubernetes.serviceAccountName), "karpenter"),
  controllerIdentity: about(
    'How the controller becomes its role: "irsa", or "pod-identity" for a controller on nodes that run the EKS Pod Identity Agent.',
    text(aws.controllerIdentity),
    "irsa",
  ),
  oidcProviderArn: optional(
    'ARN of the cluster\'s IAM OIDC provider; needed with controllerIdentity "irsa".',
    text(aws.oidcProviderArn),
  ),
  createControllerRole: about(
    "Whether to make the controller's role and policies; false takes controllerRoleArn.",
    toggle,
    true,
  ),
  controllerRoleArn: optional("ARN of a controller role of your own; when left out, one is made.", text(aws.roleArn)),
  controllerRoleName: optional(
    "Name of the controller's role, up to 64 characters; when left out, <cluster>-karpenter-controller.",
    text(aws.roleName),
  ),
  controllerAdditionalPolicies: policies("the controller's role", aws.controllerAdditionalPolicies),
  additionalPolicies: policies("the role made here", aws.additionalPolicies),
  nodeAdditionalPolicies: policies("the node role", aws.nodeAdditionalPolicies),
} as const satisfies Readonly<Record<string, Field>>;
