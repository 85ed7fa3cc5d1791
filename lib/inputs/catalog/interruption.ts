import type { Field } from "../field";
import { about, bool, different, numeric, optional, text, toggle } from "../field-builders";
import * as aws from "./aws";
import { queuePolicyStatement, statementsBySid } from "./policy-statement";
import * as values from "./values";

/** Whether the controller learns of interruptions, and from which queue. */
export const INTERRUPTION_INPUTS = {
  interruptionHandling: about("Whether Karpenter acts on interruptions before they happen.", toggle, true),
  createInterruptionQueue: about(
    "Whether to make the interruption queue; false takes interruptionQueueArn.",
    toggle,
    true,
  ),
  interruptionQueueArn: optional(
    "ARN of an interruption queue of your own, for this cluster alone; when left out, one is made. No rules are made for it, unless createEventRules says so.",
    text(aws.queueArn),
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** The rules that fill the queue. */
export const EVENT_RULE_INPUTS = {
  createEventRules: optional(
    "Whether to make the EventBridge rules and their targets; when left out, where the queue is made here. With a queue of your own, true makes them onto it, and its policy has to let them send.",
    toggle,
  ),
  eventRuleNames: about(
    "Names of the EventBridge rules by what they are about, health or spot-interruption for example; others are <cluster>-karpenter-<what it is about>.",
    aws.eventRuleNames,
    {},
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** The interruption queue made here. */
export const INTERRUPTION_QUEUE_INPUTS = {
  interruptionQueueName: optional(
    "Name of the interruption queue, up to 80 characters; when left out, <cluster>-karpenter.",
    text(aws.queueName),
  ),
  interruptionQueueKmsKeyArn: optional(
    "ARN of a customer managed KMS key for the queue, which must let events.amazonaws.com use it; when left out, SQS encrypts the queue itself.",
    text(aws.kmsKeyArn),
  ),
  interruptionQueueRetention: about(
    "How long the queue keeps a message, in seconds, 60 to 1209600.",
    numeric(values.wholeNumber(60, 1_209_600, "give seconds, 300 for five minutes")),
    300,
  ),
  interruptionQueueKmsDataKeyReusePeriod: optional(
    "How long SQS uses a data key of interruptionQueueKmsKeyArn before it asks KMS for another one, in seconds, 60 to 86400; when left out, 300.",
    numeric(values.wholeNumber(60, 86_400, "give seconds, 300 for five minutes")),
  ),
  interruptionQueuePolicyStatements: about(
    "Statements of your own in the queue's policy: a Sid to actions, principals, conditions and effect, up to 18.",
    statementsBySid(queuePolicyStatement, ["AllowEventBridgeRules", "DenyHTTP"], {
      size: { max: 18, remedy: "SQS takes 20 statements, of which 2 are there already: put several into one" },
    }),
    {},
  ),
  createInterruptionQueueAlarm: about(
    "Whether to make a CloudWatch alarm on the age of the queue's oldest message, which grows when the controller no longer reads.",
    bool,
    false,
  ),
  interruptionQueueAlarmThreshold: about(
    "Age of the oldest message above which the alarm goes off, in seconds, less than interruptionQueueRetention.",
    numeric(values.wholeNumber(1, 1_209_599, "give seconds, 120 for two minutes")),
    120,
  ),
  interruptionQueueAlarmActions: about(
    "ARNs of what is told when the alarm goes off and when it is over, SNS topics for example, up to 5.",
    different(text(aws.alarmActionArn), 0, 5),
    [],
  ),
} as const satisfies Readonly<Record<string, Field>>;
