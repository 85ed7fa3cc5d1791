import type { Field } from "../field";
import { about, optional, text, toggle } from "../field-builders";
import * as aws from "./aws";

/** How the controller learns of interruptions. */
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
  interruptionQueueName: optional(
    "Name of the interruption queue, up to 80 characters; when left out, <cluster>-karpenter.",
    text(aws.queueName),
  ),
  interruptionQueueKmsKeyArn: optional(
    "ARN of a customer managed KMS key for the queue, which must let events.amazonaws.com use it; when left out, SQS encrypts the queue itself.",
    text(aws.kmsKeyArn),
  ),
} as const satisfies Readonly<Record<string, Field>>;
