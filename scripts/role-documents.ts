import { Testing, TerraformStack } from "cdktf";
import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { inIamWords } from "../lib/aws/policy-size";
import { ControllerRole, FargateProfile, InterruptionQueue, NodeRole } from "../lib";

/** A policy that is not of one release: who may become a role, or send to the queue. */
export interface RoleDocument {
  readonly title: string;
  readonly why: string;
  /** The statements as IAM gets them, for {@link PLACE}. */
  readonly document: string;
}

const PLACE = { partition: "aws", region: "eu-north-1", accountId: "111122223333", clusterName: "prod" };
const CONTROLLER = {
  ...PLACE,
  nodeRoleArns: ["arn:aws:iam::111122223333:role/prod-karpenter-node"],
  oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-north-1.amazonaws.com/id/3F2504E04F89",
};

/** The documents beside the controller's policies, read from what the constructs make. */
export function documentsOfRoles(): RoleDocument[] {
  const stack = new TerraformStack(Testing.app(), "stack");
  new ControllerRole(stack, "irsa", CONTROLLER);
  new ControllerRole(stack, "pods", { ...CONTROLLER, controllerIdentity: "pod-identity" });
  new NodeRole(stack, "node", PLACE);
  new FargateProfile(stack, "fargate", { ...PLACE, subnetIds: ["subnet-0a1b2c3d4e5f60001"] });
  new InterruptionQueue(stack, "queue", PLACE);
  const { data } = stack.toTerraform() as { data: { aws_iam_policy_document: Record<string, DocumentBlock> } };
  return DOCUMENTS.map(({ starts, ...about }) => {
    const found = Object.entries(data.aws_iam_policy_document).find(([name]) => name.startsWith(starts));
    return { ...about, document: JSON.stringify(found?.[1].statement.map(inIamWords), undefined, 2) };
  });
}

const DOCUMENTS = [
  {
    starts: "irsa_irsa-trust",
    title: "The controller, by IRSA",
    why: "One service account of one cluster, for STS only; never a wildcard.",
  },
  {
    starts: "pods_pod-identity-trust",
    title: "The controller, by EKS Pod Identity",
    why: 'Pods of service accounts that have an association; the one made here binds the controller\'s. With `controllerIdentity: "pod-identity"`.',
  },
  {
    starts: "node_trust",
    title: "Nodes",
    why: "EC2, with its second name beside the first in the partitions `aws-cn`, `aws-iso` and `aws-iso-b`, where the template has the second alone.",
  },
  {
    starts: "fargate_trust",
    title: "Pods on Fargate",
    why: "The Fargate profiles of this cluster only.",
  },
  {
    starts: "queue_queue-policy-document",
    title: "The interruption queue",
    why:
      "EventBridge may send for the rules made here only, and nobody without TLS. The template lets EventBridge and SQS send " +
      "for anybody's rules, and the older ones without TLS too.",
  },
] as const;

interface DocumentBlock {
  readonly statement: readonly DataAwsIamPolicyDocumentStatement[];
}
