# Pods that take room, on a cluster that has Karpenter: `terraform apply -var replicas=5`, then with 0 again.

module "smoke_test" {
  source = "../../modules/smoke-test"

  replicas = var.replicas
}
