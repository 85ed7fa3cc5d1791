import { Construct } from "constructs";
import type { IResolvable } from "cdktf";
import { TerraformLocal } from "cdktf";
import { Release } from "@cdktf/provider-helm/lib/release";
import { DataKubernetesConfigMapV1 } from "@cdktf/provider-kubernetes/lib/data-kubernetes-config-map-v1";
import type { AwsAuthRole } from "../aws/node-access";
import { AWS_AUTH_PROPERTIES } from "../inputs/catalog/properties";
import { checkedProps } from "../inputs/problems";
import type { Toggle } from "../terraform/expression";
import { tf, tfString } from "../terraform/expression";
import type { HelmProviderProps, KubernetesProviderProps } from "../terraform/providers";
import { useProviders } from "../terraform/providers";
import { mustBeUnique } from "../terraform/unique-name";
import { chartSource } from "./packaged-chart";

/** Properties of {@link AwsAuth}. */
export interface AwsAuthProps extends HelmProviderProps, KubernetesProviderProps {
  /**
   * The complete list of role mappings: Karpenter's nodes, Fargate's pod execution roles, and all of your own. A plan that
   * would drop others is refused.
   */
  readonly mapRoles: readonly AwsAuthRole[] | IResolvable;
  /**
   * Whether mappings that are in the ConfigMap and not in `mapRoles` may be dropped. Otherwise the plan is refused: a role
   * without its mapping has no access to the cluster.
   *
   * @default false
   */
  readonly dropOtherMappings?: Toggle;
  /**
   * The chart that renders the ConfigMap, where it should not come from this library: its folder, or its address with its
   * name, `oci://registry.example/charts/karpenter-aws-auth`. A registry is asked for the version of the chart that ships
   * with this library.
   *
   * @default - the one that ships with this library
   */
  readonly awsAuthChart?: string;
}

const NAMESPACE = "kube-system";

/** The annotation that holds the resource version of the ConfigMap that the last write replaced. */
const REPLACED = "cdktf-karpenter/replaced";

/**
 * The role mappings of the aws-auth ConfigMap, all of them, for clusters that know no access entries. Users and accounts in
 * it stay as they are, and so do the mappings when this is destroyed. EKS makes the ConfigMap itself with the first node
 * group or Fargate profile; where there is none yet, it is made.
 * https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html
 */
export class AwsAuth extends Construct {
  constructor(scope: Construct, id: string, props: AwsAuthProps) {
    super(scope, id);
    props = checkedProps(this, props, AWS_AUTH_PROPERTIES);
    const live = new DataKubernetesConfigMapV1(this, "live", { metadata: { name: "aws-auth", namespace: NAMESPACE } });
    const wanted = new TerraformLocal(this, "wanted", props.mapRoles);
    const mapRoles = new TerraformLocal(
      this,
      "live-map-roles",
      tf`coalesce(lookup(coalesce(${live.fqn}.data, {}), "mapRoles", "[]"), "[]")`,
    );
    const others = new TerraformLocal(
      this,
      "others",
      tf`[for role in yamldecode(${mapRoles.fqn}) : role.rolearn if !contains(${wanted.fqn}[*].rolearn, role.rolearn)]`,
    );
    // Helm compares with its own values alone, so these say when someone else has changed the mappings. The version that was
    // found then stays in the ConfigMap: the next plan reads it back, and has nothing to do.
    const replaced = tf`${mapRoles.fqn} == yamlencode(${wanted.fqn}) ? lookup(coalesce(${live.fqn}.metadata[0].annotations, {}), ${REPLACED}, "") : ${live.fqn}.metadata[0].resource_version`;
    const release = new Release(this, "Resource", {
      name: "karpenter-aws-auth",
      namespace: NAMESPACE,
      ...chartSource(this, "aws-auth", props.awsAuthChart),
      // EKS or someone else made the ConfigMap.
      takeOwnership: true,
      values: [tfString`yamlencode(${{ mapRoles: tf`yamlencode(${wanted.fqn})`, replaced }})`],
    });
    mustBeUnique(this, release, {
      kind: "Helm release",
      name: "karpenter-aws-auth",
      namespace: NAMESPACE,
      remedy: "put all mappings of a cluster into one, or give one of them a provider of another cluster",
    });
    release.addOverride("lifecycle.precondition", [
      {
        condition: tf`${props.dropOtherMappings ?? false} || length(${others.fqn}) == 0`,
        error_message:
          'the aws-auth ConfigMap maps roles that "map_roles" does not name: ' +
          tfString`join(", ", ${others.fqn})` +
          '; add them to "map_roles", or set "drop_other_mappings" to true to lose them',
      },
    ]);
    useProviders(this, props);
  }
}
