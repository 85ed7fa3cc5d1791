# CoreDNS runs on Karpenter's nodes: its pods are the first that need one, so Karpenter starts it for them.

module "karpenter" {
  source = "../.."

  cluster_name       = var.cluster.name
  cluster_endpoint   = var.cluster.endpoint
  oidc_provider_arn  = var.oidc_provider_arn
  subnet_ids         = var.private_subnet_ids
  security_group_ids = [var.cluster_security_group_id]

  node_pools   = { default = { limits = { cpu = "1000" }, terminationGracePeriod = "20m" } }
  node_classes = { default = { amiAlias = "al2023@v20260714" } }
}

resource "aws_eks_addon" "coredns" {
  cluster_name                = var.cluster.name
  addon_name                  = "coredns"
  resolve_conflicts_on_create = "OVERWRITE" # EKS may have put a CoreDNS of its own on the cluster

  depends_on = [module.karpenter.node_pools_release]
}
