import { Construct } from "constructs";
import type { IResolvable, TerraformCount } from "cdktf";
import type {
  DataAwsIamPolicyDocument,
  DataAwsIamPolicyDocumentStatement,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { nameOr, NAME_LIMITS } from "../names";
import { CONTROLLER_ROLE_PROPERTIES } from "../inputs/catalog/properties";
import { controllerQueueRules, identityRules } from "../inputs/catalog/cross-rules";
import { controllerRoleEnvironmentRules, knownEnvironment } from "../inputs/catalog/environment-rules";
import { alreadyChecked, checkedProps } from "../inputs/problems";
import { choose, equals, not, OptionalResource, textOr } from "../terraform/optional-resource";
import { useProviders } from "../terraform/providers";
import { newerVersionRules, warnOfNewerVersion } from "../inputs/catalog/newer-version";
import { amiParameterRules } from "../inputs/catalog/ami-parameters";
import { podIdentityRules } from "../inputs/catalog/pod-identity";
import { controllerPolicyRules } from "../inputs/catalog/policy-rules";
import { DEFAULT_KARPENTER_VERSION } from "../versions";
import type { IamProps } from "./common-props";
import type { ControllerPolicyProps } from "./controller-policy-props";
import { ControllerPolicy } from "./controller-policy";
import { accountIdOf, compareEnvironment, partitionOf, regionOf } from "./environment";
import { irsaTrustPolicy } from "./irsa-role";
import { putInlinePolicies } from "./inline-policies";
import { limitPolicySize, POLICY_LIMITS } from "./policy-size";
import { areKnown, hasAny } from "./statements";
import { trustPolicy } from "./trust-policy";
import type { IamCondition, IamPolicyStatement, IamTrustStatement } from "../inputs/catalog/iam-statements";
import { controllerStatementRules } from "../inputs/catalog/iam-statements";
import { attachAdditionalPolicies, attachPolicy } from "./policy-attachments";

/** How the controller's pods become the role: through the OIDC provider, or through the EKS Pod Identity Agent. */
export type ControllerIdentity = "irsa" | "pod-identity";

/** What the controller's permissions are on its role: one inline policy, several managed ones, or both while one follows the other. */
export type ControllerPolicyForm = "inline" | "managed" | "both";

/** Properties of {@link ControllerRole}. */
export interface ControllerRoleProps extends Omit<ControllerPolicyProps, "createManagedPolicies">, IamProps {
  /**
   * `irsa` works everywhere. `pod-identity` needs the agent on the controller's nodes and cannot work on Fargate.
   *
   * @default "irsa"
   */
  readonly controllerIdentity?: ControllerIdentity;
  /**
   * The ARN of the cluster's IAM OIDC provider; needed for `irsa`.
   *
   * @default - none
   */
  readonly oidcProviderArn?: string;
  /**
   * The controller's namespace. A change of it is an installation made anew, CRDs included, and every node goes.
   *
   * @default "karpenter"
   */
  readonly namespace?: string;
  /**
   * The controller's service account, which may assume the role.
   *
   * @default "karpenter"
   */
  readonly serviceAccountName?: string;
  /**
   * The role's name, up to 64 characters.
   *
   * @default - `<cluster>-karpenter-controller`
   */
  readonly controllerRoleName?: string;
  /**
   * What the permissions are on the role: one `inline` policy, or several `managed` ones, which are shown and found on their
   * own and take up to 6 of the 10 that a role may have. To change from one to the other while the controller runs, apply `both`
   * in between: it is never without permissions.
   *
   * @default "inline"
   */
  readonly controllerPolicyForm?: ControllerPolicyForm;
  /**
   * What IAM shows of the role, up to 1000 characters.
   *
   * @default - `Karpenter controller of the EKS cluster <cluster>`
   */
  readonly controllerRoleDescription?: string;
  /**
   * How long a session of the role may last, in seconds, 3600 to 43200.
   *
   * @default 3600
   */
  readonly controllerMaxSessionDuration?: number;
  /**
   * Conditions on who may become the role, beside those that name the controller's service account or cluster: all have to hold.
   *
   * @default - none
   */
  readonly controllerTrustConditions?: readonly IamCondition[] | IResolvable;
  /**
   * Statements of the trust policy beside its own: who else may become the role, or may not.
   *
   * @default - nobody else
   */
  readonly controllerTrustStatements?: readonly IamTrustStatement[] | IResolvable;
  /**
   * What the controller may do, or may not, beside what Karpenter needs: one more inline policy.
   *
   * @default - nothing
   */
  readonly controllerPolicyStatements?: readonly IamPolicyStatement[] | IResolvable;
  /**
   * Inline policies of your own for the role, as JSON by name.
   *
   * @default - none
   */
  readonly controllerInlinePolicies?: Record<string, string>;
  /**
   * More policies for the role, by a name of your choice. To give one another name takes a
   * `moved` block: without it, Terraform detaches and attaches it at once, and it may be gone until the next apply.
   *
   * @default - none
   */
  readonly additionalPolicies?: Record<string, string>;
}

/** The IAM role of Karpenter's controller with its policies, for IRSA or EKS Pod Identity. */
export class ControllerRole extends Construct {
  /** The role's ARN. */
  public readonly roleArn: string;
  /** The role's name. */
  public readonly roleName: string;
  /** The role's unique id, `AROA…`. */
  public readonly roleUniqueId: string;
  /** The controller's permissions, attached to the role. */
  public readonly policy: ControllerPolicy;
  /** The association's id with Pod Identity, null with IRSA. */
  public readonly podIdentityAssociationId: string;
  /** The role itself. */
  public readonly role: IamRole;
  /** What gives the role its permissions; nothing should use the role before these are there. */
  public readonly attachments: readonly (IamRolePolicy | IamRolePolicyAttachment)[];

  private keyPolicy?: string;

  constructor(scope: Construct, id: string, props: ControllerRoleProps) {
    super(scope, id);
    props = checkedProps(this, props, CONTROLLER_ROLE_PROPERTIES, (problems, props) =>
      problems
        .checkTogether(
          [
            ...controllerQueueRules,
            ...identityRules,
            ...podIdentityRules,
            ...amiParameterRules,
            ...newerVersionRules,
            ...controllerPolicyRules("additionalPolicies"),
            ...controllerStatementRules,
          ],
          {
            ...props,
            controllerIdentity: props.controllerIdentity ?? "irsa",
            karpenterVersion: props.karpenterVersion ?? DEFAULT_KARPENTER_VERSION,
          },
        )
        .checkTogether(controllerRoleEnvironmentRules, { ...props, ...knownEnvironment(props) }),
    );
    compareEnvironment(this, props);
    warnOfNewerVersion(this, props);
    const irsa = equals(props.controllerIdentity ?? "irsa", "irsa");
    const serviceAccount = {
      namespace: props.namespace ?? "karpenter",
      name: props.serviceAccountName ?? "karpenter",
    };
    const irsaTrust = new OptionalResource(irsa, (count) =>
      irsaTrustPolicy(this, "irsa-trust", {
        count,
        oidcProviderArn: props.oidcProviderArn ?? "",
        serviceAccounts: [serviceAccount],
        conditions: props.controllerTrustConditions,
        statements: props.controllerTrustStatements,
      }),
    );
    const podIdentityTrust = new OptionalResource(not(irsa), (count) => podIdentityTrustPolicy(this, props, count));
    const trust = choose(irsa, irsaTrust.attribute("json"), podIdentityTrust.attribute("json")) as string;
    const role = new IamRole(this, "Resource", {
      name: nameOr(
        props.controllerRoleName,
        props.namePrefix ?? props.clusterName,
        "-karpenter-controller",
        NAME_LIMITS.role,
      ),
      description: textOr(
        props.controllerRoleDescription,
        `Karpenter controller of the EKS cluster ${props.clusterName}`,
      ),
      maxSessionDuration: props.controllerMaxSessionDuration,
      assumeRolePolicy: trust,
      path: props.iamPath ?? "/",
      permissionsBoundary: props.permissionsBoundaryArn,
      tags: props.tags,
    });
    limitTrustPolicy(role, trust, [...irsaTrust.dependables, ...podIdentityTrust.dependables], props);
    const form = props.controllerPolicyForm ?? "inline";
    this.policy = new ControllerPolicy(
      this,
      "policy",
      alreadyChecked({ ...props, createManagedPolicies: not(equals(form, "inline")) }),
    );
    const inline = new OptionalResource(not(equals(form, "managed")), (count) =>
      this.policy.putOnRole(this, "inline-policy", role.id, count),
    );
    const own = Object.entries(this.policy.policies).flatMap(([name, policy]) =>
      attachPolicy(this, name, role.id, policy.attribute("arn"), policy.condition),
    );
    const additional = attachAdditionalPolicies(this, role.id, props.additionalPolicies, true);
    const association = new OptionalResource(
      not(irsa),
      (count) =>
        new EksPodIdentityAssociation(this, "pod-identity", {
          count,
          clusterName: props.clusterName,
          namespace: serviceAccount.namespace,
          serviceAccount: serviceAccount.name,
          roleArn: role.arn,
          tags: props.tags,
        }),
    );
    const more = putInlinePolicies(this, {
      roleId: role.id,
      condition: true,
      documents: props.controllerInlinePolicies,
      statements: props.controllerPolicyStatements,
      others: [inline.attribute("policy")],
      property: "controllerInlinePolicies",
      role: "the controller's role",
    });
    this.role = role;
    this.attachments = [...inline.dependables, ...more, ...own, ...additional];
    this.roleArn = role.arn;
    this.roleName = role.name;
    this.roleUniqueId = role.uniqueId;
    this.podIdentityAssociationId = association.attribute("association_id");
    useProviders(this, props);
  }

  /**
   * What the policy of a KMS key in another account has to say for EC2 to encrypt the volumes of nodes with it, as JSON: for
   * `source_policy_documents` of that policy.
   */
  public get ebsKmsKeyPolicy(): string {
    this.keyPolicy ??= this.policy.ebsKmsKeyPolicy(this.roleArn);
    return this.keyPolicy;
  }
}

/** Refuses what makes the trust policy larger than IAM takes; by itself, it never is. */
function limitTrustPolicy(
  owner: IamRole,
  json: string,
  documents: readonly DataAwsIamPolicyDocument[],
  { controllerTrustConditions: conditions = [], controllerTrustStatements: statements = [] }: ControllerRoleProps,
): void {
  if (hasAny(conditions) === false && hasAny(statements) === false) {
    return;
  }
  const isKnown = documents.length === 1 && areKnown(conditions) && areKnown(statements);
  limitPolicySize({
    owner,
    document: { json },
    statements: isKnown ? (documents[0].statementInput as DataAwsIamPolicyDocumentStatement[]) : undefined,
    limit: POLICY_LIMITS.trust,
    property: hasAny(statements) === false ? "controllerTrustConditions" : "controllerTrustStatements",
    what: "the trust policy of the controller's role",
    remedy: "name fewer principals and conditions",
  });
}

/**
 * The trust policy of EKS Pod Identity, for associations of this cluster only: the service's name alone would let every
 * cluster use the role, also one of another account. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
function podIdentityTrustPolicy(
  scope: Construct,
  props: ControllerRoleProps,
  count: TerraformCount | undefined,
): DataAwsIamPolicyDocument {
  const [partition, region, account] = [partitionOf(scope, props), regionOf(scope, props), accountIdOf(scope, props)];
  return trustPolicy(scope, "pod-identity-trust", {
    count,
    conditions: props.controllerTrustConditions,
    statements: props.controllerTrustStatements,
    statement: {
      sid: "AssumeRoleWithPodIdentity",
      effect: "Allow",
      actions: ["sts:AssumeRole", "sts:TagSession"],
      principals: [{ type: "Service", identifiers: ["pods.eks.amazonaws.com"] }],
      condition: [
        { test: "StringEquals", variable: "aws:SourceAccount", values: [account] },
        {
          test: "ArnEquals",
          variable: "aws:SourceArn",
          values: [`arn:${partition}:eks:${region}:${account}:cluster/${props.clusterName}`],
        },
      ],
    },
  });
}
