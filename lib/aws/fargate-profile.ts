import { Construct } from "constructs";
import type { IResolvable } from "cdktf";
import { Token } from "cdktf";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { EksFargateProfile } from "@cdktf/provider-aws/lib/eks-fargate-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { arnWithoutPath, roleNameOf } from "../arns";
import { generatedName, NAME_LIMITS, shortHash } from "../names";
import { FARGATE_PROFILE_PROPERTIES } from "../inputs/catalog/properties";
import { podExecutionRoleRules } from "../inputs/catalog/cross-rules";
import { fargateEnvironmentRules } from "../inputs/catalog/environment-rules";
import { podExecutionPolicyRules } from "../inputs/catalog/policy-rules";
import { fargateLogGroupRules } from "../inputs/catalog/fargate-logging";
import { unusedFargateLogGroupRules, unusedPodExecutionRoleRules } from "../inputs/catalog/unused-rules";
import type { FargateProfileSelector } from "../inputs/catalog/kubernetes";
import { checkedProps } from "../inputs/problems";
import type { Toggle } from "../terraform/expression";
import { tf, tfString } from "../terraform/expression";
import { both, equals, OptionalResource, textOr } from "../terraform/optional-resource";
import type { AwsProviderProps } from "../terraform/providers";
import { useProviders } from "../terraform/providers";
import { CNI_POLICY, POD_EXECUTION_POLICIES } from "../versions";
import { cniPolicies, putCniIpv6Policy } from "./cni-policy";
import type { ClusterProps, IamProps, IpFamilyProps, NamingProps, EnvironmentProps, TagProps } from "./common-props";
import { accountIdOf, compareEnvironment, partitionOf, regionOf } from "./environment";
import type { FargateLogGroupProps } from "./fargate-logs";
import { fargateLogs } from "./fargate-logs";
import type { AwsAuthRole } from "./node-access";
import { putInlinePolicies } from "./inline-policies";
import { attachAdditionalPolicies, attachAwsPolicy } from "./policy-attachments";

/** Properties of {@link FargateProfile}. */
export interface FargateProfileProps
  extends
    ClusterProps,
    NamingProps,
    IamProps,
    TagProps,
    EnvironmentProps,
    IpFamilyProps,
    FargateLogGroupProps,
    AwsProviderProps {
  /** Private subnets that the pods run in, by id, in at least two zones for two replicas. */
  readonly subnetIds: string[];
  /**
   * Which pods run on Fargate, 1 to 5.
   *
   * @default - Karpenter's controller only: namespace `karpenter`, label `app.kubernetes.io/name: karpenter`
   */
  readonly selectors?: readonly FargateProfileSelector[] | IResolvable;
  /**
   * The profile's name, up to 63 characters, to keep one that was made elsewhere. A profile cannot be changed, only replaced: with
   * a name of your own, the old one has to go before the new one can be made. Where only Terraform knows the name, the new
   * one is made first, and so cannot have it: leave the name out again with what replaces the profile.
   *
   * @default - `<cluster>-karpenter-<hash of all that cannot be changed>`, so that the new one is there before the old one goes
   */
  readonly fargateProfileName?: string;
  /**
   * Whether to make the pod execution role.
   *
   * @default - true unless `podExecutionRoleArn` is given
   */
  readonly createPodExecutionRole?: Toggle;
  /**
   * A pod execution role of your own.
   *
   * @default - one is made
   */
  readonly podExecutionRoleArn?: string;
  /**
   * The name of the pod execution role made here, up to 64 characters.
   *
   * @default - `<cluster>-karpenter-fargate`, with a hash of `iamPath` behind it where that is another one than `/`
   */
  readonly podExecutionRoleName?: string;
  /**
   * Whether the pod execution role made here has the permissions of the VPC CNI, those of `clusterIpFamily`.
   *
   * @default true
   */
  readonly podExecutionRoleCniPolicy?: Toggle;
  /**
   * More policies for the pod execution role made here, by a name of your choice: where the logs of pods on Fargate go, for
   * example. To give one another name takes a `moved` block: without it, Terraform detaches and attaches it at once, and it may
   * be gone until the next apply.
   *
   * @default - none
   */
  readonly podExecutionRoleAdditionalPolicies?: Record<string, string>;
  /**
   * What IAM shows of the pod execution role made here, up to 1000 characters.
   *
   * @default - `Fargate pods of the EKS cluster <cluster>`
   */
  readonly podExecutionRoleDescription?: string;
  /**
   * Inline policies of your own for the pod execution role made here, as JSON by name: pods on Fargate write their logs under it.
   *
   * @default - none
   */
  readonly podExecutionInlinePolicies?: Record<string, string>;
}

