variable "cluster" {
  type        = object({ name = string, endpoint = string, certificate_authority = string })
  description = "The EKS cluster; the certificate authority in base64, as EKS gives it."
}

variable "oidc_provider_arn" {
  type        = string
  description = "ARN of the cluster's IAM OIDC provider."
}

variable "private_subnet_ids" {
  type        = list(string)
  description = "Private subnets, in at least two zones."
}

variable "node_security_group_id" {
  type        = string
  description = "Security group of the nodes."
}
