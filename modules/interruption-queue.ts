import type { Construct } from "constructs";
import type { InterruptionQueueProps } from "../lib/aws/interruption-queue";
import { InterruptionQueue } from "../lib/aws/interruption-queue";
import { ModuleOutput } from "../lib/module";
import { CHECK_INPUTS } from "../lib/inputs/catalog/beside";
import { ENVIRONMENT_READING_INPUTS } from "../lib/inputs/catalog/cluster";
import { queueRules } from "../lib/inputs/catalog/cross-rules";
import { queueEnvironmentRules } from "../lib/inputs/catalog/environment-rules";
import { newerVersionRules } from "../lib/inputs/catalog/newer-version";
import { queueOptionRules } from "../lib/inputs/catalog/queue-rules";
import { unusedQueueOptionRules, unusedQueueRules } from "../lib/inputs/catalog/unused-rules";
import { alreadyChecked } from "../lib/inputs/problems";
import { tf } from "../lib/terraform/expression";
import { AwsModuleStack } from "./aws-module-stack";
import { CheckedInputs } from "./checked-inputs";
import { crossPrecondition, partPrecondition } from "./cross-precondition";
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
and reclaimed capacity reservations, with the EventBridge rules that fill it, or these rules alone onto a queue of your own. One
queue serves one cluster.`,
    });
    const fields = INTERRUPTION_QUEUE_PROPERTIES.fields;
    const input = declareInputs(this, { ...fields, ...ENVIRONMENT_READING_INPUTS, ...CHECK_INPUTS });
    const checked = new CheckedInputs(this, {
      inputs: { interruption_queue_policy_statements: input.interruption_queue_policy_statements },
      source: "../input-check",
      condition: input.check_inputs,
    });
    const queue = new InterruptionQueue(
      this,
      "interruption",
      alreadyChecked({
        ...propsOf<InterruptionQueueProps>(input, fields, checked),
        ...this.environment(input),
        namePrefix: this.namePrefix(input),
        createEventRules: tf`coalesce(${input.create_event_rules.booleanValue}, ${input.create_interruption_queue.booleanValue})`,
      }),
    );
    new ModuleOutput(this, "interruption_queue_name", {
      description: "Name of the queue, as Karpenter wants it in settings.interruptionQueue.",
      value: queue.queueName,
      preconditions: [
        ...[...queueRules, ...newerVersionRules].map(crossPrecondition),
        ...[...queueOptionRules, ...unusedQueueRules, ...unusedQueueOptionRules, ...queueEnvironmentRules].map(
          partPrecondition,
        ),
        ...this.environmentPreconditions,
      ],
    });
    new ModuleOutput(this, "interruption_queue_arn", {
      description: "ARN of the queue, made here or your own.",
      value: queue.queueArn,
    });
    new ModuleOutput(this, "interruption_queue_url", {
      description: "URL of the queue made here; null for a queue of your own.",
      value: queue.queueUrl,
    });
    new ModuleOutput(this, "interruption_queue_alarm_arn", {
      description: "ARN of the alarm on the queue; null where there is none.",
      value: queue.alarmArn,
    });
    new ModuleOutput(this, "event_rule_arns", {
      description: "ARNs of the EventBridge rules by what they are about; null for one that is not made.",
      value: queue.eventRuleArns,
    });
  }
}
