/** Roles as IAM has them, with their policies and instance profiles. */
import type { Fields } from "../../../lib/terraform/known-values";
import { ifThere, onAllPages, tagsOf } from "../../aws/answers";
import type { AwsClients } from "../../aws/clients";
import { policyName } from "../roles";
import type { StateObject } from "../state";
import { liveObject } from "./live-object";

type Iam = AwsClients["iam"];

/** Karpenter gives the instance profiles that it makes a tag of this key. */
const OF_A_NODE_CLASS = "karpenter.k8s.aws/ec2nodeclass";

/** A role and all that says what it may do; nothing where there is no such role. */
export async function roleObjects(iam: Iam, RoleName: string): Promise<StateObject[]> {
  const role = (await ifThere(iam.getRole({ RoleName })))?.Role;
  if (role === undefined) {
    return [];
  }
  const [inline, attached] = await Promise.all([inlinePolicies(iam, RoleName), attachments(iam, RoleName)]);
  const values: Fields = {
    name: RoleName,
    arn: role.Arn,
    path: role.Path,
    description: role.Description ?? "",
    max_session_duration: role.MaxSessionDuration,
    permissions_boundary: role.PermissionsBoundary?.PermissionsBoundaryArn ?? "",
    assume_role_policy: documentOf(role.AssumeRolePolicyDocument),
  };
  return [liveObject("aws_iam_role", RoleName, values, tagsOf(role.Tags)), ...inline, ...attached];
}

/** The instance profiles that have a role, but for those that Karpenter makes itself. */
export async function instanceProfileObjects(iam: Iam, RoleName: string): Promise<StateObject[]> {
  const profiles = await onAllPages(
    (Marker) => iam.listInstanceProfilesForRole({ RoleName, Marker }),
    (page) => page.InstanceProfiles,
    (page) => (page.IsTruncated === true ? page.Marker : undefined),
  );
  const names = profiles.map(({ InstanceProfileName = "" }) => InstanceProfileName);
  const all = await Promise.all(names.map((InstanceProfileName) => iam.getInstanceProfile({ InstanceProfileName })));
  return all.flatMap(({ InstanceProfile: profile }) => {
    const { InstanceProfileName: name = "", Arn: arn, Path: path, Tags } = profile ?? {};
    const tags = tagsOf(Tags);
    return Object.hasOwn(tags, OF_A_NODE_CLASS)
      ? []
      : [liveObject("aws_iam_instance_profile", name, { name, arn, path, role: RoleName }, tags)];
  });
}

async function inlinePolicies(iam: Iam, RoleName: string): Promise<StateObject[]> {
  const names = await onAllPages(
    (Marker) => iam.listRolePolicies({ RoleName, Marker }),
    (page) => page.PolicyNames,
    (page) => (page.IsTruncated === true ? page.Marker : undefined),
  );
  return Promise.all(
    names.map(async (name) => {
      const { PolicyDocument } = await iam.getRolePolicy({ RoleName, PolicyName: name });
      const values = { name, role: RoleName, policy: documentOf(PolicyDocument) };
      return liveObject("aws_iam_role_policy", `${RoleName}:${name}`, values);
    }),
  );
}

/** What is attached, and the documents of those policies that are the account's own. */
async function attachments(iam: Iam, RoleName: string): Promise<StateObject[]> {
  const attached = await onAllPages(
    (Marker) => iam.listAttachedRolePolicies({ RoleName, Marker }),
    (page) => page.AttachedPolicies,
    (page) => (page.IsTruncated === true ? page.Marker : undefined),
  );
  const arns = attached.map(({ PolicyArn = "" }) => PolicyArn);
  const own = await Promise.all(
    arns
      .filter((arn) => !arn.includes(":iam::aws:"))
      .map(async (PolicyArn) => {
        const { Policy: policy } = await iam.getPolicy({ PolicyArn });
        const VersionId = policy?.DefaultVersionId;
        const { PolicyVersion: version } = await iam.getPolicyVersion({ PolicyArn, VersionId });
        const values = { arn: PolicyArn, name: policy?.PolicyName, policy: documentOf(version?.Document) };
        return liveObject("aws_iam_policy", PolicyArn, values, tagsOf(policy?.Tags));
      }),
  );
  const links = arns.map((arn) =>
    liveObject("aws_iam_role_policy_attachment", `${RoleName}/${policyName(arn)}`, { role: RoleName, policy_arn: arn }),
  );
  return [...links, ...own];
}

/** IAM sends documents as a part of a URL. */
function documentOf(text = ""): string {
  return text.trimStart().startsWith("{") ? text : decodeURIComponent(text);
}
