# From a cluster without a node to running NodePools in one apply. A destroy goes the other way round by itself: the last
# node is gone before the controller, the controller before its CRDs, and those before roles, queue and Fargate profile.

module "karpenter" {
  source = "<namespace>/karpenter/aws"

  cluster_name       = var.cluster.name
  cluster_endpoint   = var.cluster.endpoint
  oidc_provider_arn  = var.oidc_provider_arn
  subnet_ids         = var.private_subnet_ids
  security_group_ids = [var.node_security_group_id]
}

module "controller" {
  source = "<namespace>/karpenter/aws//modules/controller"

  cluster_name            = var.cluster.name
  cluster_endpoint        = var.cluster.endpoint
  controller_role_arn     = module.karpenter.controller_role_arn
  interruption_queue_name = module.karpenter.interruption_queue_name

  depends_on = [module.karpenter]
}

module "node_pools" {
  source = "<namespace>/karpenter/aws//modules/node-pools"

  node_pools = {
    default = {
      requirements = [
        { key = "karpenter.sh/capacity-type", operator = "In", values = ["spot", "on-demand"] },
        { key = "karpenter.k8s.aws/instance-category", operator = "In", values = ["c", "m", "r"] },
      ]
      limits                 = { cpu = "1000", memory = "1000Gi" }
      terminationGracePeriod = "1h"
    }
  }
  node_classes        = { default = { ami_alias = "al2023@v20251108" } }
  node_class_defaults = module.karpenter.node_class_spec

  depends_on = [module.controller]
}
