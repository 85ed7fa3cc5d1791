# `terraform init && terraform test` in this module's folder, with Terraform 1.7 or OpenTofu 1.8: no account, no cluster.

mock_provider "aws" {
  source = "./tests/mocks"
}

mock_provider "helm" {}

variables {
  cluster_name       = "prod"
  oidc_provider_arn  = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-north-1.amazonaws.com/id/3F2504E04F89"
  subnet_ids         = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
  security_group_ids = ["sg-0a1b2c3d4e5f60001"]
  node_classes       = { default = { amiAlias = "al2023@v20260714" } }
}

run "makes_everything" {
  variables {
    node_pools = { default = { limits = { cpu = "1000" }, terminationGracePeriod = "20m" } }
  }

  assert {
    condition     = output.controller_role_name == "prod-karpenter-controller"
    error_message = "the controller's role has another name"
  }

  assert {
    condition     = output.node_pools_release != null
    error_message = "there is no release of NodePools"
  }
}

run "refuses_a_wrong_name" {
  command = plan

  variables {
    cluster_name = "not a name"
  }

  expect_failures = [var.cluster_name]
}
