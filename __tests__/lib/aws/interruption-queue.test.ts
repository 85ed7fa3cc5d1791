import { TerraformOutput } from "cdktf";
import type { InterruptionQueueProps } from "../../../lib/aws/interruption-queue";
import { InterruptionQueue } from "../../../lib/aws/interruption-queue";
import { evaluate, localsOf } from "../../support/hcl";
import { KEY_ARN, LONG_NAME, TAGS } from "../../support/fixtures";
import { policyDocument } from "../../support/policy";
import { problemsOf, synth } from "../../support/stack";
import { variable, variableFlag, variableMap } from "../../support/tokens";

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
const DOCUMENT = "interruption_queue_policy_document";
const POLICY = `\${data.aws_iam_policy_document.${DOCUMENT}.json}`;
/** Where the provider is. */
const DATA = {
  aws_partition: { interruption_partition: { partition: "aws" } },
  aws_region: { interruption_region: { id: "eu-north-1" } },
  aws_caller_identity: { interruption_caller: { account_id: "111122223333" } },
};
/** Where the queue is. */
const PLACE = { partition: "aws", region: "eu-north-1", accountId: "111122223333" };
const ruleArn = (name: string) => `arn:aws:events:eu-north-1:111122223333:rule/${name}`;
const AUDIT = {
  effect: "Deny",
  actions: ["sqs:PurgeQueue"],
  principals: [{ type: "*", identifiers: ["*"] }],
  conditions: [{ test: "ArnNotLike", variable: "aws:PrincipalArn", values: ["arn:aws:iam::111122223333:role/ops"] }],
} as const;
const AUDIT_IN_IAM = {
  Sid: "OpsAlone",
  Effect: "Deny",
  Action: "sqs:PurgeQueue",
  Resource: "arn:aws:sqs:eu-north-1:111122223333:demo-karpenter",
  Principal: "*",
  Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/ops" } },
};
const address = (rule: string) => `interruption_${rule.replaceAll("-", "_")}`;

