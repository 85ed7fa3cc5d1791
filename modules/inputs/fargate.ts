import * as aws from "../../lib/inputs/catalog/aws";
import * as kubernetes from "../../lib/inputs/catalog/kubernetes";
import { optional, toggle, Inputs } from "./input";

const selectorType = "list(object({ namespace = string, labels = optional(map(string), {}) }))";

/** Where the controller runs. */
export const FARGATE_INPUTS = {
  create_fargate_profile: toggle("Whether the controller runs on Fargate; false means on nodes you have."),
  fargate_subnet_ids: {
    type: "list(string)",
    description: "Ids of the private subnets of the controller; when null, subnet_ids.",
    default: null,
    rule: aws.subnetIds,
  },
  fargate_selectors: {
    type: selectorType,
    description: "Which pods run on Fargate, 1 to 5 selectors; when null, Karpenter's controller only.",
    default: null,
    rule: kubernetes.fargateSelectors,
  },
  selectors: {
    type: selectorType,
    description: "Which pods run on Fargate, 1 to 5 selectors.",
    default: [{ namespace: "karpenter", labels: { "app.kubernetes.io/name": "karpenter" } }],
    rule: kubernetes.fargateSelectors,
  },
  create_pod_execution_role: toggle("Whether to make the pod execution role; false takes pod_execution_role_arn."),
  pod_execution_role_arn: optional("ARN of a pod execution role of your own; when null, one is made.", aws.roleArn),
  pod_execution_role_name: optional(
    "Name of the pod execution role, up to 64 characters; when null, <cluster>-karpenter-fargate.",
    aws.roleName,
  ),
} as const satisfies Inputs;
