/** What IAM holds that a customer made: roles, policies, instance profiles, OIDC providers. */
import {
  GetInstanceProfileCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListOpenIDConnectProvidersCommand,
  ListPolicyTagsCommand,
  paginateListAttachedRolePolicies,
  paginateListInstanceProfiles,
  paginateListPolicies,
  paginateListRolePolicies,
  paginateListRoles,
  type IAMClient,
  type Tag,
} from "@aws-sdk/client-iam";

import { decodePolicy, parsePolicy, policySize, type PolicyDocument } from "../policy-document";
import { collect, tagMap, type Tags } from "./collect";

/** A policy's text: parsed, and its size as the quota counts it. */
export interface SizedPolicy {
  readonly document: PolicyDocument;
  readonly size: number;
}

/** A role with everything that decides who may take it and what it may do. */
export interface RoleItem {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  readonly description?: string;
  readonly maxSessionDuration?: number;
  readonly trust: PolicyDocument;
  /** ARNs, sorted. */
  readonly attachedPolicies: readonly string[];
  readonly inlinePolicies: Readonly<Record<string, SizedPolicy>>;
  readonly permissionsBoundary?: string;
  readonly tags: Tags;
}

/** A policy that a customer made. */
export interface PolicyItem extends SizedPolicy {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  readonly tags: Tags;
}

/** An instance profile and the names of its roles. */
export interface InstanceProfileItem {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  readonly roles: readonly string[];
  readonly tags: Tags;
}

/** The IAM part of the inventory. */
export interface IamInventory {
  readonly roles: readonly RoleItem[];
  readonly policies: readonly PolicyItem[];
  readonly instanceProfiles: readonly InstanceProfileItem[];
  readonly oidcProviderArns: readonly string[];
}

/** Roles that AWS itself makes and that no customer can delete. */
const SERVICE_LINKED = "/aws-service-role/";

const iamTags = (tags: readonly Tag[] | undefined): Tags => tagMap(tags, (tag) => [tag.Key, tag.Value]);

function sized(text: string | undefined): SizedPolicy {
  const decoded = decodePolicy(text ?? '{"Statement":[]}');
  return { document: parsePolicy(decoded), size: policySize(decoded) };
}

async function role(client: IAMClient, RoleName: string): Promise<RoleItem> {
  const [described, attached, inlineNames] = await Promise.all([
    client.send(new GetRoleCommand({ RoleName })),
    collect(paginateListAttachedRolePolicies({ client }, { RoleName }), (page) => page.AttachedPolicies),
    collect(paginateListRolePolicies({ client }, { RoleName }), (page) => page.PolicyNames),
  ]);
  const inline = await Promise.all(
    inlineNames.map(async (PolicyName) => {
      const policy = await client.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      return [PolicyName, sized(policy.PolicyDocument)] as const;
    }),
  );
  const found = described.Role;
  return {
    name: RoleName,
    arn: found?.Arn ?? "",
    path: found?.Path ?? "/",
    description: found?.Description,
    maxSessionDuration: found?.MaxSessionDuration,
    trust: sized(found?.AssumeRolePolicyDocument).document,
    attachedPolicies: attached.map((policy) => policy.PolicyArn ?? "").sort(),
    inlinePolicies: Object.fromEntries(inline),
    permissionsBoundary: found?.PermissionsBoundary?.PermissionsBoundaryArn,
    tags: iamTags(found?.Tags),
  };
}

async function policies(client: IAMClient): Promise<PolicyItem[]> {
  const found = await collect(paginateListPolicies({ client }, { Scope: "Local" }), (page) => page.Policies);
  return Promise.all(
    found.map(async ({ PolicyName, Arn, Path, DefaultVersionId }) => {
      const [version, tags] = await Promise.all([
        client.send(new GetPolicyVersionCommand({ PolicyArn: Arn, VersionId: DefaultVersionId })),
        client.send(new ListPolicyTagsCommand({ PolicyArn: Arn })),
      ]);
      const text = version.PolicyVersion?.Document;
      return { name: PolicyName ?? "", arn: Arn ?? "", path: Path ?? "/", tags: iamTags(tags.Tags), ...sized(text) };
    }),
  );
}

async function instanceProfiles(client: IAMClient): Promise<InstanceProfileItem[]> {
  const found = await collect(paginateListInstanceProfiles({ client }, {}), (page) => page.InstanceProfiles);
  return Promise.all(
    found.map(async ({ InstanceProfileName, Arn, Path, Roles }) => {
      const described = await client.send(new GetInstanceProfileCommand({ InstanceProfileName }));
      return {
        name: InstanceProfileName ?? "",
        arn: Arn ?? "",
        path: Path ?? "/",
        roles: (Roles ?? []).map((item) => item.RoleName ?? ""),
        tags: iamTags(described.InstanceProfile?.Tags),
      };
    }),
  );
}

/** Reads IAM. */
export async function iamInventory(client: IAMClient): Promise<IamInventory> {
  const [allRoles, ownPolicies, profiles, oidc] = await Promise.all([
    collect(paginateListRoles({ client }, {}), (page) => page.Roles),
    policies(client),
    instanceProfiles(client),
    client.send(new ListOpenIDConnectProvidersCommand({})),
  ]);
  const own = allRoles.filter((item) => !(item.Path ?? "/").startsWith(SERVICE_LINKED));
  return {
    roles: await Promise.all(own.map((item) => role(client, item.RoleName ?? ""))),
    policies: ownPolicies,
    instanceProfiles: profiles,
    oidcProviderArns: (oidc.OpenIDConnectProviderList ?? []).map((item) => item.Arn ?? ""),
  };
}
