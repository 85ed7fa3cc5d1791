import { TerraformOutput } from "cdktf";
import type { InterruptionQueueProps } from "../../../lib/aws/interruption-queue";
import { InterruptionQueue } from "../../../lib/aws/interruption-queue";
import { evaluate } from "../../support/hcl";
import { KEY_ARN, LONG_NAME, TAGS } from "../../support/fixtures";
import { policyDocument } from "../../support/policy";
import { problemsOf, synth } from "../../support/stack";
import { variable } from "../../support/tokens";

const queue = (props: Partial<InterruptionQueueProps> = {}) =>
  synth((stack) => {
    const made = new InterruptionQueue(stack, "interruption", { clusterName: "demo", ...props });
    new TerraformOutput(stack, "rules", { value: made.eventRuleArns });
  });

/** The rules with the pattern of each. */
const PATTERNS = {
  health: {
    source: ["aws.health"],
    "detail-type": ["AWS Health Event"],
    detail: { service: ["EC2"], eventTypeCategory: ["scheduledChange"] },
  },
  "spot-interruption": { source: ["aws.ec2"], "detail-type": ["EC2 Spot Instance Interruption Warning"] },
  rebalance: { source: ["aws.ec2"], "detail-type": ["EC2 Instance Rebalance Recommendation"] },
  "instance-state-change": { source: ["aws.ec2"], "detail-type": ["EC2 Instance State-change Notification"] },
  "capacity-reservation-interruption": {
    source: ["aws.ec2"],
    "detail-type": ["EC2 Capacity Reservation Instance Interruption Warning"],
  },
};
const RULES = Object.keys(PATTERNS);
const address = (rule: string) => `interruption_${rule.replaceAll("-", "_")}`;

