import { Construct } from "constructs";
import { TerraformStack, Testing } from "cdktf";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import type { TakeOverProps } from "../../../lib";
import { takeOver } from "../../../lib";
import { ReadableStack } from "../../../lib/terraform/readable-stack";

/** A stack with a queue, one that is counted and a role, of which something is taken over. */
function synthesized(Kind: typeof TerraformStack | typeof ReadableStack, ...calls: readonly TakeOverProps[]) {
  const stack = new Kind(Testing.app(), "platform");
  const construct = new Construct(stack, "karpenter");
  new SqsQueue(construct, "queue", {});
  new SqsQueue(construct, "counted", { count: 1 });
  new IamRole(new Construct(construct, "node"), "Resource", { assumeRolePolicy: "{}" }).importFrom("others");
  calls.forEach((props) => takeOver(construct, props));
  return JSON.parse(Testing.synth(stack)) as Record<string, unknown[]>;
}

describe("takeOver", () => {
  test("imports by id and moves by address, beside imports of others", () => {
    const { import: imports, moved } = synthesized(ReadableStack, {
      existing: [
        { resource: "queue", id: "https://queue" },
        { resource: "counted", from: "aws_sqs_queue.old" },
        { resource: "node/Resource", key: "a.b", from: 'aws_iam_role.old["a"]' },
      ],
    });
    expect(imports).toEqual(
      expect.arrayContaining([
        { to: "aws_sqs_queue.karpenter_queue", id: "https://queue" },
        { to: "aws_iam_role.karpenter_node", id: "others" },
      ]),
    );
    expect(moved).toEqual([
      { from: "aws_sqs_queue.old", to: "aws_sqs_queue.karpenter_counted[0]" },
      { from: 'aws_iam_role.old["a"]', to: 'aws_iam_role.karpenter_node["a.b"]' },
    ]);
  });

  test("has Terraform forget what is not taken, and leave it there", () => {
    const { removed, moved } = synthesized(TerraformStack, { existing: [], forgotten: ["aws_iam_policy.old"] });
    expect(removed).toEqual([{ from: "aws_iam_policy.old", lifecycle: { destroy: false } }]);
    expect(moved).toBeUndefined();
  });

  test("says which resources there are, where one is not", () => {
    const wrong = { existing: [{ resource: "node/role", id: "a" }] };
    expect(() => synthesized(TerraformStack, wrong)).toThrow(
      '"node/role" is no resource of platform/karpenter, but must be one that it has: queue, counted, node/Resource;',
    );
  });
});
