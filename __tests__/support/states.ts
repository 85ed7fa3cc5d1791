/** States of Terraform with Karpenter in them, as others have written it. */
import type { Fields } from "../../lib/terraform/known-values";
import type { State, StateObject } from "../../cli/import/state";

export const ACCOUNT = "arn:aws:iam::111122223333";
export const OIDC = `${ACCOUNT}:oidc-provider/oidc.eks.eu-north-1.amazonaws.com/id/ABC`;
export const QUEUE_ARN = "arn:aws:sqs:eu-north-1:111122223333:prod";
export const AWS_POLICY = "arn:aws:iam::aws:policy/";

/** One object of a state. */
export function object(address: string, values: Fields, dependsOn: readonly string[] = []): StateObject {
  const [, type = ""] = /([a-z_0-9]+)\.[\w-]+(\[[^\]]*\])?$/.exec(address) ?? [];
  return { address, type, values, dependsOn };
}

/** A state of objects. */
export function stateOfObjects(...objects: readonly StateObject[]): State {
  return { terraformVersion: "1.11.4", objects };
}

/** A document of IAM with one statement for each. */
export function policy(...statements: readonly Fields[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements.map((it) => ({ Effect: "Allow", ...it })) });
}

/** A role that a service becomes. */
export function serviceRole(address: string, name: string, service: string, values: Fields = {}): StateObject {
  return object(address, {
    id: name,
    name,
    arn: `${ACCOUNT}:role/${name}`,
    path: "/",
    description: "",
    max_session_duration: 3600,
    assume_role_policy: policy({ Action: "sts:AssumeRole", Principal: { Service: service } }),
    ...values,
  });
}

/** What Karpenter may do, as far as it is looked at. */
export const PERMISSIONS = policy(
  { Action: ["ec2:CreateFleet", "ec2:RunInstances"], Resource: "*" },
  { Action: "iam:PassRole", Resource: `${ACCOUNT}:role/workers` },
  { Action: ["sqs:ReceiveMessage"], Resource: QUEUE_ARN },
);

/** A trust policy for a service account by IRSA. */
export function irsaTrust(...subjects: readonly string[]): string {
  return policy({
    Action: "sts:AssumeRoleWithWebIdentity",
    Principal: { Federated: OIDC },
    Condition: { StringEquals: { "oidc.eks.eu-north-1.amazonaws.com/id/ABC:sub": subjects } },
  });
}

export const CONTROLLER = serviceRole("aws_iam_role.controller", "scaler", "", {
  assume_role_policy: irsaTrust("system:serviceaccount:karpenter:karpenter"),
});
export const PERMISSIONS_IN_ROLE = object("aws_iam_role_policy.controller", {
  role: "scaler",
  name: "scaling",
  policy: PERMISSIONS,
});
export const NODE_ROLE = serviceRole("aws_iam_role.node", "workers", "ec2.amazonaws.com");
export const PROFILE = object("aws_eks_fargate_profile.this", {
  id: "prod:karpenter",
  cluster_name: "prod",
  fargate_profile_name: "karpenter",
  pod_execution_role_arn: `${ACCOUNT}:role/fargate`,
  subnet_ids: ["subnet-0a1b2c3d4e5f60001"],
  selector: [{ namespace: "karpenter", labels: {} }],
});
export const FARGATE_ROLE = serviceRole("aws_iam_role.fargate", "fargate", "eks-fargate-pods.amazonaws.com");
export const QUEUE = object("aws_sqs_queue.this", {
  id: "https://sqs.eu-north-1.amazonaws.com/111122223333/prod",
  url: "https://sqs.eu-north-1.amazonaws.com/111122223333/prod",
  arn: QUEUE_ARN,
  name: "prod",
  message_retention_seconds: 300,
  kms_master_key_id: "",
  policy: "",
});

/** A rule with its target, as the queue has it. */
export function rule(key: string, detailType: string, targetId = "KarpenterInterruptionQueueTarget"): StateObject[] {
  return [
    object(`aws_cloudwatch_event_rule.this["${key}"]`, {
      name: key,
      event_bus_name: "default",
      event_pattern: JSON.stringify({ source: ["aws.ec2"], "detail-type": [detailType] }),
    }),
    object(`aws_cloudwatch_event_target.this["${key}"]`, {
      rule: key,
      event_bus_name: "default",
      target_id: targetId,
      arn: QUEUE_ARN,
    }),
  ];
}

/** A policy on a role. */
export function attached(address: string, role: string, policyArn: string): StateObject {
  return object(address, { role, policy_arn: policyArn });
}

/** A small whole installation by hand: IRSA, and the controller on Fargate. */
export const BY_HAND: readonly StateObject[] = [
  CONTROLLER,
  PERMISSIONS_IN_ROLE,
  NODE_ROLE,
  attached('aws_iam_role_policy_attachment.node["worker"]', "workers", `${AWS_POLICY}AmazonEKSWorkerNodePolicy`),
  PROFILE,
  FARGATE_ROLE,
  QUEUE,
  ...rule("spot", "EC2 Spot Instance Interruption Warning"),
];
