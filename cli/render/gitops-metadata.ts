/** What a GitOps controller needs to know of the AWS side, as a map of texts. */
import { givenFields } from "../../lib/terraform/known-values";

/** The AWS side of one cluster, as far as charts ask for it. */
export interface AwsSide {
  readonly clusterName: string;
  readonly clusterEndpoint?: string;
  readonly region: string;
  readonly accountId?: string;
  readonly namespace: string;
  readonly serviceAccountName: string;
  readonly chartVersion: string;
  readonly controllerRoleArn: string;
  readonly nodeRoleName: string;
  readonly instanceProfileName?: string;
  readonly interruptionQueueName?: string;
}

/** The keys that the EKS blueprints add-ons and the GitOps bridge have for it; what there is not is left out. */
export function gitopsMetadata(side: AwsSide): Readonly<Record<string, string>> {
  return givenFields({
    aws_cluster_name: side.clusterName,
    aws_region: side.region,
    aws_account_id: side.accountId,
    karpenter_cluster_endpoint: side.clusterEndpoint,
    karpenter_chart_version: side.chartVersion,
    karpenter_namespace: side.namespace,
    karpenter_service_account: side.serviceAccountName,
    karpenter_iam_role_arn: side.controllerRoleArn,
    karpenter_node_iam_role_name: side.nodeRoleName,
    karpenter_node_instance_profile_name: side.instanceProfileName,
    karpenter_sqs_queue_name: side.interruptionQueueName,
  }) as Readonly<Record<string, string>>;
}

/** A patch for the Secret by which Argo CD knows the cluster: ApplicationSets select by the label and read the annotations. */
export function argoCdPatch(metadata: Readonly<Record<string, string>>): object {
  return { metadata: { labels: { enable_karpenter: "true" }, annotations: metadata } };
}

/** The ConfigMap that a Flux Kustomization names under `postBuild.substituteFrom`. */
export function fluxConfigMap(metadata: Readonly<Record<string, string>>): object {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "karpenter-metadata", namespace: "flux-system" },
    data: metadata,
  };
}
