import type { Field } from "../field";
import { about, numeric, optional, text, toggle } from "../field-builders";
import * as aws from "./aws";
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
    "ARN of an interruption queue of your own, for this cluster alone; when left out, one is made.",
    text(aws.queueArn),
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
} as const satisfies Readonly<Record<string, Field>>;
