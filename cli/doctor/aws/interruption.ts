/** The interruption queue: that it is there, that its rules send, and that its policy lets them. */
import { generatedName, NAME_LIMITS } from "../../../lib/names";
import { minorVersionOf } from "../../../lib/versions";
import { ifThere, onAllPages } from "../../aws/answers";
import { check } from "../check";
import { controllerIfSeen, release } from "../installed";
import type { Sources } from "../sources";
import type { EventRuleFacts, QueueFacts } from "./interruption-judges";
import { judgeEventRules, judgeQueue } from "./interruption-judges";

/** The queue, by the name that the user, the controller or this project gives it. */
async function queue({ ask, aws, options }: Sources): Promise<QueueFacts> {
  const seen = await ask(controllerIfSeen);
  const ofController = typeof seen === "object" ? seen.environment.INTERRUPTION_QUEUE || undefined : undefined;
  const name =
    options.interruptionQueue ?? ofController ?? generatedName(options.clusterName, "-karpenter", NAME_LIMITS.queue);
  const url = await ifThere(aws.sqs.getQueueUrl({ QueueName: name }));
  const attributes =
    url === undefined
      ? undefined
      : (await ifThere(aws.sqs.getQueueAttributes({ QueueUrl: url.QueueUrl, AttributeNames: ["All"] })))?.Attributes;
  return {
    name,
    controller:
      seen === undefined ? "none" : seen === "unseen" ? "unseen" : ofController === undefined ? "without" : "with",
    queue:
      attributes === undefined
        ? undefined
        : {
            arn: attributes.QueueArn ?? "",
            policy: attributes.Policy,
            kmsKey: attributes.KmsMasterKeyId || undefined,
          },
  };
}

/** The rules that have the queue as target, and what the release acts on. */
async function eventRules({ ask, aws }: Sources): Promise<EventRuleFacts> {
  const { queue: found } = await ask(queue);
  const { eventRules: wanted } = minorVersionOf(await ask(release));
  if (found === undefined) {
    return { queue: undefined, rules: [], wanted };
  }
  const names = await onAllPages(
    (NextToken) => aws.eventBridge.listRuleNamesByTarget({ TargetArn: found.arn, NextToken }),
    (page) => page.RuleNames,
    (page) => page.NextToken,
  );
  const rules = await Promise.all(names.map((Name) => aws.eventBridge.describeRule({ Name })));
  return {
    queue: found,
    wanted,
    rules: rules.map(({ Name = "", Arn = "", State = "", EventPattern = "{}" }) => ({
      name: Name,
      arn: Arn,
      isEnabled: State !== "DISABLED",
      pattern: JSON.parse(EventPattern) as Readonly<Record<string, unknown>>,
    })),
  };
}

export const INTERRUPTION_CHECKS = [
  check("interruption-queue", queue, judgeQueue),
  check("event-rules", eventRules, judgeEventRules),
];
