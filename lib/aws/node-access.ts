import { Construct } from "constructs";
import { Token } from "cdktf";
import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { arnWithoutPath } from "../arns";
import { NODE_ACCESS_PROPERTIES } from "../inputs/catalog/properties";
import { checkedProps } from "../inputs/problems";
import type { Toggle } from "../terraform/expression";
import { tfList } from "../terraform/expression";
import { OptionalResource } from "../terraform/optional-resource";
import type { ClusterProps, TagProps } from "./common-props";
import type { AwsProviderProps } from "../terraform/providers";
import { useProviders } from "../terraform/providers";
import { replacedWithRole } from "./role-identity";

/** The operating system of the nodes that a role is for: a role has one access entry, and that has one type. */
export type AccessEntryType = "EC2_LINUX" | "EC2_WINDOWS";

/** Properties of {@link NodeAccess}. */
export interface NodeAccessProps extends ClusterProps, TagProps, AwsProviderProps {
  /** The role that the nodes run as. */
  readonly nodeRoleArn: string;
  /**
   * The role's unique id. EKS binds an entry to it: an entry of a role that was deleted and made again under the same name no longer works
   * and is replaced here.
   *
   * @default - the entry stays as it is when the role is replaced
   */
  readonly nodeRoleUniqueId?: string;
  /**
   * Whether to make the access entry; it needs the cluster's authentication mode `API` or `API_AND_CONFIG_MAP`.
   *
   * @default true
   */
  readonly createAccessEntry?: Toggle;
  /**
   * The type of the access entry.
   *
   * @default "EC2_LINUX"
   */
  readonly accessEntryType?: AccessEntryType;
}

/** A role's mapping in the aws-auth ConfigMap, for clusters that still use it. */
export interface AwsAuthRole {
  /** The ARN of the IAM role, without its path. */
  readonly rolearn: string;
  /** The name that the role has in the cluster; `{{EC2PrivateDNSName}}` and the like are filled in. */
  readonly username: string;
  /** The Kubernetes groups that the role is in. */
  readonly groups: string[];
}

/**
 * Lets nodes join the cluster: the access entry of their role.
 * https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export class NodeAccess extends Construct {
  /** The access entry's ARN, null where there is none. */
  public readonly accessEntryArn: string;
  /** What to put under `mapRoles` where the cluster knows no access entries. */
  public readonly awsAuthRole: AwsAuthRole;
  /** The entry, for others to wait for; no node joins before it is there. */
  public readonly entries: readonly EksAccessEntry[];

  constructor(scope: Construct, id: string, props: NodeAccessProps) {
    super(scope, id);
    props = checkedProps(this, props, NODE_ACCESS_PROPERTIES);
    const create = props.createAccessEntry ?? true;
    const type = props.accessEntryType ?? "EC2_LINUX";
    const lifecycle =
      create === false || props.nodeRoleUniqueId === undefined
        ? undefined
        : replacedWithRole(this, props.nodeRoleUniqueId);
    const entry = new OptionalResource(
      create,
      (count) =>
        new EksAccessEntry(this, "Resource", {
          count,
          clusterName: props.clusterName,
          principalArn: props.nodeRoleArn,
          type,
          tags: props.tags,
          lifecycle,
        }),
    );
    this.entries = entry.dependables;
    this.accessEntryArn = entry.attribute("access_entry_arn");
    this.awsAuthRole = {
      rolearn: arnWithoutPath(props.nodeRoleArn),
      username: "system:node:{{EC2PrivateDNSName}}",
      groups: nodeGroups(type),
    };
    useProviders(this, props);
  }
}

function nodeGroups(type: string): string[] {
  const linux = ["system:bootstrappers", "system:nodes"];
  const windows = [...linux, "eks:kube-proxy-windows"];
  if (Token.isUnresolved(type)) {
    return tfList`${type} == "EC2_WINDOWS" ? ${windows} : ${linux}`;
  }
  return type === "EC2_WINDOWS" ? windows : linux;
}
