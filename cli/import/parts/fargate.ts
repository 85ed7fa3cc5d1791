/** The Fargate profile that the controller runs on, and its pod execution role. */
import { selects } from "../../../lib/inputs/catalog/fargate-rules";
import { generatedName, NAME_LIMITS } from "../../../lib/names";
import type { Fields } from "../../../lib/terraform/known-values";
import { isFields } from "../../../lib/terraform/known-values";
import { CNI_POLICY, POD_EXECUTION_POLICIES } from "../../../lib/versions";
import type { Part } from "../move";
import { together } from "../move";
import type { Role } from "../roles";
import { hasPolicy, keptAttachments, keptInlinePolicies } from "../roles";
import type { State, StateObject } from "../state";

/** Keeps the profile with its role; without one, the controller runs on nodes. */
export function fargatePart(
  state: State,
  roles: readonly Role[],
  {
    clusterName,
    namespace,
    path,
  }: { readonly clusterName: string; readonly namespace: string; readonly path: unknown },
): Part {
  const profile = profileOf(state, clusterName, namespace);
  if (profile === undefined) {
    return { inputs: { createFargateProfile: false }, moves: [], notes: [] };
  }
  const { fargate_profile_name: name, subnet_ids: subnets, pod_execution_role_arn: roleArn } = profile.values;
  const role = roles.find(({ arn }) => arn === roleArn);
  return together(
    {
      inputs: { fargateProfileName: name, fargateSubnetIds: subnets, fargateSelectors: selectorsOf(profile) },
      moves: [{ fate: "taken", object: profile, place: "fargateProfile" }],
      notes: [],
    },
    role?.object.values.path === path && role !== undefined
      ? podExecutionRole(role, clusterName)
      : { inputs: { createPodExecutionRole: false, podExecutionRoleArn: roleArn }, moves: [], notes: [] },
  );
}

function podExecutionRole(role: Role, clusterName: string): Part {
  const description = role.object.values.description;
  return together(
    {
      inputs: {
        ...(role.name === generatedName(clusterName, "-karpenter-fargate", NAME_LIMITS.role)
          ? {}
          : { podExecutionRoleName: role.name }),
        ...(typeof description === "string" && description !== "" ? { podExecutionRoleDescription: description } : {}),
        ...(hasPolicy(role, CNI_POLICY) ? {} : { podExecutionRoleCniPolicy: false }),
      },
      moves: [{ fate: "taken", object: role.object, place: "podExecutionRole" }],
      notes: [],
    },
    keptAttachments(role, {
      whose: "podExecution",
      own: POD_EXECUTION_POLICIES,
      input: "podExecutionRoleAdditionalPolicies",
    }),
    keptInlinePolicies(role, "podExecutionInlinePolicy", "podExecutionInlinePolicies"),
  );
}

/** The profile of the cluster that selects the controller's pods. */
function profileOf({ objects }: State, clusterName: string, namespace: string): StateObject | undefined {
  return objects.find(
    (object) =>
      object.type === "aws_eks_fargate_profile" &&
      object.values.cluster_name === clusterName &&
      selectorsOf(object).some((selector) => selects(selector, namespace, true) === true),
  );
}

function selectorsOf({ values }: StateObject): Fields[] {
  return (Array.isArray(values.selector) ? values.selector : []).filter(isFields).map(({ namespace, labels }) => ({
    namespace,
    ...(isFields(labels) && Object.keys(labels).length > 0 ? { labels } : {}),
  }));
}
