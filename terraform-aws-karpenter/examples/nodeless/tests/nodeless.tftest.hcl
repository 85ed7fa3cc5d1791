# `terraform init && terraform test` in the example's folder, with Terraform 1.7 or OpenTofu 1.8: no account, no cluster.

mock_provider "aws" {
  source = "../../tests/mocks"
}

mock_provider "helm" {}

variables {
  cluster = {
    name                  = "prod"
    endpoint              = "https://3F2504E04F89.gr7.eu-north-1.eks.amazonaws.com"
    certificate_authority = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t"
  }
  oidc_provider_arn      = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-north-1.amazonaws.com/id/3F2504E04F89"
  private_subnet_ids     = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
  node_security_group_id = "sg-0a1b2c3d4e5f60001"
}

run "makes_the_controller_and_its_node_pools" {
  assert {
    condition     = module.karpenter.controller_role_name == "prod-karpenter-controller"
    error_message = "the controller's role has another name"
  }

  assert {
    condition     = module.karpenter.node_pools_release != null
    error_message = "there is no release of NodePools"
  }
}
