/** The role of the controller. */
import { generatedName, NAME_LIMITS } from "../../../lib/names";
import type { Move, Part } from "../move";
import { together } from "../move";
import type { ServiceAccount } from "../policies";
import { startsNodes } from "../policies";
import type { Role } from "../roles";
import { documentsOf, keptAttachments, keptInlinePolicies, policyName } from "../roles";
import type { State, StateObject } from "../state";

/** What EKS Pod Identity is to a trust policy. */
const POD_IDENTITY = "pods.eks.amazonaws.com";
/** The name of the inline policy that the module makes. */
const OWN_POLICY = "karpenter";

/** EKS has one association for a service account. */
const NO_ASSOCIATION =
  "the state has no association of EKS Pod Identity, and the module makes one: import that of the service account, if there is one, " +
  "by <cluster>,<association id>";

/** The roles that are Karpenter's by what they may do, or by who may become them. */
export function controllerRoles(state: State, roles: readonly Role[]): Role[] {
  const assumable = roles.filter(
    ({ trust }) => trust.serviceAccounts.length > 0 || trust.services.includes(POD_IDENTITY),
  );
  const capable = assumable.filter((role) => documentsOf(role).some(startsNodes));
  // What it may do can be out of the state: a policy that was given by its ARN.
  return capable.length > 0 ? capable : assumable.filter((role) => serviceAccountOf(state, role)?.name === "karpenter");
}

/** The service account that becomes the role. */
export function serviceAccountOf(state: State, role: Role): ServiceAccount | undefined {
  const values = podIdentityOf(state, role)?.values;
  const { serviceAccounts } = role.trust;
  return values === undefined
    ? (serviceAccounts.find(({ name }) => name.includes("karpenter")) ?? serviceAccounts[0])
    : { namespace: String(values.namespace), name: String(values.service_account) };
}

/** The association of EKS Pod Identity that gives out the role. */
export function podIdentityOf({ objects }: State, { arn }: Role): StateObject | undefined {
  return objects.find(({ type, values }) => type === "aws_eks_pod_identity_association" && values.role_arn === arn);
}

/** Keeps the role, and puts the module's permissions beside those that it has. */
export function controllerPart(state: State, role: Role, clusterName: string): Part {
  const { name, trust, object } = role;
  const association = podIdentityOf(state, role);
  const serviceAccount = serviceAccountOf(state, role);
  const irsa = association === undefined && trust.federated.length > 0;
  const description = object.values.description;
  const session = object.values.max_session_duration;
  const account: Part = {
    inputs: {
      ...(irsa ? { oidcProviderArn: trust.federated[0] } : { controllerIdentity: "pod-identity" }),
      ...(name === generatedName(clusterName, "-karpenter-controller", NAME_LIMITS.role)
        ? {}
        : { controllerRoleName: name }),
      ...(typeof description === "string" && description !== "" ? { controllerRoleDescription: description } : {}),
      ...(typeof session === "number" && session !== 3600 ? { controllerMaxSessionDuration: session } : {}),
      ...(serviceAccount === undefined || serviceAccount.namespace === "karpenter"
        ? {}
        : { namespace: serviceAccount.namespace }),
      ...(serviceAccount === undefined || serviceAccount.name === "karpenter"
        ? {}
        : { serviceAccountName: serviceAccount.name }),
    },
    moves: [
      { fate: "taken", object, place: "controllerRole" },
      ...(association === undefined ? [] : [{ fate: "taken", object: association, place: "podIdentity" } as const]),
    ],
    notes: [...othersThatBecome(role, serviceAccount), ...(irsa || association !== undefined ? [] : [NO_ASSOCIATION])],
  };
  return together(account, permissions(role));
}

/** Karpenter's own permissions are the module's; whatever else the role may do stays. */
function permissions(role: Role): Part {
  const { name, inline, inlineInRole, policies, attachments, attachedInRole } = role;
  const replaced = policies.filter(({ values }) => startsNodes(values.policy));
  const isReplaced = (arn: unknown): boolean => replaced.some(({ values }) => values.arn === arn);
  const oldInline = inline.filter(({ values }) => startsNodes(values.policy));
  const sameName = oldInline.filter(({ values }) => values.name === OWN_POLICY);
  const otherName = oldInline.filter(({ values }) => values.name !== OWN_POLICY);
  const inRole = inlineInRole.filter(({ policy, name: its }) => startsNodes(policy) && its !== OWN_POLICY);
  const why = "the module's permissions are beside it; remove it once the controller runs with those";
  const gone = (policy: string): string => `aws iam delete-role-policy --role-name ${name} --policy-name ${policy}`;
  const forgotten: Move[] = [
    ...otherName.map((object): Move => ({ fate: "forgotten", object, why, after: [gone(String(object.values.name))] })),
    ...attachments
      .filter(({ values }) => isReplaced(values.policy_arn))
      .map((object): Move => ({
        fate: "forgotten",
        object,
        why,
        after: [`aws iam detach-role-policy --role-name ${name} --policy-arn ${String(object.values.policy_arn)}`],
      })),
    ...replaced.map((object): Move => ({
      fate: "forgotten",
      object,
      why,
      after: [`aws iam delete-policy --policy-arn ${String(object.values.arn)}`],
    })),
  ];
  const own: Part = {
    // Two inline policies of Karpenter's together are longer than IAM takes.
    inputs: otherName.length + inRole.length > 0 ? { controllerPolicyForm: "managed" } : {},
    moves: [...sameName.map((object): Move => ({ fate: "taken", object, place: "controllerPolicy" })), ...forgotten],
    notes: inRole.map(
      (policy) => `the inline policy ${policy.name} of ${name} stays until it is removed: ${gone(policy.name)}`,
    ),
  };
  const kept = attachments.filter(({ values }) => !isReplaced(values.policy_arn));
  const unread = kept.filter(({ values }) => /karpenter/i.test(policyName(String(values.policy_arn))));
  return together(
    own,
    keptAttachments(
      { attachments: kept, attachedInRole },
      { whose: "controller", own: [], input: "controllerAdditionalPolicies" },
    ),
    keptInlinePolicies(
      {
        inline: inline.filter((object) => !oldInline.includes(object)),
        inlineInRole: inlineInRole.filter(({ policy }) => !startsNodes(policy)),
      },
      "controllerInlinePolicy",
      "controllerInlinePolicies",
    ),
    {
      inputs: {},
      moves: [],
      notes: unread.map(
        ({ values }) =>
          `${String(values.policy_arn)} stays attached, for the state does not have it: take it out of ` +
          "controllerAdditionalPolicies once the controller runs, if it is Karpenter's permissions",
      ),
    },
  );
}

/** The module's trust policy names one service account. */
function othersThatBecome({ name, trust }: Role, serviceAccount: ServiceAccount | undefined): string[] {
  const others = trust.serviceAccounts.filter(
    (other) => other.namespace !== serviceAccount?.namespace || other.name !== serviceAccount.name,
  );
  const told = [
    ...others.map((other) => `service account ${other.namespace}/${other.name}`),
    ...trust.services.filter((service) => service !== POD_IDENTITY),
  ];
  return told.length === 0
    ? []
    : [`${name} is no longer trusted for ${told.join(", ")}: controllerTrustStatements can keep that`];
}
