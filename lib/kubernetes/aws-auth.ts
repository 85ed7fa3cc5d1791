import { Construct } from "constructs";
import { IResolvable, TerraformLocal } from "cdktf";
import { ConfigMapV1Data } from "@cdktf/provider-kubernetes/lib/config-map-v1-data";
import { DataKubernetesConfigMapV1 } from "@cdktf/provider-kubernetes/lib/data-kubernetes-config-map-v1";
import { AwsAuthRole } from "../aws/node-access";
import { Condition, tf, tfString } from "../terraform/expression";

/** Properties of {@link AwsAuth}. */
export interface AwsAuthProps {
  /** Every role mapping there shall be: Karpenter's nodes, Fargate's pod execution roles, and all of your own. */
  readonly mapRoles: readonly AwsAuthRole[] | IResolvable;
  /**
   * Whether mappings that are in the ConfigMap and not in `mapRoles` may be dropped. Otherwise the plan is refused, for
   * whoever lost a mapping has lost the cluster.
   *
   * @default false
   */
  readonly dropOtherMappings?: Condition;
}

/**
 * The role mappings of the aws-auth ConfigMap, all of them, for clusters that know no access entries. EKS makes the
 * ConfigMap itself with the first node group or Fargate profile; users and accounts in it stay as they are.
 * https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html
 */
export class AwsAuth extends Construct {
  constructor(scope: Construct, id: string, props: AwsAuthProps) {
    super(scope, id);
    const metadata = { name: "aws-auth", namespace: "kube-system" };
    const live = new DataKubernetesConfigMapV1(this, "live", { metadata });
    const wanted = new TerraformLocal(this, "wanted", props.mapRoles);
    const others = new TerraformLocal(
      this,
      "others",
      tf`[for role in yamldecode(coalesce(lookup(coalesce(${live.fqn}.data, {}), "mapRoles", "[]"), "[]")) : role.rolearn if !contains(${wanted.fqn}[*].rolearn, role.rolearn)]`,
    );
    const mapping = new ConfigMapV1Data(this, "Resource", {
      metadata,
      data: { mapRoles: tfString`yamlencode(${wanted.fqn})` },
      // EKS wrote the ConfigMap first; without force the server refuses to hand the field over.
      force: true,
      fieldManager: "cdktf-karpenter",
    });
    mapping.addOverride("lifecycle.precondition", [
      {
        condition: tf`${props.dropOtherMappings ?? false} || length(${others.fqn}) == 0`,
        error_message:
          'the aws-auth ConfigMap maps roles that "map_roles" does not name: ${join(", ", ' +
          `local.${others.friendlyUniqueId}` +
          ')}; add them to "map_roles", or set "drop_other_mappings" to true to lose them',
      },
    ]);
  }
}
