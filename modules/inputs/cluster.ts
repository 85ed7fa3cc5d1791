import * as aws from "../../lib/inputs/catalog/aws";
import { karpenterVersion, kubernetesVersion } from "../../lib/release";
import { DEFAULT_KARPENTER_VERSION } from "../../lib/versions";
import { optional, Inputs } from "./input";

/** What cluster it is, and what is said of everything made for it. */
export const CLUSTER_INPUTS = {
  cluster_name: {
    type: "string",
    description: "Name of the EKS cluster, 1 to 100 characters.",
    rule: aws.clusterName,
  },
  cluster_endpoint: optional(
    "Address of the cluster's API server; when null, the controller asks EKS.",
    aws.clusterEndpoint,
  ),
  karpenter_version: {
    type: "string",
    description: "Release of Karpenter: of its charts, permissions and event rules.",
    default: DEFAULT_KARPENTER_VERSION,
    rule: karpenterVersion,
  },
  kubernetes_version: optional(
    "Minor version of the cluster's Kubernetes; with it, a release of Karpenter that is not made for it is refused. When null, that is not checked.",
    kubernetesVersion,
  ),
  name_prefix: optional(
    "What generated names begin with; when null, the cluster's name. Clusters of one name in two regions of an account need one each.",
    aws.namePrefix,
  ),
  partition: optional("AWS partition; when null, the provider's.", aws.partition),
  region: optional("Region of the cluster; when null, the provider's.", aws.region),
  account_id: optional("Account of the cluster, 12 digits; when null, the provider's.", aws.accountId),
  permissions_boundary_arn: optional(
    "ARN of the policy that bounds every role made here; when null, none.",
    aws.permissionsBoundaryArn,
  ),
  iam_path: {
    type: "string",
    description: "IAM path of every role, policy and instance profile made here.",
    default: "/",
    rule: aws.iamPath,
  },
  tags: {
    type: "map(string)",
    description: "Tags of everything made here, beside the provider's default tags.",
    default: {},
    rule: aws.tags,
  },
  subnet_ids: {
    type: "list(string)",
    description: "Ids of the private subnets that Karpenter starts nodes in, and the controller's on Fargate.",
    rule: aws.subnetIds,
  },
  security_group_ids: {
    type: "list(string)",
    description: "Ids of the security groups of the nodes that Karpenter starts.",
    rule: aws.securityGroupIds,
  },
} as const satisfies Inputs;
