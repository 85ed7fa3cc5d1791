variable "replicas" {
  type        = number
  description = "How many pods ask for room."
  default     = 0
}
