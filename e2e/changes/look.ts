/** How nodes and controller are at one moment: what a change must not take from under them. */
import { ListAccessEntriesCommand } from "@aws-sdk/client-eks";
import { ListAttachedRolePoliciesCommand, ListInstanceProfilesCommand, ListRolesCommand } from "@aws-sdk/client-iam";

import { isTrue } from "../cloud/fargate";
import type { Account } from "../support/account";
import type { Cluster } from "../support/cluster";

/** What nodes have of all that they need: the policies of a role by way of their instance profile, and a way into the cluster. */
export type Identity = "kept" | "without permissions" | "not let in";

/** One look. */
export interface Look {
  /** Instances that run, by id. */
  readonly instances: readonly string[];
  /** The worst that one of them has. */
  readonly identity: Identity;
  /** Pods of the controller that are ready, by uid. */
  readonly controllerPods: readonly string[];
  /** Whether there is the role that the controller has become. */
  readonly hasControllerRole: boolean;
}

/** The controller that is looked at. */
export interface Controller {
  readonly namespace: string;
  /** The ARN of the role that it has become. */
  readonly controllerRole: string | undefined;
}

/** Looks once. */
export async function look(
  account: Account,
  cluster: Cluster,
  { namespace, controllerRole }: Controller,
): Promise<Look> {
  const { iam, eks } = account.clients;
  const [instances, profiles, roles, entries, pods] = await Promise.all([
    cluster.eks.instances(),
    iam.send(new ListInstanceProfilesCommand({})),
    iam.send(new ListRolesCommand({ MaxItems: 1000 })),
    eks.send(new ListAccessEntriesCommand({ clusterName: cluster.network.clusterName })),
    cluster.kube.list({ apiVersion: "v1", kind: "Pod", namespace }, { labels: "app.kubernetes.io/name=karpenter" }),
  ]);
  const live = instances.filter(({ State }) => ["pending", "running"].includes(State?.Name ?? ""));
  const identityOf = async (profileArn: string | undefined): Promise<Identity> => {
    const role = profiles.InstanceProfiles?.find(({ Arn }) => Arn === profileArn)?.Roles?.[0];
    if (!roles.Roles?.some(({ RoleId }) => RoleId === role?.RoleId)) {
      return "without permissions";
    }
    const attached = await iam
      .send(new ListAttachedRolePoliciesCommand({ RoleName: role?.RoleName }))
      .then(({ AttachedPolicies }) => AttachedPolicies?.length ?? 0)
      .catch(() => 0);
    if (attached < POLICIES_OF_NODES) {
      return "without permissions";
    }
    return entries.accessEntries?.includes(role?.Arn ?? "") ? "kept" : "not let in";
  };
  const found = await Promise.all(
    [...new Set(live.map(({ IamInstanceProfile }) => IamInstanceProfile?.Arn))].map(identityOf),
  );
  return {
    instances: live.map(({ InstanceId }) => InstanceId ?? ""),
    identity: WORST_FIRST.find((identity) => found.includes(identity)) ?? "kept",
    controllerPods: pods.filter((pod) => isTrue(pod, "Ready")).map(({ metadata }) => metadata.uid ?? ""),
    hasControllerRole: roles.Roles?.some(({ Arn }) => Arn === controllerRole) ?? false,
  };
}

const WORST_FIRST: readonly Identity[] = ["without permissions", "not let in", "kept"];
/** What the module attaches to the role. */
const POLICIES_OF_NODES = 4;
