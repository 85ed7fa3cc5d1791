# The AWS side alone: Argo CD or Flux installs the karpenter-crd and karpenter charts with the values of the output.

module "karpenter" {
  source = "../.."

  cluster_name       = "prod"
  cluster_endpoint   = var.cluster_endpoint
  oidc_provider_arn  = var.oidc_provider_arn
  subnet_ids         = var.private_subnet_ids
  security_group_ids = [var.node_security_group_id]

  install_controller = false

  tags = { team = "platform" }
}
