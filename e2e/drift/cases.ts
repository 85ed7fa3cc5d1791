/** What is done by hand to an installation, and what the next plan says of it. docs/drift.md is written from this. */
import { CreateTagsCommand, DeleteTagsCommand } from "@aws-sdk/client-ec2";
import { DeleteAccessEntryCommand, DeleteFargateProfileCommand, ListFargateProfilesCommand } from "@aws-sdk/client-eks";
import {
  DeleteRuleCommand,
  DisableRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { DeleteLogGroupCommand, PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  AttachRolePolicyCommand,
  DeleteInstanceProfileCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { DeleteQueueCommand, GetQueueUrlCommand, SetQueueAttributesCommand } from "@aws-sdk/client-sqs";

import type { AwsClients } from "../cloud/aws-clients";
import { helm } from "../cloud/helm-cli";
import type { KubeClient } from "../cloud/kube-client";

/** What hands reach. */
export interface Hands {
  readonly clients: AwsClients;
  readonly kube: KubeClient & { readonly kubeconfig: string };
  readonly subnetId: string;
}

/** Something done by hand. */
export interface Drift {
  readonly object: string;
  readonly done: string;
  readonly by: (hands: Hands) => Promise<unknown>;
  /** What the plan says, in the words of `factsOf`. */
  readonly facts: readonly string[];
}

const QUEUE = "prod-karpenter";
const CONTROLLER = "prod-karpenter-controller";
const NODE = "prod-karpenter-node";
const POD_EXECUTION = "prod-karpenter-fargate";
const PROFILE = "prod-karpenter-instance-profile";
const TARGET = "KarpenterInterruptionQueueTarget";
const NODE_ARN = `arn:aws:iam::123456789012:role/${NODE}`;
const SSM_POLICY = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
const LOG_GROUP = "/aws/eks/prod/fargate";
const DISCOVERY = { Key: "karpenter.sh/discovery", Value: "prod" };
const IRSA = "module.controller_identity";
const INTERRUPTION = "module.interruption_queue";
const FARGATE = "module.fargate_profile";
const NODES = "module.node_identity";

const allowed = (Action: string, Principal?: object): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action, ...(Principal ? { Principal } : { Resource: "*" }) }],
  });

async function queueUrl({ clients }: Hands): Promise<string> {
  const { QueueUrl } = await clients.sqs.send(new GetQueueUrlCommand({ QueueName: QUEUE }));
  return String(QueueUrl);
}

async function setQueue(hands: Hands, Attributes: Record<string, string>): Promise<unknown> {
  return hands.clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl: await queueUrl(hands), Attributes }));
}

async function deleteRule({ clients }: Hands, rule: string): Promise<unknown> {
  await clients.eventBridge.send(new RemoveTargetsCommand({ Rule: rule, Ids: [TARGET] }));
  return clients.eventBridge.send(new DeleteRuleCommand({ Name: rule }));
}

async function deleteProfile({ clients }: Hands): Promise<unknown> {
  const InstanceProfileName = PROFILE;
  await clients.iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName: NODE }));
  return clients.iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName }));
}

async function deleteFargateProfile({ clients }: Hands): Promise<unknown> {
  const { fargateProfileNames = [] } = await clients.eks.send(new ListFargateProfilesCommand({ clusterName: "prod" }));
  const [fargateProfileName] = fargateProfileNames;
  return clients.eks.send(new DeleteFargateProfileCommand({ clusterName: "prod", fargateProfileName }));
}

