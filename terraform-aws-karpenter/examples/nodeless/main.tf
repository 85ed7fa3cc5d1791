module "karpenter" {
  source = "../.."

  cluster_name       = var.cluster.name
  cluster_endpoint   = var.cluster.endpoint
  oidc_provider_arn  = var.oidc_provider_arn
  subnet_ids         = var.private_subnet_ids
  security_group_ids = [var.node_security_group_id]

  node_pools = {
    default = {
      requirements = [
        { key = "karpenter.sh/capacity-type", operator = "In", values = ["spot", "on-demand"] },
        { key = "karpenter.k8s.aws/instance-category", operator = "In", values = ["c", "m", "r"] },
      ]
      limits                 = { cpu = "1000", memory = "1000Gi" }
      terminationGracePeriod = "20m"
    }
  }
  node_classes = { default = { amiAlias = "al2023@v20260714" } }
}
