import type { Construct } from "constructs";
import type { InterruptionQueueProps } from "../lib/aws/interruption-queue";
import { InterruptionQueue } from "../lib/aws/interruption-queue";
import { ModuleOutput } from "../lib/module";
import { crossPrecondition } from "./cross-precondition";
import { newerVersionRules } from "../lib/inputs/catalog/newer-version";
import { AwsModuleStack } from "./aws-module-stack";
import { INTERRUPTION_QUEUE_PROPERTIES } from "../lib/inputs/catalog/properties";
import { declareInputs, propsOf } from "./inputs";

/** The module `interruption-queue`. */
export class InterruptionQueueModule extends AwsModuleStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      path: "modules/interruption-queue",
      title: "Karpenter interruption queue",
      description: `
The SQS queue that tells Karpenter of spot interruptions, rebalance recommendations, scheduled maintenance, state changes
and reclaimed capacity reservations, with the EventBridge rules that fill it. One queue serves one cluster.`,
    });
    const fields = INTERRUPTION_QUEUE_PROPERTIES.fields;
    const input = declareInputs(this, fields);
    const queue = new InterruptionQueue(this, "interruption", {
      ...propsOf<InterruptionQueueProps>(input, fields),
      namePrefix: this.namePrefix(input),
    });
    new ModuleOutput(this, "interruption_queue_name", {
      description: "Name of the queue, as Karpenter wants it in settings.interruptionQueue.",
      value: queue.queueName,
      preconditions: newerVersionRules.map(crossPrecondition),
    });
    new ModuleOutput(this, "interruption_queue_arn", { description: "ARN of the queue.", value: queue.queueArn });
    new ModuleOutput(this, "interruption_queue_url", { description: "URL of the queue.", value: queue.queueUrl });
    new ModuleOutput(this, "event_rule_arns", {
      description: "ARNs of the EventBridge rules by what they are about.",
      value: queue.eventRuleArns,
    });
  }
}
