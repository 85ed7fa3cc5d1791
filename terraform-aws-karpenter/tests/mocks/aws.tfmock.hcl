# What the AWS provider would answer, for `terraform test` without an account: Terraform's own mocks are random letters, which
# are no ARN and no policy. Take it with: mock_provider "aws" { source = "./.terraform/modules/karpenter/tests/mocks" }

mock_data "aws_partition" {
  defaults = { partition = "aws", dns_suffix = "amazonaws.com" }
}

mock_data "aws_region" {
  defaults = { id = "eu-north-1" }
}

mock_data "aws_caller_identity" {
  defaults = { account_id = "111122223333" }
}

mock_data "aws_iam_policy_document" {
  defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
}

mock_resource "aws_iam_role" {
  defaults = { arn = "arn:aws:iam::111122223333:role/mock", unique_id = "AROAMOCKMOCKMOCKMOCK1" }
}

mock_resource "aws_iam_policy" {
  defaults = { arn = "arn:aws:iam::111122223333:policy/mock" }
}

mock_resource "aws_iam_instance_profile" {
  defaults = { arn = "arn:aws:iam::111122223333:instance-profile/mock" }
}

mock_resource "aws_sqs_queue" {
  defaults = { arn = "arn:aws:sqs:eu-north-1:111122223333:mock", url = "https://sqs.eu-north-1.amazonaws.com/111122223333/mock" }
}

mock_resource "aws_cloudwatch_event_rule" {
  defaults = { arn = "arn:aws:events:eu-north-1:111122223333:rule/mock" }
}

mock_resource "aws_eks_fargate_profile" {
  defaults = { arn = "arn:aws:eks:eu-north-1:111122223333:fargateprofile/mock/mock/00000000-0000-0000-0000-000000000000" }
}