describe("InterruptionQueue", () => {
  test("is a queue with its policy, five rules and their targets", () => {
    expect(queue().addresses).toEqual(
      [
        ...RULES.map((rule) => `aws_cloudwatch_event_rule.${address(rule)}`),
        ...RULES.map((rule) => `aws_cloudwatch_event_target.${address(rule)}_target`),
        "aws_sqs_queue.interruption",
        "data.aws_caller_identity.interruption_caller",
        "data.aws_iam_policy_document.interruption_queue_policy_document",
        "data.aws_partition.interruption_partition",
        "data.aws_region.interruption_region",
      ].sort(),
    );
  });

  test("keeps messages for 300 seconds and lets SQS encrypt them", () => {
    expect(queue().resource("aws_sqs_queue", "interruption")).toEqual({
      name: "demo-karpenter",
      message_retention_seconds: 300,
      sqs_managed_sse_enabled: true,
      policy: POLICY,
    });
  });

  test("is encrypted with a key of one's own instead", () => {
    expect(queue({ interruptionQueueKmsKeyArn: KEY_ARN }).resource("aws_sqs_queue", "interruption")).toEqual({
      name: "demo-karpenter",
      message_retention_seconds: 300,
      kms_master_key_id: KEY_ARN,
      policy: POLICY,
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
    expect(policyDocument(queue(PLACE), DOCUMENT)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AllowEventBridgeRules",
          Effect: "Allow",
          Action: "sqs:SendMessage",
          Resource: "arn:aws:sqs:eu-north-1:111122223333:demo-karpenter",
          Principal: { Service: "events.amazonaws.com" },
          Condition: { ArnEquals: { "aws:SourceArn": RULES.map((rule) => ruleArn(`demo-karpenter-${rule}`)) } },
        },
        {
          Sid: "DenyHTTP",
          Effect: "Deny",
          Action: "sqs:*",
          Resource: "arn:aws:sqs:eu-north-1:111122223333:demo-karpenter",
          Principal: "*",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });

  test("has its policy as it is made, known before anything is", () => {
    expect(JSON.stringify(queue(PLACE).data("aws_iam_policy_document", DOCUMENT))).not.toContain("${");
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

    const arns = (version: string) => {
      const karpenter_minor = evaluate(String(synthesized.local("karpenter_minor")), { var: { version } });
      const [allow] = policyDocument(synthesized, DOCUMENT, { local: { karpenter_minor }, data: DATA }).Statement;
      return allow.Condition?.ArnEquals["aws:SourceArn"];
    };
    expect(arns("1.9.3")).toHaveLength(4);
    expect(arns("1.10.0")).toHaveLength(5);
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

  test("takes rules' names of one's own, and lets these send", () => {
    const names = { eventRuleNames: { health: "maintenance" } };
    const made = queue({ ...PLACE, ...names });
    expect(made.resource("aws_cloudwatch_event_rule", "interruption_health").name).toBe("maintenance");
    expect(made.resource("aws_cloudwatch_event_rule", "interruption_rebalance").name).toBe("demo-karpenter-rebalance");
    expect(JSON.stringify(policyDocument(made, DOCUMENT))).toContain(ruleArn("maintenance"));
    const atPlan = queue({ ...PLACE, eventRuleNames: variableMap("names") });
    const { name } = atPlan.resource("aws_cloudwatch_event_rule", "interruption_health");
    const named = (value: object) =>
      evaluate(String(name), {
        local: localsOf(atPlan.json.locals as Record<string, unknown>, { var: { names: value } }),
      });
    expect([named({ health: "maintenance" }), named({})]).toEqual(["maintenance", "demo-karpenter-health"]);
  });

  test("takes statements of one's own beside these, known at synth or only to Terraform", () => {
    const known = queue({ ...PLACE, interruptionQueuePolicyStatements: { OpsAlone: AUDIT } });
    expect(policyDocument(known, DOCUMENT).Statement.slice(2)).toEqual([AUDIT_IN_IAM]);
    const atPlan = queue({ ...PLACE, interruptionQueuePolicyStatements: variableMap("own") as never });
    const documents = (own: object) => policyDocument(atPlan, DOCUMENT, { var: { own } }).Statement.slice(2);
    expect([documents({ OpsAlone: AUDIT }), documents({})]).toEqual([[AUDIT_IN_IAM], []]);
  });

  test("refuses statements that SQS would not take together", () => {
    const many = Array.from({ length: 60 }, (_, at) => `arn:aws:iam::111122223333:role/${"x".repeat(100)}${at}`);
    const statement = {
      actions: ["sqs:SendMessage"],
      principals: [{ type: "AWS" as const, identifiers: many.slice(0, 50) }],
    };
    const problems = problemsOf(
      (stack) =>
        new InterruptionQueue(stack, "interruption", {
          ...PLACE,
          clusterName: "demo",
          interruptionQueuePolicyStatements: { One: statement, Two: statement },
        }),
    );
    expect(problems).toEqual([
      expect.stringMatching(/^"interruptionQueuePolicyStatements" makes the queue's policy \d+ .* 8192 that SQS takes/),
    ]);
  });

  test("uses a data key as long as is said", () => {
    const made = queue({ interruptionQueueKmsKeyArn: KEY_ARN, interruptionQueueKmsDataKeyReusePeriod: 3600 });
    expect(made.resource("aws_sqs_queue", "interruption").kms_data_key_reuse_period_seconds).toBe(3600);
  });

  test("makes no alarm unless asked", () => {
    expect(queue().resources.filter((name) => name.includes("alarm"))).toEqual([]);
  });

  test("tells when nobody reads the queue, and when somebody does again", () => {
    const topics = ["arn:aws:sns:eu-north-1:111122223333:ops"];
    const made = queue({ createInterruptionQueueAlarm: true, interruptionQueueAlarmActions: topics });
    expect(made.resource("aws_cloudwatch_metric_alarm", "interruption_alarm")).toMatchObject({
      alarm_name: "demo-karpenter-interruption-queue",
      namespace: "AWS/SQS",
      metric_name: "ApproximateAgeOfOldestMessage",
      dimensions: { QueueName: "${aws_sqs_queue.interruption.name}" },
      comparison_operator: "GreaterThanThreshold",
      threshold: 120,
      treat_missing_data: "notBreaching",
      alarm_actions: topics,
      ok_actions: topics,
    });
  });

  describe("with a queue of one's own", () => {
    const own = { interruptionQueueArn: "arn:aws:sqs:eu-north-1:111122223333:theirs" };

    test("makes nothing", () => {
      expect(queue(own).addresses).toEqual([]);
    });

    test("makes the rules onto it where asked, and leaves its policy alone", () => {
      const made = queue({ ...own, createEventRules: true });
      expect(made.addresses).toHaveLength(10);
      expect(made.resource("aws_cloudwatch_event_target", "interruption_health_target").arn).toBe(
        own.interruptionQueueArn,
      );
    });
  });

  test("makes a queue that no rule may send to without rules, decided at synth or by Terraform", () => {
    const sids = (made: ReturnType<typeof queue>, scope = {}) =>
      policyDocument(made, DOCUMENT, scope).Statement.map(({ Sid }) => Sid);
    const none = queue({ ...PLACE, createEventRules: false });
    expect(none.resources).toEqual(["aws_sqs_queue.interruption"]);
    expect(sids(none)).toEqual(["DenyHTTP"]);
    const atPlan = queue({ ...PLACE, createEventRules: variableFlag("rules") });
    expect([true, false].map((rules) => sids(atPlan, { var: { rules } }))).toEqual([
      ["DenyHTTP", "AllowEventBridgeRules"],
      ["DenyHTTP"],
    ]);
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