/** Edits, all made before one plan. */
export const EDITED: readonly Drift[] = [
  {
    object: "queue",
    done: "retention changed",
    by: (hands) => setQueue(hands, { MessageRetentionPeriod: "60" }),
    facts: [`${INTERRUPTION}.aws_sqs_queue.interruption: changes message_retention_seconds`],
  },
  {
    object: "queue",
    done: "policy opened to everyone",
    by: (hands) => setQueue(hands, { Policy: allowed("sqs:*", { AWS: "*" }) }),
    facts: [`${INTERRUPTION}.aws_sqs_queue.interruption: changes policy`],
  },
  {
    object: "rule",
    done: "disabled",
    by: ({ clients }) => clients.eventBridge.send(new DisableRuleCommand({ Name: `${QUEUE}-health` })),
    facts: [`${INTERRUPTION}.aws_cloudwatch_event_rule.interruption_health: changes state`],
  },
  {
    object: "target of a rule",
    done: "removed",
    by: ({ clients }) =>
      clients.eventBridge.send(new RemoveTargetsCommand({ Rule: `${QUEUE}-rebalance`, Ids: [TARGET] })),
    facts: [`${INTERRUPTION}.aws_cloudwatch_event_target.interruption_rebalance_target: made`],
  },
  {
    object: "role of the controller",
    done: "trust policy opened to everyone",
    by: ({ clients }) =>
      clients.iam.send(
        new UpdateAssumeRolePolicyCommand({
          RoleName: CONTROLLER,
          PolicyDocument: allowed("sts:AssumeRole", { AWS: "*" }),
        }),
      ),
    facts: [`${IRSA}.aws_iam_role.controller: changes assume_role_policy`],
  },
  {
    object: "role of the controller",
    done: "permissions boundary set",
    by: ({ clients }) =>
      clients.iam.send(
        new PutRolePermissionsBoundaryCommand({ RoleName: CONTROLLER, PermissionsBoundary: SSM_POLICY }),
      ),
    facts: [`${IRSA}.aws_iam_role.controller: changes permissions_boundary`],
  },
  {
    object: "inline policy of the controller",
    done: "statements changed",
    by: ({ clients }) =>
      clients.iam.send(
        new PutRolePolicyCommand({ RoleName: CONTROLLER, PolicyName: "karpenter", PolicyDocument: allowed("ec2:*") }),
      ),
    facts: [`${IRSA}.aws_iam_role_policy.controller_inline_policy: changes policy`],
  },
  {
    object: "role of nodes",
    done: "policy detached",
    by: ({ clients }) => clients.iam.send(new DetachRolePolicyCommand({ RoleName: NODE, PolicyArn: SSM_POLICY })),
    facts: [`${NODES}.aws_iam_role_policy_attachment.node_amazon_ssm_managed_instance_core: made`],
  },
  {
    object: "role of nodes",
    done: "tag changed",
    by: ({ clients }) =>
      clients.iam.send(new TagRoleCommand({ RoleName: NODE, Tags: [{ Key: "team", Value: "theirs" }] })),
    facts: [`${NODES}.aws_iam_role.node: changes tags`],
  },
  {
    object: "instance profile",
    done: "role removed from it",
    by: ({ clients }) =>
      clients.iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName: PROFILE, RoleName: NODE })),
    facts: [`${NODES}.aws_iam_instance_profile.node_instance_profile: changes role`],
  },
  {
    object: "discovery tag of a subnet",
    done: "value changed",
    by: ({ clients, subnetId }) =>
      clients.ec2.send(new CreateTagsCommand({ Resources: [subnetId], Tags: [{ ...DISCOVERY, Value: "theirs" }] })),
    facts: ['module.discovery_tags.aws_ec2_tag.discovery_subnet["first"]: changes value'],
  },
  {
    object: "log group of Fargate",
    done: "retention changed",
    by: ({ clients }) =>
      clients.logs.send(new PutRetentionPolicyCommand({ logGroupName: LOG_GROUP, retentionInDays: 1 })),
    facts: [`${FARGATE}.aws_cloudwatch_log_group.karpenter_log_group: changes retention_in_days`],
  },
  {
    object: "inline policy for logs of Fargate",
    done: "deleted",
    by: ({ clients }) =>
      clients.iam.send(new DeleteRolePolicyCommand({ RoleName: POD_EXECUTION, PolicyName: "fargate-logging" })),
    facts: [`${FARGATE}.aws_iam_role_policy.karpenter_logging: made`],
  },
];

