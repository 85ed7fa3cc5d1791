import * as aws from "../../lib/inputs/catalog/aws";
import { optional, toggle, Inputs } from "./input";

/** How the controller learns of interruptions. */
export const INTERRUPTION_INPUTS = {
  interruption_handling: toggle("Whether Karpenter acts on interruptions before they happen."),
  create_interruption_queue: toggle("Whether to make the interruption queue; false takes interruption_queue_arn."),
  interruption_queue_arn: optional(
    "ARN of an interruption queue of your own, for this cluster alone; when null, one is made.",
    aws.queueArn,
  ),
  interruption_queue_name: optional(
    "Name of the interruption queue, up to 80 characters; when null, <cluster>-karpenter.",
    aws.queueName,
  ),
  interruption_queue_kms_key_arn: optional(
    "ARN of a customer managed KMS key for the queue, which must let events.amazonaws.com use it; when null, SQS encrypts the queue itself.",
    aws.kmsKeyArn,
  ),
} as const satisfies Inputs;
