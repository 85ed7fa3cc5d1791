import { Construct } from "constructs";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import type { ReadableStack } from "../../../lib/terraform/readable-stack";
import { snakeCase } from "../../../lib/terraform/readable-stack";
import { readableStack, synth } from "../../support/stack";

function role(scope: Construct, id: string): IamRole {
  return new IamRole(scope, id, { assumeRolePolicy: "{}" });
}

describe("snakeCase", () => {
  test.each([
    ["SpotInterruption", "spot_interruption"],
    ["spot-interruption", "spot_interruption"],
    ["spot interruption", "spot_interruption"],
    ["oidcProviderArn", "oidc_provider_arn"],
    ["AmazonEKS_CNI_Policy", "amazon_eks_cni_policy"],
    ["AmazonEC2ContainerRegistryPullOnly", "amazon_ec2_container_registry_pull_only"],
    ["interruptionQueueKmsKeyArn", "interruption_queue_kms_key_arn"],
    ["already_snake", "already_snake"],
  ])("makes %s into %s", (text, snake) => {
    expect(snakeCase(text)).toBe(snake);
  });
});

describe("ReadableStack", () => {
  test("makes addresses of construct paths without a hash", () => {
    const synthesized = synth((stack) => role(new Construct(stack, "FargateProfile"), "pod-execution role"));
    expect(synthesized.addresses).toEqual(["aws_iam_role.fargate_profile_pod_execution_role"]);
  });

  test("leaves Resource out, so that the main child carries its construct's name", () => {
    const synthesized = synth((stack) => role(new Construct(stack, "node"), "Resource"));
    expect(synthesized.addresses).toEqual(["aws_iam_role.node"]);
  });

  test("lets elements of different types share a name", () => {
    const synthesized = synth((stack) => {
      role(stack, "karpenter");
      new SqsQueue(stack, "Karpenter", {});
    });
    expect(synthesized.addresses).toEqual(["aws_iam_role.karpenter", "aws_sqs_queue.karpenter"]);
  });

  test("gives the same element the same address however often it is asked", () => {
    const element = role(readableStack(), "node-role");
    expect([element.friendlyUniqueId, element.fqn, element.friendlyUniqueId]).toEqual([
      "node_role",
      expect.any(String),
      "node_role",
    ]);
  });

  test("fails when two elements of a type would share an address, and names both", () => {
    const stack: ReadableStack = readableStack();
    const first = role(stack, "node-role");
    const second = role(stack, "nodeRole");
    expect(first.friendlyUniqueId).toBe("node_role");
    expect(() => second.friendlyUniqueId).toThrow(
      'two constructs would share the Terraform address "aws_iam_role.node_role": ' +
        '"test/node-role" and "test/nodeRole"; rename one of them',
    );
  });
});
