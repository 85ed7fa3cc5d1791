import { Construct } from "constructs";
import { TerraformStack, Testing } from "cdktf";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { ReadableStack } from "../../../lib/terraform/readable-stack";
import { movedFrom } from "../../../lib";

type Kind = new (scope: Construct, id: string) => TerraformStack;

/** A stack with two queues below a construct of this path, as JSON. */
function stackWith(kind: Kind, path: string, former?: string) {
  const stack = new kind(Testing.app(), "platform");
  const made = path.split("/").reduce((scope: Construct, id) => new Construct(scope, id), stack);
  new SqsQueue(made, "Resource", {});
  new SqsQueue(new Construct(made, "deeper"), "queue", {});
  if (former !== undefined) {
    movedFrom(made, former);
  }
  return JSON.parse(Testing.synth(stack)) as {
    resource: { aws_sqs_queue: object };
    moved?: { from: string; to: string }[];
  };
}

const addresses = (kind: Kind, path: string) =>
  Object.keys(stackWith(kind, path).resource.aws_sqs_queue).map((name) => `aws_sqs_queue.${name}`);

describe.each([TerraformStack, ReadableStack])("movedFrom in a %p", (kind) => {
  test.each([
    ["another id", "queues", "karpenter"],
    ["another depth", "team/queues", "karpenter"],
    ["the top", "queues", "team/karpenter"],
  ])("leads every address to %s", (_, now, before) => {
    const { moved = [] } = stackWith(kind, now, before);
    expect(moved.map(({ from }) => from).sort()).toEqual(addresses(kind, before).sort());
    expect(moved.map(({ to }) => to).sort()).toEqual(addresses(kind, now).sort());
  });

  test("says nothing of what has the address that it had", () => {
    expect(stackWith(kind, "queues", "queues").moved ?? []).toEqual([]);
  });
});
