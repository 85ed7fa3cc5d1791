/** Picks single things from an inventory by name. One that is missing is an error that tells what is there instead. */
import type {
  ClusterItem,
  InstanceProfileItem,
  Inventory,
  PolicyDocument,
  PolicyItem,
  PolicyStatement,
  QueueItem,
  RoleItem,
} from "../cloud/inventory";

function pick<T extends { readonly name: string }>(items: readonly T[], name: string, kind: string): T {
  const found = items.find((item) => item.name === name);
  if (found === undefined) {
    throw new Error(
      `there is no ${kind} "${name}", only ${items.map((item) => `"${item.name}"`).join(", ") || "none"}`,
    );
  }
  return found;
}

export const roleOf = (found: Inventory, name: string): RoleItem => pick(found.roles, name, "role");
export const policyOf = (found: Inventory, name: string): PolicyItem => pick(found.policies, name, "policy");
/** What the controller's inline policy lets a role do. */
export const permissionsOf = (found: Inventory, role: string): PolicyDocument =>
  roleOf(found, role).inlinePolicies.karpenter.document;
export const clusterOf = (found: Inventory, name: string): ClusterItem => pick(found.clusters, name, "cluster");
export const queueOf = (found: Inventory, name: string): QueueItem => pick(found.queues, name, "queue");
export const profileOf = (found: Inventory, name: string): InstanceProfileItem =>
  pick(found.instanceProfiles, name, "instance profile");

/** The Sids of a policy, in its order. */
export function sids(document: PolicyDocument): string[] {
  return document.Statement.map((statement) => statement.Sid ?? "");
}

/** The statement with this Sid. */
export function statementOf(document: PolicyDocument, sid: string): PolicyStatement {
  const found = document.Statement.find((statement) => statement.Sid === sid);
  if (found === undefined) {
    throw new Error(`there is no statement "${sid}", only ${sids(document).join(", ")}`);
  }
  return found;
}

/** A document whose statements and lists are sorted: their order means nothing, and the provider changes it. */
export function normalized(value: PolicyDocument): PolicyDocument {
  const { Statement, ...rest } = sortLists(value) as PolicyDocument;
  const bySid = [...Statement].sort((a, b) => ((a.Sid ?? "") < (b.Sid ?? "") ? -1 : 1));
  return { ...rest, Statement: bySid };
}

function sortLists(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(sortLists);
    return items.every((item) => typeof item === "string") ? [...items].sort() : items;
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sortLists(item)]));
  }
  return value;
}

/** A trust policy of one statement for one service, as the modules write it. */
export function serviceTrust(sid: string, service: string, statement: Partial<PolicyStatement> = {}): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: sid, Effect: "Allow", Principal: { Service: [service] }, Action: ["sts:AssumeRole"], ...statement },
    ],
  };
}

/** The trust policy of IRSA. */
export function irsaTrust(oidcProviderArn: string, serviceAccount = "karpenter:karpenter"): PolicyDocument {
  const issuer = oidcProviderArn.replace(/^.*:oidc-provider\//, "");
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AssumeRoleWithServiceAccount",
        Effect: "Allow",
        Principal: { Federated: [oidcProviderArn] },
        Action: ["sts:AssumeRoleWithWebIdentity"],
        Condition: {
          StringEquals: {
            [`${issuer}:sub`]: [`system:serviceaccount:${serviceAccount}`],
            [`${issuer}:aud`]: ["sts.amazonaws.com"],
          },
        },
      },
    ],
  };
}
