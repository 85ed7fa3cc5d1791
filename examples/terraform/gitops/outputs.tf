output "helm_values" {
  description = "For a release of the karpenter chart."
  value       = module.karpenter.helm_values
}

output "gitops_metadata" {
  description = "Annotations for the Secret by which Argo CD knows the cluster, or data for a ConfigMap that Flux substitutes from."
  value = {
    aws_cluster_name                     = "prod"
    karpenter_namespace                  = module.karpenter.namespace
    karpenter_service_account            = module.karpenter.service_account_name
    karpenter_iam_role_arn               = module.karpenter.controller_role_arn
    karpenter_node_iam_role_name         = module.karpenter.node_role_name
    karpenter_node_instance_profile_name = module.karpenter.instance_profile_name
    karpenter_sqs_queue_name             = module.karpenter.interruption_queue_name
  }
}
