import { Construct } from "constructs";
import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IRSA_ROLE_PROPERTIES } from "../inputs/catalog/properties";
import { irsaRoleEnvironmentRules, knownEnvironment } from "../inputs/catalog/environment-rules";
import { policyOnce } from "../inputs/catalog/policy-rules";
import { checkedProps } from "../inputs/problems";
import { issuerOf } from "../arns";
import type { IamProps, TagProps } from "./common-props";
import type { AwsProviderProps } from "../terraform/providers";
import { useProviders } from "../terraform/providers";
import type { TrustPolicyProps } from "./trust-policy";
import { trustPolicy } from "./trust-policy";
import { limitPolicySize, POLICY_LIMITS } from "./policy-size";
import { attachAdditionalPolicies } from "./policy-attachments";

/** A Kubernetes service account. */
export interface ServiceAccount {
  /** The service account's namespace. */
  readonly namespace: string;
  /** The service account's name. */
  readonly name: string;
}

/** Properties of {@link IrsaRole}. */
export interface IrsaRoleProps extends IamProps, TagProps, AwsProviderProps {
  /** The ARN of the cluster's IAM OIDC provider; the issuer is taken from it. */
  readonly oidcProviderArn: string;
  /** The service accounts that may assume the role, at least one, each named exactly. */
  readonly serviceAccounts: readonly ServiceAccount[];
  /** The role's name, up to 64 characters. */
  readonly roleName: string;
  /**
   * The role's description, as IAM shows it, up to 1000 characters.
   *
   * @default - none
   */
  readonly description?: string;
  /**
   * Policies to attach, by a name of your choice. To give one another name takes a
   * `moved` block: without it, Terraform detaches and attaches it at once, and it may be gone until the next apply.
   *
   * @default - none
   */
  readonly policies?: Record<string, string>;
}

/**
 * An IAM role for Kubernetes service accounts (IRSA), which also works on Fargate, where EKS Pod Identity does not.
 * https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 */
export class IrsaRole extends Construct {
  /** The role's ARN. */
  public readonly roleArn: string;
  /** The role's name. */
  public readonly roleName: string;

  constructor(scope: Construct, id: string, props: IrsaRoleProps) {
    super(scope, id);
    props = checkedProps(this, props, IRSA_ROLE_PROPERTIES, (problems, props) =>
      problems.checkTogether([...irsaRoleEnvironmentRules, policyOnce("policies")], {
        ...props,
        ...knownEnvironment(props),
      }),
    );
    const { oidcProviderArn, serviceAccounts } = props;
    const trust = irsaTrustPolicy(this, "trust", { oidcProviderArn, serviceAccounts });
    const role = new IamRole(this, "Resource", {
      name: props.roleName,
      description: props.description,
      assumeRolePolicy: trust.json,
      path: props.iamPath ?? "/",
      permissionsBoundary: props.permissionsBoundaryArn,
      tags: props.tags,
    });
    limitPolicySize({
      owner: role,
      document: trust,
      statements: trust.statementInput as DataAwsIamPolicyDocumentStatement[],
      limit: POLICY_LIMITS.trust,
      property: "serviceAccounts",
      what: "the trust policy",
      remedy: "make another role for some of them",
    });
    attachAdditionalPolicies(this, role.id, props.policies, true);
    this.roleArn = role.arn;
    this.roleName = role.name;
    useProviders(this, props);
  }
}

/** The trust policy of IRSA: exactly these service accounts of exactly this cluster, for STS only. */
export function irsaTrustPolicy(
  scope: Construct,
  id: string,
  props: Pick<IrsaRoleProps, "oidcProviderArn" | "serviceAccounts"> & Omit<TrustPolicyProps, "statement">,
): DataAwsIamPolicyDocument {
  const { oidcProviderArn, serviceAccounts, ...more } = props;
  const issuer = issuerOf(oidcProviderArn);
  return trustPolicy(scope, id, {
    ...more,
    statement: {
      sid: "AssumeRoleWithServiceAccount",
      effect: "Allow",
      actions: ["sts:AssumeRoleWithWebIdentity"],
      principals: [{ type: "Federated", identifiers: [oidcProviderArn] }],
      condition: [
        {
          test: "StringEquals",
          variable: `${issuer}:sub`,
          values: serviceAccounts.map(({ namespace, name }) => `system:serviceaccount:${namespace}:${name}`),
        },
        { test: "StringEquals", variable: `${issuer}:aud`, values: ["sts.amazonaws.com"] },
      ],
    },
  });
}
