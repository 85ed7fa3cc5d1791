variable "private_subnet_ids" {
  type        = map(string)
  description = "Private subnets by zone."
}

variable "node_security_group_id" {
  type        = string
  description = "Security group of the nodes."
}

variable "node_role_arn" {
  type        = string
  description = "ARN of the role that Karpenter's nodes run as."
}
