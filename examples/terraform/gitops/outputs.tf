output "helm_values" {
  description = "For a release of the karpenter chart."
  value       = module.karpenter.helm_values
}
