import { Construct } from "constructs";
import { Token } from "cdktf";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { roleNameOf } from "../arns";
import { nameOr, NAME_LIMITS } from "../names";
import { NODE_ROLE_PROPERTIES } from "../inputs/catalog/properties";
import { nodeRoleRules } from "../inputs/catalog/cross-rules";
import { nodeRoleEnvironmentRules } from "../inputs/catalog/environment-rules";
import { checkedProps } from "../inputs/problems";
import type { AcceptedChangeProps } from "../inputs/catalog/accepted-change";
import { propertyName } from "../module/property-name";
import type { Toggle } from "../terraform/expression";
import { tf } from "../terraform/expression";
import { both, choose, OptionalResource, textOr } from "../terraform/optional-resource";
import { Remembered } from "../terraform/remembered";
import type { NewerVersionProps } from "../inputs/catalog/newer-version";
import { nodePolicyRules } from "../inputs/catalog/policy-rules";
import { unusedNodeRoleRules } from "../inputs/catalog/unused-rules";
import { newerVersionRules, warnOfNewerVersion } from "../inputs/catalog/newer-version";
import { ReleaseNeeds } from "../release";
import type { AwsProviderProps } from "../terraform/providers";
import { useProviders } from "../terraform/providers";
import { CNI_POLICY, SSM_POLICY } from "../versions";
import { cniPolicies, putCniIpv6Policy } from "./cni-policy";
import type { ClusterProps, IamProps, IpFamilyProps, NamingProps, EnvironmentProps, TagProps } from "./common-props";
import { ec2Services } from "./ec2-service";
import { compareEnvironment, partitionOf } from "./environment";
import { putInlinePolicies } from "./inline-policies";
import { attachAdditionalPolicies, attachAwsPolicy } from "./policy-attachments";
import { replacedWithRole } from "./role-identity";

/** Properties of {@link NodeRole}. */
export interface NodeRoleProps
  extends
    ClusterProps,
    NamingProps,
    IamProps,
    TagProps,
    EnvironmentProps,
    IpFamilyProps,
    AwsProviderProps,
    NewerVersionProps,
    AcceptedChangeProps {
  /**
   * Whether to make the role.
   *
   * @default - true unless `nodeRoleArn` is given
   */
  readonly createNodeRole?: Toggle;
  /**
   * A node role of your own; the instance profile is then made for it.
   *
   * @default - one is made
   */
  readonly nodeRoleArn?: string;
  /**
   * The name of the role made here, up to 64 characters.
   *
   * @default - `<cluster>-karpenter-node`
   */
  readonly nodeRoleName?: string;
  /**
   * Whether the role made here has the permissions of the VPC CNI, those of `clusterIpFamily`. Without them, the add-on needs a
   * role of its own before the first node comes, or no pod gets an address.
   *
   * @default true
   */
  readonly nodeCniPolicy?: Toggle;
  /**
   * Whether the role made here has what Session Manager needs to open a shell on nodes.
   *
   * @default true
   */
  readonly nodeSsmPolicy?: Toggle;
  /**
   * What IAM shows of the role made here, up to 1000 characters.
   *
   * @default - `Karpenter nodes of the EKS cluster <cluster>`
   */
  readonly nodeRoleDescription?: string;
  /**
   * Inline policies of your own for the role made here, as JSON by name.
   *
   * @default - none
   */
  readonly nodeInlinePolicies?: Record<string, string>;
  /**
   * More policies for the role made here, by a name of your choice. To give one another name takes a
   * `moved` block: without it, Terraform detaches and attaches it at once, and it may be gone until the next apply.
   *
   * @default - none
   */
  readonly additionalPolicies?: Record<string, string>;
  /**
   * Whether to make the instance profile. Without it, Karpenter makes one for each EC2NodeClass, or you bring your own.
   *
   * @default true
   */
  readonly createInstanceProfile?: Toggle;
  /**
   * The instance profile's name, up to 128 characters: of the one made here, or of your own.
   *
   * @default - `<cluster>-karpenter-instance-profile`
   */
  readonly instanceProfileName?: string;
  /**
   * The release of Karpenter, which decides about the managed policies.
   *
   * @default "1.14.3"
   */
  readonly karpenterVersion?: string;
}

/**
 * The role that Karpenter's nodes run as, with the managed policies that nodes need, and its instance profile.
 * https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
 */
export class NodeRole extends Construct {
  /** The role's ARN, made here or your own. */
  public readonly roleArn: string;
  /** The name that an EC2NodeClass wants in `role`; never the ARN. */
  public readonly roleName: string;
  /** The role's unique id, which tells a role from one made anew under the same name; null for a role of your own. */
  public readonly roleUniqueId: string;
  /** The name that an EC2NodeClass wants in `instanceProfile`, null where there is none. */
  public readonly instanceProfileName: string;
  /** The instance profile's ARN, null where none is made. */
  public readonly instanceProfileArn: string;
  /** What gives the role its permissions; no node should start before these are there. */
  public readonly attachments: readonly (IamRolePolicy | IamRolePolicyAttachment)[];

