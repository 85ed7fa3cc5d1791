# CoreDNS runs on Fargate beside the controller: the cluster has DNS before it has a node, and until the last one is gone.

module "karpenter" {
  source = "../.."

  cluster_name       = var.cluster.name
  cluster_endpoint   = var.cluster.endpoint
  oidc_provider_arn  = var.oidc_provider_arn
  subnet_ids         = var.private_subnet_ids
  security_group_ids = [var.cluster_security_group_id]

  # These take the place of the default, so the controller's own selector is among them.
  fargate_selectors = [
    { namespace = "karpenter", labels = { "app.kubernetes.io/name" = "karpenter" } },
    { namespace = "kube-system", labels = { "k8s-app" = "kube-dns" } },
  ]

  node_pools      = { default = { limits = { cpu = "1000" }, terminationGracePeriod = "20m" } }
  node_classes    = { default = { amiAlias = "al2023@v20260714" } }
  nodes_depend_on = [aws_eks_addon.coredns.arn]
}

resource "aws_eks_addon" "coredns" {
  cluster_name                = var.cluster.name
  addon_name                  = "coredns"
  configuration_values        = jsonencode({ computeType = "Fargate" })
  resolve_conflicts_on_create = "OVERWRITE" # EKS may have put a CoreDNS for EC2 on the cluster

  depends_on = [module.karpenter.fargate_profile_arn]
}
