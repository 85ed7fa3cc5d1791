/** What exists in the account now, read from AWS itself and not from any state file. */
import type { AwsClients } from "./aws-clients";
import { ec2Inventory, type Ec2Inventory, type TaggedItem } from "./inventory/ec2";
import { eksInventory, type ClusterItem } from "./inventory/eks";
import { iamInventory, type IamInventory } from "./inventory/iam";
import { logInventory, type LogGroupItem } from "./inventory/logs";
import { eventInventory, queueInventory, type EventRuleItem, type QueueItem } from "./inventory/messages";

export type { Tags } from "./inventory/collect";
export type { Ec2Inventory, InstanceItem, TaggedItem } from "./inventory/ec2";
export type { AccessEntryItem, ClusterItem, FargateProfileItem, PodIdentityItem } from "./inventory/eks";
export type { IamInventory, InstanceProfileItem, PolicyItem, RoleItem, SizedPolicy } from "./inventory/iam";
export type { LogGroupItem } from "./inventory/logs";
export type { EventRuleItem, QueueItem } from "./inventory/messages";
export type { PolicyDocument, PolicyStatement } from "./policy-document";

/** Everything that the library and its surroundings can have made. */
export interface Inventory extends IamInventory, Ec2Inventory {
  readonly clusters: readonly ClusterItem[];
  readonly queues: readonly QueueItem[];
  readonly eventRules: readonly EventRuleItem[];
  readonly logGroups: readonly LogGroupItem[];
}

/** Reads the account. */
export async function inventory(clients: AwsClients): Promise<Inventory> {
  const [iam, ec2, clusters, queues, eventRules, logGroups] = await Promise.all([
    iamInventory(clients.iam),
    ec2Inventory(clients.ec2),
    eksInventory(clients.eks),
    queueInventory(clients.sqs),
    eventInventory(clients.eventBridge),
    logInventory(clients.logs),
  ]);
  return { ...iam, ...ec2, clusters, queues, eventRules, logGroups };
}

function clusterLines(cluster: ClusterItem): string[] {
  const { name } = cluster;
  return [
    `eks cluster ${name}`,
    ...cluster.fargateProfiles.map((profile) => `eks fargate profile ${name}/${profile.name}`),
    ...cluster.accessEntries.map((entry) => `eks access entry ${name}/${entry.principalArn}`),
    ...cluster.addons.map((addon) => `eks addon ${name}/${addon}`),
    ...cluster.podIdentityAssociations.map(
      (item) => `eks pod identity association ${name}/${item.namespace}/${item.serviceAccount}`,
    ),
  ];
}

/** Tags are listed like resources: a discovery tag that stays on a subnet is something left behind too. */
function tagLines(kind: string, item: TaggedItem): string[] {
  return [
    `ec2 ${kind} ${item.id}`,
    ...Object.entries(item.tags).map(([key, value]) => `ec2 ${kind} ${item.id} tag ${key}=${value}`),
  ];
}

/** One line for each thing in the inventory, sorted: two of these lists compared show what came, stayed or went. */
export function resourceLines(found: Inventory): string[] {
  return [
    ...found.roles.map((role) => `iam role ${role.name}`),
    ...found.roles.flatMap((role) => role.attachedPolicies.map((arn) => `iam role ${role.name} policy ${arn}`)),
    ...found.policies.map((policy) => `iam policy ${policy.name}`),
    ...found.instanceProfiles.map((profile) => `iam instance profile ${profile.name}`),
    ...found.oidcProviderArns.map((arn) => `iam oidc provider ${arn}`),
    ...found.clusters.flatMap(clusterLines),
    ...found.queues.map((queue) => `sqs queue ${queue.name}`),
    ...found.eventRules.map((rule) => `event rule ${rule.bus}/${rule.name}`),
    ...found.eventRules.flatMap((rule) =>
      rule.targets.map((target) => `event target ${rule.bus}/${rule.name}/${target.id}`),
    ),
    ...found.logGroups.map((group) => `log group ${group.name}`),
    ...found.vpcs.flatMap((item) => tagLines("vpc", item)),
    ...found.subnets.flatMap((item) => tagLines("subnet", item)),
    ...found.securityGroups.flatMap((item) => tagLines("security group", item)),
    ...found.instances.map((item) => `ec2 instance ${item.id}`),
    ...found.launchTemplates.map((item) => `ec2 launch template ${item.id}`),
  ].sort();
}

/** One line for each thing that exists now. Empty in a fresh account. */
export async function awsResources(clients: AwsClients): Promise<string[]> {
  return resourceLines(await inventory(clients));
}
