import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import type { ModuleOutputProps } from "../../../lib/module";
import { addPreconditions, ModuleOutput } from "../../../lib/module";
import { synth } from "../../support/stack";

const PRECONDITION = { condition: "${var.a != null}", error_message: "give a" };

function block(props: Partial<ModuleOutputProps> = {}): unknown {
  const { json } = synth((stack) => new ModuleOutput(stack, "name", { description: "A name.", value: "x", ...props }));
  return (json.output as Record<string, unknown>).name;
}

describe("ModuleOutput", () => {
  test("is an output of its own name", () => {
    expect(block()).toEqual({ value: "x", description: "A name." });
  });

  // https://github.com/open-constructs/cdk-terrain/issues/448
  test("keeps its preconditions", () => {
    expect(block({ preconditions: [PRECONDITION, PRECONDITION] })).toEqual({
      value: "x",
      description: "A name.",
      precondition: [PRECONDITION, PRECONDITION],
    });
  });

  test("has no precondition for an empty list", () => {
    expect(block({ preconditions: [] })).not.toHaveProperty("precondition");
  });

  test("names what must be there before whoever reads it, as Terraform wants it", () => {
    const { json } = synth((stack) => {
      const queue = new SqsQueue(stack, "q", { name: "q" });
      new ModuleOutput(stack, "name", { description: "A name.", value: "x", dependsOn: [queue] });
    });
    expect(json.output).toMatchObject({ name: { depends_on: ["aws_sqs_queue.q"] } });
  });

  test("is sensitive when it is said so", () => {
    expect(block({ sensitive: true })).toMatchObject({ sensitive: true });
  });
});

describe("addPreconditions", () => {
  test("puts preconditions into a resource's lifecycle", () => {
    const synthesized = synth((stack) => addPreconditions(new SqsQueue(stack, "q", { name: "q" }), [PRECONDITION]));
    expect(synthesized.resource("aws_sqs_queue", "q")).toEqual({
      name: "q",
      lifecycle: { precondition: [PRECONDITION] },
    });
  });
});