/** Deletions, all made before one plan. */
export const DELETED: readonly Drift[] = [
  {
    object: "queue",
    done: "deleted",
    by: async (hands) => hands.clients.sqs.send(new DeleteQueueCommand({ QueueUrl: await queueUrl(hands) })),
    facts: [
      `${INTERRUPTION}.aws_sqs_queue.interruption: made`,
      ...["capacity_reservation_interruption", "health", "instance_state_change", "rebalance"].map(
        (rule) => `${INTERRUPTION}.aws_cloudwatch_event_target.interruption_${rule}_target: changes arn`,
      ),
    ],
  },
  {
    object: "rule",
    done: "deleted with its target",
    by: (hands) => deleteRule(hands, `${QUEUE}-spot-interruption`),
    facts: [
      `${INTERRUPTION}.aws_cloudwatch_event_rule.interruption_spot_interruption: made`,
      `${INTERRUPTION}.aws_cloudwatch_event_target.interruption_spot_interruption_target: made`,
    ],
  },
  {
    object: "inline policy of the controller",
    done: "deleted",
    by: ({ clients }) =>
      clients.iam.send(new DeleteRolePolicyCommand({ RoleName: CONTROLLER, PolicyName: "karpenter" })),
    facts: [`${IRSA}.aws_iam_role_policy.controller_inline_policy: made`],
  },
  {
    object: "instance profile",
    done: "deleted",
    by: deleteProfile,
    facts: [`${NODES}.aws_iam_instance_profile.node_instance_profile: made`],
  },
  {
    object: "access entry",
    done: "deleted",
    by: ({ clients }) =>
      clients.eks.send(new DeleteAccessEntryCommand({ clusterName: "prod", principalArn: NODE_ARN })),
    facts: [`${NODES}.aws_eks_access_entry.node_access: made`],
  },
  {
    object: "Fargate profile",
    done: "deleted",
    by: deleteFargateProfile,
    facts: [`${FARGATE}.aws_eks_fargate_profile.karpenter: made`],
  },
  {
    object: "discovery tag of a subnet",
    done: "removed",
    by: ({ clients, subnetId }) =>
      clients.ec2.send(new DeleteTagsCommand({ Resources: [subnetId], Tags: [DISCOVERY] })),
    facts: ['module.discovery_tags.aws_ec2_tag.discovery_subnet["first"]: made'],
  },
  {
    object: "log group of Fargate",
    done: "deleted",
    by: ({ clients }) => clients.logs.send(new DeleteLogGroupCommand({ logGroupName: LOG_GROUP })),
    facts: [
      `${FARGATE}.aws_cloudwatch_log_group.karpenter_log_group: made`,
      `${FARGATE}.aws_iam_role_policy.karpenter_logging: changes policy`,
    ],
  },
  {
    object: "Helm release of the NodePools",
    done: "uninstalled",
    by: ({ kube }) =>
      helm(["uninstall", "karpenter-node-pools", "--namespace", "karpenter"], { kubeconfig: kube.kubeconfig }),
    facts: ["module.node_pools.helm_release.karpenter: made"],
  },
];

/** What a plan does not look at. */
export const UNSEEN: readonly Drift[] = [
  {
    object: "NodePool",
    done: "edited",
    by: ({ kube }) =>
      kube.patch(
        { apiVersion: "karpenter.sh/v1", kind: "NodePool", name: "default" },
        { spec: { limits: { cpu: "7" } } },
      ),
    facts: [],
  },
  {
    object: "EC2NodeClass",
    done: "deleted",
    by: ({ kube }) => kube.delete({ apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass", name: "default" }),
    facts: [],
  },
  {
    object: "CRD",
    done: "deleted",
    by: ({ kube }) =>
      kube.delete({
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        name: "nodeoverlays.karpenter.sh",
      }),
    facts: [],
  },
  {
    object: "role of the controller",
    done: "another policy attached",
    by: ({ clients }) => clients.iam.send(new AttachRolePolicyCommand({ RoleName: CONTROLLER, PolicyArn: SSM_POLICY })),
    facts: [],
  },
  {
    object: "role of nodes",
    done: "another inline policy put",
    by: ({ clients }) =>
      clients.iam.send(
        new PutRolePolicyCommand({ RoleName: NODE, PolicyName: "theirs", PolicyDocument: allowed("s3:GetObject") }),
      ),
    facts: [],
  },
  {
    object: "rule",
    done: "another target put",
    by: ({ clients }) =>
      clients.eventBridge.send(
        new PutTargetsCommand({
          Rule: `${QUEUE}-health`,
          Targets: [{ Id: "theirs", Arn: "arn:aws:sqs:eu-north-1:123456789012:theirs" }],
        }),
      ),
    facts: [],
  },
];
