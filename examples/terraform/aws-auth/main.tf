# A cluster that knows no access entries: nodes join by the aws-auth ConfigMap, whose mappings are all named here.

module "karpenter" {
  source = "<namespace>/karpenter/aws"

  cluster_name       = "prod"
  cluster_endpoint   = var.cluster_endpoint
  oidc_provider_arn  = var.oidc_provider_arn
  subnet_ids         = var.private_subnet_ids
  security_group_ids = [var.node_security_group_id]

  create_access_entry = false

  node_pools   = { default = { limits = { cpu = "1000" }, terminationGracePeriod = "20m" } }
  node_classes = { default = { amiAlias = "al2023@v20260714" } }
}

module "aws_auth" {
  source = "<namespace>/karpenter/aws//modules/aws-auth"

  # A plan that would drop a mapping it was not told of is refused.
  map_roles = concat(module.karpenter.aws_auth_roles, var.other_roles)
}
