import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { TerraformOutput } from "cdktf";
import type { Toggle } from "../../../lib/terraform/expression";
import { both, choose, countOf, equals, isGiven, not, OptionalResource, zeroOrOne } from "../../../lib/terraform";
import type { Synthesized } from "../../support/stack";
import { render, synth } from "../../support/stack";
import { variable, variableFlag } from "../../support/tokens";

function queueBy(condition: Toggle, otherwise?: unknown): Synthesized {
  return synth((stack) => {
    const queue = new OptionalResource(condition, (count) => new SqsQueue(stack, "q", { count, name: "q" }));
    new TerraformOutput(stack, "arn", { value: queue.attribute("arn", otherwise) });
    new TerraformOutput(stack, "waits", { value: queue.dependables.map(({ friendlyUniqueId }) => friendlyUniqueId) });
  });
}

describe("OptionalResource", () => {
  test("is a plain resource when it is known to exist", () => {
    const synthesized = queueBy(true, "other");
    expect(synthesized.resource("aws_sqs_queue", "q")).toEqual({ name: "q" });
    expect(synthesized.output("arn")).toBe("${aws_sqs_queue.q.arn}");
    expect(synthesized.output("waits")).toEqual(["q"]);
  });

  test("is no resource at all when it is known not to exist", () => {
    const synthesized = queueBy(false);
    expect(synthesized.resources).toEqual([]);
    expect(synthesized.output("arn")).toBe("${null}");
    expect(synthesized.output("waits")).toEqual([]);
  });

  test("hands out the alternative when it is known not to exist", () => {
    expect(queueBy(false, "existing").output("arn")).toBe("existing");
  });

  test("carries a count and is read through one() when Terraform decides", () => {
    const synthesized = queueBy(variableFlag("create"));
    expect(synthesized.resource("aws_sqs_queue", "q")).toEqual({ name: "q", count: "${var.create ? 1 : 0}" });
    expect(synthesized.output("arn")).toBe("${one(aws_sqs_queue.q[*].arn)}");
    expect(synthesized.output("waits")).toEqual(["q"]);
  });

  test("chooses between itself and the alternative when Terraform decides", () => {
    expect(queueBy(variableFlag("create"), variable("arn")).output("arn")).toBe(
      "${var.create ? one(aws_sqs_queue.q[*].arn) : var.arn}",
    );
  });

  test("works for data sources", () => {
    const synthesized = synth((stack) => {
      const document = new OptionalResource(
        variableFlag("create"),
        (count) => new DataAwsIamPolicyDocument(stack, "doc", { count }),
      );
      new TerraformOutput(stack, "json", { value: document.attribute("json") });
    });
    expect(synthesized.output("json")).toBe("${one(data.aws_iam_policy_document.doc[*].json)}");
  });
});

describe("countOf", () => {
  test("gives no count to what is known", () => {
    expect(countOf(true)).toBeUndefined();
    expect(countOf(false)).toBeUndefined();
  });
});

describe("both", () => {
  const on = variableFlag("on");

  test.each([
    [true, true, true],
    [true, false, false],
    [false, true, false],
    [false, false, false],
  ])("knows that %p and %p is %p", (a, b, result) => {
    expect(both(a, b)).toBe(result);
  });

  test("takes the unknown side when the known one holds", () => {
    expect(both(true, on)).toBe(on);
    expect(both(on, true)).toBe(on);
  });

  test("is false when one side is known to fail", () => {
    expect(both(false, on)).toBe(false);
    expect(both(on, false)).toBe(false);
  });

  test("leaves two unknown sides to Terraform", () => {
    expect(render(both(on, equals(variable("a"), "b")))).toBe('${var.on && (var.a == "b")}');
  });
});

describe("not", () => {
  test("turns a known condition round", () => {
    expect([not(true), not(false)]).toEqual([false, true]);
  });

  test("negates the whole of an unknown condition", () => {
    expect(render(not(equals(variable("a"), "b")))).toBe('${!(var.a == "b")}');
  });
});

describe("choose", () => {
  test("takes a side when the condition is known", () => {
    expect(choose(true, "yes", "no")).toBe("yes");
    expect(choose(false, "yes", "no")).toBe("no");
  });

  test("leaves an unknown condition to Terraform and keeps a null", () => {
    expect(render(choose(variableFlag("on"), { a: "b" }, null))).toBe('${var.on ? {"a" = "b"} : null}');
  });
});

describe("equals and isGiven", () => {
  test("decide about known values", () => {
    expect([equals("a", "a"), equals("a", "b")]).toEqual([true, false]);
    expect([isGiven("a"), isGiven(undefined)]).toEqual([true, false]);
  });

  test("leave unknown values to Terraform", () => {
    expect(render(equals(variable("a"), "b"))).toBe('${var.a == "b"}');
    expect(render(isGiven(variable("a")))).toBe("${var.a != null}");
  });
});

describe("zeroOrOne", () => {
  test("is a list of none or one of a known value", () => {
    expect(zeroOrOne(undefined)).toEqual([]);
    expect(zeroOrOne("a")).toEqual(["a"]);
  });

  test("drops a null that only Terraform finds", () => {
    expect(render(zeroOrOne(variable("a")))).toBe("${compact([var.a])}");
  });
});
