# A cluster without a node group and Karpenter with its NodePools, made in one apply. The network is yours.

resource "aws_iam_role" "cluster" {
  name = "prod-cluster"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Principal = { Service = "eks.amazonaws.com" }
    }]
  })
}

data "aws_partition" "current" {}

resource "aws_iam_role_policy_attachment" "cluster" {
  role       = aws_iam_role.cluster.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/AmazonEKSClusterPolicy"
}

resource "aws_eks_cluster" "this" {
  name     = "prod"
  role_arn = aws_iam_role.cluster.arn

  access_config {
    authentication_mode = "API"
  }

  vpc_config {
    subnet_ids = var.private_subnet_ids
  }

  depends_on = [aws_iam_role_policy_attachment.cluster]
}

resource "aws_iam_openid_connect_provider" "this" {
  url            = aws_eks_cluster.this.identity[0].oidc[0].issuer
  client_id_list = ["sts.amazonaws.com"]
}

module "karpenter" {
  source = "../.."

  cluster_name       = aws_eks_cluster.this.name
  cluster_endpoint   = aws_eks_cluster.this.endpoint
  oidc_provider_arn  = aws_iam_openid_connect_provider.this.arn
  subnet_ids         = var.private_subnet_ids
  security_group_ids = [aws_eks_cluster.this.vpc_config[0].cluster_security_group_id]

  node_pools = {
    default = {
      requirements = [
        { key = "karpenter.sh/capacity-type", operator = "In", values = ["spot", "on-demand"] },
        { key = "karpenter.k8s.aws/instance-category", operator = "In", values = ["c", "m", "r"] },
      ]
      limits                 = { cpu = "1000", memory = "1000Gi" }
      terminationGracePeriod = "20m"
    }
  }
  node_classes = { default = { amiAlias = "al2023@v20260714" } }

  # What nodes need to reach AWS: a destroy keeps it until the last node is gone.
  nodes_depend_on = var.nat_gateway_ids

  tags = { team = "platform" }
}