describe("InterruptionQueue", () => {
  test("is a queue with its policy, five rules and their targets", () => {
    expect(queue().addresses).toEqual(
      [
        ...RULES.map((rule) => `aws_cloudwatch_event_rule.${address(rule)}`),
        ...RULES.map((rule) => `aws_cloudwatch_event_target.${address(rule)}_target`),
        "aws_sqs_queue.interruption",
        "aws_sqs_queue_policy.interruption_queue_policy",
        "data.aws_iam_policy_document.interruption_queue_policy_document",
      ].sort(),
    );
  });

  test("keeps messages for 300 seconds and lets SQS encrypt them", () => {
    expect(queue().resource("aws_sqs_queue", "interruption")).toEqual({
      name: "demo-karpenter",
      message_retention_seconds: 300,
      sqs_managed_sse_enabled: true,
    });
  });

  test("is encrypted with a key of one's own instead", () => {
    expect(queue({ interruptionQueueKmsKeyArn: KEY_ARN }).resource("aws_sqs_queue", "interruption")).toEqual({
      name: "demo-karpenter",
      message_retention_seconds: 300,
      kms_master_key_id: KEY_ARN,
    });
  });

  test("never asks for both kinds of encryption where Terraform knows the key", () => {
    const block = queue({ interruptionQueueKmsKeyArn: variable("key") }).resource("aws_sqs_queue", "interruption");
    const encryption = (key: string | null) =>
      [block.kms_master_key_id, block.sqs_managed_sse_enabled].map((value) =>
        evaluate(String(value), { var: { key } }),
      );
    expect(encryption(null)).toEqual([null, true]);
    expect(encryption(KEY_ARN)).toEqual([KEY_ARN, null]);
  });

  test.each(Object.entries(PATTERNS))("sends exactly the events of %s to the queue", (rule, pattern) => {
    const synthesized = queue();
    const { name, event_pattern } = synthesized.resource("aws_cloudwatch_event_rule", address(rule));
    expect(JSON.parse(String(event_pattern))).toEqual(pattern);
    expect(name).toBe(`demo-karpenter-${rule}`);
    expect(synthesized.resource("aws_cloudwatch_event_target", `${address(rule)}_target`)).toEqual({
      rule: `\${aws_cloudwatch_event_rule.${address(rule)}.name}`,
      target_id: "KarpenterInterruptionQueueTarget",
      arn: "${aws_sqs_queue.interruption.arn}",
    });
  });

  test("lets EventBridge send for these rules only, and nobody speak to it without TLS", () => {
    const arns = Object.fromEntries(RULES.map((rule) => [address(rule), { arn: `arn:${rule}` }]));
    const scope = { aws_sqs_queue: { interruption: { arn: "arn:queue" } }, aws_cloudwatch_event_rule: arns };
    expect(policyDocument(queue(), "interruption_queue_policy_document", scope)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AllowEventBridgeRules",
          Effect: "Allow",
          Action: "sqs:SendMessage",
          Resource: "arn:queue",
          Principal: { Service: "events.amazonaws.com" },
          Condition: { ArnEquals: { "aws:SourceArn": RULES.map((rule) => `arn:${rule}`) } },
        },
        {
          Sid: "DenyHTTP",
          Effect: "Deny",
          Action: "sqs:*",
          Resource: "arn:queue",
          Principal: "*",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
    expect(queue().resource("aws_sqs_queue_policy", "interruption_queue_policy")).toEqual({
      queue_url: "${aws_sqs_queue.interruption.url}",
      policy: "${data.aws_iam_policy_document.interruption_queue_policy_document.json}",
    });
  });

  test.each(["0.27.8", "1.9.3"])("has no rule for what Karpenter %s does not act on", (karpenterVersion) => {
    const older = RULES.filter((rule) => rule !== "capacity-reservation-interruption");
    const synthesized = queue({ karpenterVersion });
    expect(synthesized.resources.filter((name) => name.includes("capacity_reservation"))).toEqual([]);
    expect(Object.keys(synthesized.output("rules") as object).sort()).toEqual(older.sort());
  });

  test("lets Terraform decide by the release, and the rule that is not there send nothing", () => {
    const synthesized = queue({ karpenterVersion: variable("version") });
    const reserved = address("capacity-reservation-interruption");
    const late = [
      synthesized.resource("aws_cloudwatch_event_rule", reserved),
      synthesized.resource("aws_cloudwatch_event_target", `${reserved}_target`),
    ];
    const counts = (version: string) => {
      const karpenter_minor = evaluate(String(synthesized.local("karpenter_minor")), { var: { version } });
      return late.map(({ count }) => evaluate(String(count), { local: { karpenter_minor } }));
    };
    expect([counts("1.9.3"), counts("1.10.0"), counts("1.15.1")]).toEqual([
      [0, 0],
      [1, 1],
      [1, 1],
    ]);
    expect(synthesized.resource("aws_cloudwatch_event_rule", "interruption_health").count).toBeUndefined();

    const arns = (reservation: object[]) => {
      const others = Object.fromEntries(RULES.map((rule) => [address(rule), { arn: `arn:${rule}` }]));
      const scope = {
        aws_sqs_queue: { interruption: { arn: "arn:queue" } },
        aws_cloudwatch_event_rule: { ...others, [reserved]: reservation },
      };
      const [allow] = policyDocument(synthesized, "interruption_queue_policy_document", scope).Statement;
      return allow.Condition?.ArnEquals["aws:SourceArn"];
    };
    expect(arns([])).toHaveLength(4);
    expect(arns([{ arn: "arn:reserved" }])).toHaveLength(5);
  });

  test("hands out the rules' ARNs by what they are about", () => {
    expect(queue().output("rules")).toEqual(
      Object.fromEntries(RULES.map((rule) => [rule, `\${aws_cloudwatch_event_rule.${address(rule)}.arn}`])),
    );
  });

  test("takes a name of one's own, a prefix and tags", () => {
    const synthesized = queue({ interruptionQueueName: "mine", namePrefix: "eu", tags: TAGS });
    expect(synthesized.resource("aws_sqs_queue", "interruption")).toMatchObject({ name: "mine", tags: TAGS });
    expect(synthesized.resource("aws_cloudwatch_event_rule", "interruption_health")).toMatchObject({
      name: "eu-karpenter-health",
      tags: TAGS,
    });
    expect(queue({ namePrefix: "eu" }).resource("aws_sqs_queue", "interruption").name).toBe("eu-karpenter");
  });

  test("keeps its names within the limits for a cluster's name of 100 characters", () => {
    const synthesized = queue({ clusterName: LONG_NAME });
    const rules = RULES.map((rule) => String(synthesized.resource("aws_cloudwatch_event_rule", address(rule)).name));
    expect(synthesized.resource("aws_sqs_queue", "interruption").name).toHaveLength(80);
    expect(rules.map(({ length }) => length)).toEqual([64, 64, 64, 64, 64]);
    expect(new Set(rules).size).toBe(5);
  });

  test("refuses a FIFO queue's name and an alias for a key, both at once", () => {
    const problems = problemsOf(
      (stack) =>
        new InterruptionQueue(stack, "interruption", {
          clusterName: "demo",
          interruptionQueueName: "q.fifo",
          interruptionQueueKmsKeyArn: "alias/aws/sqs",
        }),
    );
    expect(problems).toEqual([
      '"interruptionQueueName" is "q.fifo", but must be 1 to 80 letters, digits, hyphens and underscores; ' +
        "give the queue's name and not its ARN or URL, or leave it out",
      '"interruptionQueueKmsKeyArn" is "alias/aws/sqs", but must be the ARN of a customer managed KMS key, ' +
        "arn:<partition>:kms:<region>:<account>:key/<id>; give the key's ARN and let events.amazonaws.com use it in its key " +
        "policy; alias/aws/sqs would drop events",
    ]);
  });
});
