variable "private_subnet_ids" {
  type        = list(string)
  description = "Private subnets, in at least two zones."
}

variable "nat_gateway_ids" {
  type        = list(string)
  description = "NAT gateways of the private subnets, or the VPC endpoints where there are none."
}