/** Only Karpenter's own pods, so that nothing else in the namespace lands on Fargate. */
export const KARPENTER_SELECTOR_LABELS: Readonly<Record<string, string>> = { "app.kubernetes.io/name": "karpenter" };

/** What must go together. */
const OWN_RULES = [
  ...podExecutionRoleRules,
  ...unusedPodExecutionRoleRules,
  ...fargateEnvironmentRules,
  ...podExecutionPolicyRules,
  ...fargateLogGroupRules,
  ...unusedFargateLogGroupRules,
];
const HASH_SUFFIX_LENGTH = "-00000000".length;

/**
 * A Fargate profile with its pod execution role: where the controller runs while the cluster has no node.
 * https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html
 */
export class FargateProfile extends Construct {
  /** The profile's name. */
  public readonly fargateProfileName: string;
  /** The profile's ARN. */
  public readonly fargateProfileArn: string;
  /** The ARN of the pod execution role, made here or your own. */
  public readonly podExecutionRoleArn: string;
  /** The name of the pod execution role, made here or your own. */
  public readonly podExecutionRoleName: string;
  /** The name of the log group that pods write to; undefined without `fargateLogging`. */
  public readonly logGroupName?: string;
  /** How the aws-auth ConfigMap maps the role; EKS adds it by itself, and a ConfigMap that is written as a whole must keep it. */
  public readonly awsAuthRole: AwsAuthRole;
  /** The profile, for others to wait for: no pod is scheduled on it before it is ACTIVE. */
  public readonly profile: EksFargateProfile;

  constructor(scope: Construct, id: string, props: FargateProfileProps) {
    super(scope, id);
    props = checkedProps(this, props, FARGATE_PROFILE_PROPERTIES, (problems, props) =>
      problems.checkTogether(OWN_RULES, {
        ...props,
        createPodExecutionRole: props.createPodExecutionRole ?? props.podExecutionRoleArn === undefined,
        fargateLogging: props.fargateLogging ?? "none",
      }),
    );
    compareEnvironment(this, props);
    const prefix = props.namePrefix ?? props.clusterName;
    const createRole = props.createPodExecutionRole ?? props.podExecutionRoleArn === undefined;
    // A role of one's own stays as it is, and nothing is asked for it.
    const place =
      createRole === false
        ? { partition: "", region: "", accountId: "" }
        : {
            partition: partitionOf(this, props),
            region: regionOf(this, props),
            accountId: accountIdOf(this, props),
          };
    const { partition } = place;
    const role = new OptionalResource(
      createRole,
      (count) =>
        new IamRole(this, "pod-execution-role", {
          count,
          name: textOr(props.podExecutionRoleName, roleNameFor(prefix, props.iamPath)),
          description: textOr(
            props.podExecutionRoleDescription,
            `Fargate pods of the EKS cluster ${props.clusterName}`,
          ),
          assumeRolePolicy: this.trustPolicy(props.clusterName, place).json,
          path: props.iamPath ?? "/",
          permissionsBoundary: props.permissionsBoundaryArn,
          tags: props.tags,
        }),
    );
    this.podExecutionRoleArn = role.attribute("arn", props.podExecutionRoleArn);
    const existing = props.podExecutionRoleArn;
    this.podExecutionRoleName = role.attribute("name", existing === undefined ? undefined : roleNameOf(existing));
    const cni = cniPolicies(props.podExecutionRoleCniPolicy, props.clusterIpFamily);
    const roleName = role.attribute("name");
    const logs = fargateLogs(this, props, { roleId: roleName, condition: role.condition, ...place });
    this.logGroupName = logs.logGroupName;
    const attachments =
      createRole === false
        ? []
        : [
            ...POD_EXECUTION_POLICIES.flatMap((name) =>
              attachAwsPolicy(
                this,
                name,
                roleName,
                partition,
                both(role.condition, name === CNI_POLICY ? cni.ipv4 : true),
              ),
            ),
            ...putCniIpv6Policy(this, roleName, partition, both(role.condition, cni.ipv6)),
            ...attachAdditionalPolicies(this, roleName, props.podExecutionRoleAdditionalPolicies, role.condition),
            ...putInlinePolicies(this, {
              roleId: roleName,
              condition: createRole,
              documents: props.podExecutionInlinePolicies,
              property: "podExecutionInlinePolicies",
              role: "the pod execution role",
            }),
          ];
    const ownName = props.fargateProfileName;
    const selectors = props.selectors ?? [{ namespace: "karpenter", labels: KARPENTER_SELECTOR_LABELS }];
    this.profile = new EksFargateProfile(this, "Resource", {
      clusterName: props.clusterName,
      fargateProfileName: textOr(
        ownName,
        nameWithHash(prefix, immutable(props.subnetIds, selectors, this.podExecutionRoleArn)),
      ),
      podExecutionRoleArn: this.podExecutionRoleArn,
      subnetIds: props.subnetIds,
      selector: Token.isUnresolved(selectors) ? [] : [...(selectors as readonly FargateProfileSelector[])],
      tags: props.tags,
      dependsOn: [...attachments, ...logs.dependables],
      lifecycle: { createBeforeDestroy: ownName === undefined || Token.isUnresolved(ownName) },
    });
    if (Token.isUnresolved(selectors)) {
      this.profile.addOverride("dynamic.selector", {
        for_each: selectors,
        content: { namespace: tf`selector.value.namespace`, labels: tf`try(selector.value.labels, {})` },
      });
    }
    this.awsAuthRole = {
      rolearn: arnWithoutPath(this.podExecutionRoleArn),
      username: "system:node:{{SessionName}}",
      groups: ["system:bootstrappers", "system:nodes", "system:node-proxier"],
    };
    this.fargateProfileName = this.profile.fargateProfileName;
    this.fargateProfileArn = this.profile.arn;
    useProviders(this, props);
  }

