/** What the README of the published modules says above its tables. */
export const ROOT_DESCRIPTION = `
[Karpenter](https://karpenter.sh) on an Amazon EKS cluster that has no node group, in one apply: the controller's role for
IRSA, a Fargate profile for the controller to run on, the role, instance profile and access entry of the nodes, the queue
that tells of interruptions, the CRDs and the controller, and the NodePools.

\`\`\`hcl
module "karpenter" {
  source = "<namespace>/karpenter/aws"

  cluster_name       = module.eks.cluster_name
  cluster_endpoint   = module.eks.cluster_endpoint
  oidc_provider_arn  = module.eks.oidc_provider_arn
  subnet_ids         = module.vpc.private_subnets
  security_group_ids = [module.eks.node_security_group_id]

  node_pools   = { default = { limits = { cpu = "1000" }, terminationGracePeriod = "20m" } }
  node_classes = { default = { amiAlias = "al2023@v20260714" } }
}
\`\`\`

It needs the AWS and the Helm provider, which you configure ([examples/nodeless](examples/nodeless/versions.tf)), and may be
made in one apply together with the cluster ([examples/nodeless-with-cluster](examples/nodeless-with-cluster/main.tf)). A destroy goes the other way round: the NodePools until the last node is gone,
the controller, its CRDs, and then the rest. What nodes need to reach AWS, such as NAT gateways in the same state, goes into
\`nodes_depend_on\`, so that it stays until then.

Every part can be switched off, or replaced by one of your own: \`create_controller_role = false\` with
\`controller_role_arn\`, and so on. With \`install_controller = false\`, the output \`helm_values\` goes into Argo CD, Flux or
a \`helm_release\` of your own as it is ([examples/gitops](examples/gitops/main.tf)); Terraform still installs the Helm provider, which
needs no configuration then, unless there are NodePools: they are a Helm release too.

The examples stand beside the module (\`source = "../.."\`) and initialize as they are; in a root of your own, name the module as
above. Guides: [CoreDNS on a cluster without nodes](docs/coredns.md), [node roles](docs/node-roles.md), [migration](docs/migration.md),
[manifests](docs/manifests.md), [what a destroy does](docs/destroy.md), [when a run is cut off](docs/reliability.md), [drift](docs/drift.md), [names and moves](docs/renaming.md),
[how the controller runs](docs/controller.md), [beside EKS Auto Mode](docs/auto-mode.md),
[which Karpenter](docs/compatibility.md), [air-gapped clusters](docs/air-gapped.md), [troubleshooting](docs/troubleshooting.md),
[pods that stay pending](docs/pending-pods.md), [logs of pods on Fargate](docs/fargate-logs.md), [alerts and a dashboard](docs/monitoring.md), [cost](docs/cost.md),
[warnings](docs/warnings.md).

The parts are modules of their own:

| Module | Holds |
| --- | --- |
| [controller-identity](modules/controller-identity/README.md) | the controller's role and policies |
| [fargate-profile](modules/fargate-profile/README.md) | the Fargate profile and its pod execution role |
| [fargate-logging](modules/fargate-logging/README.md) | the ConfigMap of the log router of pods on Fargate, opt in |
| [node-identity](modules/node-identity/README.md) | the nodes' role, instance profile and access entry |
| [interruption-queue](modules/interruption-queue/README.md) | the queue, its policy, the EventBridge rules |
| [discovery-tags](modules/discovery-tags/README.md) | \`karpenter.sh/discovery\` on subnets and security groups |
| [controller](modules/controller/README.md) | the CRDs and the controller as two Helm releases, and their guard |
| [node-pools](modules/node-pools/README.md) | NodePools, EC2NodeClasses, NodeOverlays and CapacityBuffers |
| [monitoring](modules/monitoring/README.md) | alerts and a dashboard, opt in |

and beside them, each called on its own:

| Module | Holds |
| --- | --- |
| [aws-auth](modules/aws-auth/README.md) | the role mappings of the aws-auth ConfigMap: [examples/aws-auth](examples/aws-auth/main.tf) |
| [smoke-test](modules/smoke-test/README.md) | pods that do nothing but take room: [examples/smoke-test](examples/smoke-test/main.tf) |

## In \`terraform test\`

With Terraform 1.7 or OpenTofu 1.8 a test of your own root needs no account: [tests/mocks](tests/mocks/aws.tfmock.hcl) has what the
AWS provider would answer, for Terraform's own mocks are random letters. [tests/nodeless.tftest.hcl](tests/nodeless.tftest.hcl)
tests this module with it. After \`terraform init\`, for a call named \`karpenter\`:

\`\`\`hcl
mock_provider "aws" {
  source = "./.terraform/modules/karpenter/tests/mocks"
}

mock_provider "helm" {}

run "makes_karpenter" {
  assert {
    condition     = module.karpenter.controller_role_name == "prod-karpenter-controller"
    error_message = "the controller's role has another name"
  }
}
\`\`\`

These files are Terraform's JSON syntax, generated from TypeScript constructs; they need neither of them. To check them,
run \`npm ci && npm run synth\` in the source repository and compare. To leave, keep them: they are ordinary Terraform.`;
