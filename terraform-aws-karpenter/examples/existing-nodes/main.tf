# The controller runs on nodes that the cluster has, with EKS Pod Identity; a role of your own for Karpenter's nodes; and
# subnets and security groups that EC2NodeClasses select by tag.

module "karpenter" {
  source = "../.."

  cluster_name       = "prod"
  subnet_ids         = values(var.private_subnet_ids)
  security_group_ids = [var.node_security_group_id]

  namespace              = "kube-system"
  controller_identity    = "pod-identity"
  create_fargate_profile = false

  create_node_role = false
  node_role_arn    = var.node_role_arn

  node_pools = { default = { limits = { cpu = "1000" }, terminationGracePeriod = "20m" } }
  node_classes = {
    default = {
      amiAlias                   = "al2023@v20260714"
      subnetSelectorTerms        = [{ tags = { "karpenter.sh/discovery" = "prod" } }]
      securityGroupSelectorTerms = [{ tags = { "karpenter.sh/discovery" = "prod" } }]
    }
  }

  discovery_subnet_ids         = var.private_subnet_ids
  discovery_security_group_ids = { nodes = var.node_security_group_id }
}

# For a cluster that keeps the aws-auth ConfigMap; set create_access_entry = false then.
output "aws_auth_roles" {
  value = module.karpenter.aws_auth_roles
}
