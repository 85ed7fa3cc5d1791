import { minorVersionOf } from "../../../../lib/versions";
import type { EventRule, Queue, QueueFacts } from "../../../../cli/doctor/aws/interruption-judges";
import { covers, judgeEventRules, judgeQueue } from "../../../../cli/doctor/aws/interruption-judges";

const QUEUE: Queue = {
  arn: "arn:aws:sqs:eu-north-1:123456789012:prod-karpenter",
  kmsKey: undefined,
  policy: JSON.stringify({
    Statement: {
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Condition: { ArnLike: { "aws:SourceArn": "arn:aws:events:eu-north-1:123456789012:rule/prod-*" } },
    },
  }),
};
const { eventRules: WANTED } = minorVersionOf("1.14.3");
const RULES: readonly EventRule[] = WANTED.map(({ id, eventPattern }) => ({
  name: `prod-${id}`,
  arn: `arn:aws:events:eu-north-1:123456789012:rule/prod-${id}`,
  isEnabled: true,
  pattern: eventPattern,
}));

describe("the interruption queue", () => {
  test.each<[string, Partial<QueueFacts>, string]>([
    ["there, and read", {}, "ok"],
    ["there before the controller", { controller: "none" }, "ok"],
    ["gone, and read", { queue: undefined }, "error"],
    ["gone, with no controller", { queue: undefined, controller: "none" }, "ok"],
    ["gone, with a controller that is not seen", { queue: undefined, controller: "unseen" }, "unknown"],
    ["read by nobody", { controller: "without" }, "warning"],
    ["encrypted with the key of SQS", { queue: { ...QUEUE, kmsKey: "alias/aws/sqs" } }, "error"],
    ["encrypted with a key of one's own", { queue: { ...QUEUE, kmsKey: "alias/own" } }, "ok"],
  ])("that is %s is: %s", (_, facts, state) => {
    const verdicts = judgeQueue({ name: "prod-karpenter", controller: "with", queue: QUEUE, ...facts });
    expect(verdicts.map((verdict) => verdict.state)).toEqual([state]);
  });
});

describe("the rules of EventBridge", () => {
  const judged = (rules: readonly EventRule[], queue: Queue | undefined = QUEUE) =>
    judgeEventRules({ queue, rules, wanted: WANTED });

  it("send every kind of event of the release", () => {
    expect(judged(RULES)).toEqual([{ state: "ok", text: "5 kinds of events reach the queue" }]);
  });

  it("are missed by what they would send", () => {
    expect(judged(RULES.slice(1))).toEqual([
      { state: "error", text: expect.stringContaining("maintenance that AWS Health has scheduled") as string },
    ]);
  });

  it("are told when they are disabled, unless another sends the same", () => {
    const disabled = { ...RULES[1], isEnabled: false };
    expect(judged([...RULES.filter((rule) => rule !== RULES[1]), disabled])).toEqual([
      { state: "error", text: expect.stringMatching(/prod-spot-interruption is disabled/) as string },
    ]);
    expect(judged([...RULES, disabled])).toMatchObject([{ state: "ok" }]);
  });

  it("are told when the queue's policy does not let them in", () => {
    expect(judged(RULES, { ...QUEUE, policy: undefined }).map(({ state }) => state)).toEqual(RULES.map(() => "error"));
    const other = { ...RULES[0], arn: "arn:aws:events:eu-north-1:123456789012:rule/other" };
    expect(judged([other, ...RULES.slice(1)])).toEqual([
      { state: "error", text: expect.stringContaining("rule/other") as string },
    ]);
  });

  it("are of no use without a queue", () => {
    expect(judgeEventRules({ queue: undefined, rules: [], wanted: WANTED })).toMatchObject([{ state: "ok" }]);
  });

  test.each([
    ["the same", { source: ["aws.ec2"] }, true],
    ["a wider list", { source: ["aws.ec2", "aws.health"] }, true],
    ["anything", {}, true],
    ["another source", { source: ["aws.health"] }, false],
    ["a detail that is not asked for", { detail: { state: ["stopped"] } }, false],
    ["a prefix, which is not read", { source: [{ prefix: "aws." }] }, false],
  ])("cover events with a pattern of %s: %j is %s", (_, pattern, answer) => {
    expect(covers(pattern, { source: ["aws.ec2"], "detail-type": ["x"] })).toBe(answer);
  });
});