  /** Fargate of this cluster only may run pods as the role: the confused deputy is kept out by `aws:SourceArn`. */
  private trustPolicy(
    clusterName: string,
    { partition, region, accountId }: Required<EnvironmentProps>,
  ): DataAwsIamPolicyDocument {
    return new DataAwsIamPolicyDocument(this, "trust", {
      statement: [
        {
          sid: "AssumeRoleByFargatePods",
          effect: "Allow",
          actions: ["sts:AssumeRole"],
          principals: [{ type: "Service", identifiers: ["eks-fargate-pods.amazonaws.com"] }],
          condition: [
            {
              test: "ArnLike",
              variable: "aws:SourceArn",
              values: [`arn:${partition}:eks:${region}:${accountId}:fargateprofile/${clusterName}/*`],
            },
          ],
        },
      ],
    });
  }
}

/**
 * The generated name of the role. A role of another path is another role, made before the old one goes, for the profile is;
 * and IAM takes a name once, whatever the path.
 */
function roleNameFor(prefix: string, path = "/"): string {
  const suffix = "-karpenter-fargate";
  const ofRoot = generatedName(prefix, suffix, NAME_LIMITS.role);
  const isRoot = equals(path, "/");
  const other = `${generatedName(prefix, suffix, NAME_LIMITS.role - HASH_SUFFIX_LENGTH)}-${shortHash(path)}`;
  return typeof isRoot === "boolean" ? (isRoot ? ofRoot : other) : tfString`${isRoot} ? ${ofRoot} : ${other}`;
}

/** The immutable inputs of the profile, as JSON; the order of subnets and selectors does not matter to EKS. */
function immutable(subnetIds: string[], selectors: FargateProfileProps["selectors"], roleArn: string): string {
  const complete = Token.isUnresolved(selectors)
    ? tf`[for selector in ${selectors} : { namespace = selector.namespace, labels = try(merge({}, selector.labels), {}) }]`
    : (selectors as readonly FargateProfileSelector[]).map(({ namespace, labels }) => ({
        namespace,
        labels: labels ?? {},
      }));
  const sorted = tf`sort([for selector in ${complete} : jsonencode(selector)])`;
  return tfString`jsonencode([sort(${subnetIds}), ${sorted}, ${roleArn}])`;
}

/** A name with a hash of the immutable inputs: a replacement gets another name. */
function nameWithHash(prefix: string, immutable: string): string {
  const limit = NAME_LIMITS.fargateProfile - HASH_SUFFIX_LENGTH;
  return `${generatedName(prefix, "-karpenter", limit)}-${shortHash(immutable)}`;
}