  constructor(scope: Construct, id: string, props: NodeRoleProps) {
    super(scope, id);
    props = checkedProps(this, props, NODE_ROLE_PROPERTIES, (problems, props) =>
      problems.checkTogether(
        [
          ...nodeRoleRules,
          ...newerVersionRules,
          ...nodeRoleEnvironmentRules,
          ...nodePolicyRules("additionalPolicies"),
          ...unusedNodeRoleRules("additionalPolicies"),
        ],
        {
          ...props,
          createNodeRole: props.createNodeRole ?? props.nodeRoleArn === undefined,
        },
      ),
    );
    compareEnvironment(this, props);
    warnOfNewerVersion(this, props);
    const { clusterName, karpenterVersion: version, nodeRoleArn: existing } = props;
    const prefix = props.namePrefix ?? clusterName;
    const createRole = props.createNodeRole ?? existing === undefined;
    const partition = createRole === false ? "" : partitionOf(this, props);
    const roleName = nameOr(props.nodeRoleName, prefix, "-karpenter-node", NAME_LIMITS.role);
    const role = new OptionalResource(
      createRole,
      (count) =>
        new IamRole(this, "Resource", {
          count,
          name: roleName,
          description: textOr(props.nodeRoleDescription, `Karpenter nodes of the EKS cluster ${clusterName}`),
          assumeRolePolicy: this.trustPolicy(partition).json,
          path: props.iamPath ?? "/",
          permissionsBoundary: props.permissionsBoundaryArn,
          tags: props.tags,
        }),
    );
    this.roleArn = role.attribute("arn", existing);
    this.roleName = role.attribute("name", existing === undefined ? undefined : roleNameOf(existing));
    this.roleUniqueId = role.attribute("unique_id");
    const needs = new ReleaseNeeds(this, version);
    const managed = needs.of(({ nodePolicies }) => Object.fromEntries(nodePolicies.map((name) => [name, name])));
    const cni = cniPolicies(props.nodeCniPolicy, props.clusterIpFamily);
    const optional: Readonly<Record<string, Toggle>> = {
      [CNI_POLICY]: cni.ipv4,
      [SSM_POLICY]: props.nodeSsmPolicy ?? true,
    };
    this.attachments =
      createRole === false
        ? []
        : [
            ...managed.flatMap(({ name, condition }) =>
              attachAwsPolicy(
                this,
                name,
                role.attribute("id"),
                partition,
                both(createRole, both(condition, optional[name] ?? true)),
              ),
            ),
            ...putCniIpv6Policy(this, role.attribute("id"), partition, both(createRole, cni.ipv6)),
            ...attachAdditionalPolicies(this, role.attribute("id"), props.additionalPolicies, createRole),
            ...putInlinePolicies(this, {
              roleId: role.attribute("id"),
              condition: createRole,
              documents: props.nodeInlinePolicies,
              property: "nodeInlinePolicies",
              role: "the node role",
            }),
          ];
    const createProfile = props.createInstanceProfile ?? true;
    const lifecycle =
      createProfile === false || createRole === false ? undefined : replacedWithRole(this, this.roleUniqueId);
    const profileName = nameOr(
      props.instanceProfileName,
      prefix,
      "-karpenter-instance-profile",
      NAME_LIMITS.instanceProfile,
    );
    const profile = new OptionalResource(
      createProfile,
      (count) =>
        new IamInstanceProfile(this, "instance-profile", {
          count,
          name: profileName,
          role: this.roleName,
          path: props.iamPath ?? "/",
          tags: props.tags,
          lifecycle,
        }),
    );
    this.instanceProfileName = profile.attribute("name", props.instanceProfileName);
    this.instanceProfileArn = profile.attribute("arn");
    this.rememberIdentity(props, {
      // Known at plan, whatever is known of a role of one's own.
      role_of: Token.asString(choose(createRole, "this module", "others")),
      role: Token.asString(choose(createRole, `${props.iamPath ?? "/"}${roleName}`, existing ?? "")),
      instance_profile: Token.asString(choose(createProfile, profileName, "")),
    });
    useProviders(this, props);
  }

  /** Nodes that run lose what they run as before they are replaced: Terraform removes it first, and cannot see them. */
  private rememberIdentity({ acceptedChange }: NodeRoleProps, values: Readonly<Record<string, string>>): void {
    const accepted = propertyName(this, "acceptedChange");
    new Remembered(this, "in-use", {
      values,
      // One may still come.
      harmless: { instance_profile: (was) => tf`${was} == ""` },
      acceptedChange,
      refusal: (was) =>
        `this plan takes the role or the instance profile from nodes that run: they are of ${was}; give them others first, as ` +
        `docs/changes.md has it, and once no node is of these, or where none is, say so in "${accepted}"`,
    });
  }

  private trustPolicy(partition: string): DataAwsIamPolicyDocument {
    return new DataAwsIamPolicyDocument(this, "trust", {
      statement: [
        {
          sid: "AssumeRoleByNodes",
          effect: "Allow",
          actions: ["sts:AssumeRole"],
          principals: [{ type: "Service", identifiers: ec2Services(partition) }],
        },
      ],
    });
  }
}
