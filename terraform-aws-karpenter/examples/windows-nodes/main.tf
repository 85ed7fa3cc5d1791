# Windows nodes beside Linux ones. Windows needs a role of its own: a role has one access entry, and that has one type.

module "windows_nodes" {
  source = "../../modules/node-identity"

  cluster_name      = var.cluster.name
  name_prefix       = "${var.cluster.name}-windows"
  access_entry_type = "EC2_WINDOWS"
}

module "karpenter" {
  source = "../.."

  cluster_name       = var.cluster.name
  cluster_endpoint   = var.cluster.endpoint
  oidc_provider_arn  = var.oidc_provider_arn
  subnet_ids         = var.private_subnet_ids
  security_group_ids = [var.node_security_group_id]

  additional_node_role_arns = [module.windows_nodes.node_role_arn]

  node_pools = {
    linux = {
      nodeClass              = "linux"
      requirements           = [{ key = "kubernetes.io/os", operator = "In", values = ["linux"] }]
      limits                 = { cpu = "1000" }
      terminationGracePeriod = "20m"
    }
    windows = {
      nodeClass              = "windows"
      requirements           = [{ key = "kubernetes.io/os", operator = "In", values = ["windows"] }]
      taints                 = [{ key = "os", value = "windows", effect = "NoSchedule" }]
      limits                 = { cpu = "100" }
      terminationGracePeriod = "20m"
    }
  }
  node_classes = {
    linux = { amiAlias = "al2023@v20260714" }
    windows = {
      amiAlias        = "windows2022@latest"
      allowLatestAmi  = true
      instanceProfile = module.windows_nodes.instance_profile_name
    }
  }
}
