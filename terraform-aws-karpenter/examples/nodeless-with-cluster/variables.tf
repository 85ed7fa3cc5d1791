variable "private_subnet_ids" {
  type        = list(string)
  description = "Private subnets, in at least two zones."
}
