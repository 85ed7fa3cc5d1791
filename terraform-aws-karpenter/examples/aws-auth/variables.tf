variable "cluster_endpoint" {
  type        = string
  description = "Address of the cluster's API server."
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

variable "other_roles" {
  type        = list(object({ rolearn = string, username = string, groups = list(string) }))
  description = "Every other mapping that the ConfigMap has."
  default     = []
}
