/** The way of an interruption notice: event rules, their targets, and queues. */
import {
  ListEventBusesCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  type EventBridgeClient,
} from "@aws-sdk/client-eventbridge";
import {
  GetQueueAttributesCommand,
  ListQueueTagsCommand,
  paginateListQueues,
  type SQSClient,
} from "@aws-sdk/client-sqs";

import { parsePolicy, type PolicyDocument } from "../policy-document";
import { collect, collectByToken, tagMap, type Tags } from "./collect";

/** A queue. Attributes are strings, as SQS has them (MessageRetentionPeriod, KmsMasterKeyId, …). */
export interface QueueItem {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly policy?: PolicyDocument;
  readonly tags: Tags;
}

/** An EventBridge rule. */
export interface EventRuleItem {
  readonly name: string;
  readonly arn: string;
  readonly bus: string;
  readonly state: string;
  readonly pattern?: Readonly<Record<string, unknown>>;
  readonly targets: readonly { readonly id: string; readonly arn: string }[];
  readonly tags: Tags;
}

/** Reads SQS. */
export async function queueInventory(client: SQSClient): Promise<QueueItem[]> {
  const urls = await collect(paginateListQueues({ client }, { MaxResults: 1000 }), (page) => page.QueueUrls);
  return Promise.all(
    urls.map(async (QueueUrl) => {
      const [described, tags] = await Promise.all([
        client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] })),
        client.send(new ListQueueTagsCommand({ QueueUrl })),
      ]);
      const attributes = described.Attributes ?? {};
      return {
        name: QueueUrl.split("/").at(-1) ?? "",
        arn: attributes.QueueArn ?? "",
        url: QueueUrl,
        attributes,
        policy: attributes.Policy ? parsePolicy(attributes.Policy) : undefined,
        tags: tagMap(Object.entries(tags.Tags ?? {}), (pair) => pair),
      };
    }),
  );
}

async function rulesOf(client: EventBridgeClient, bus: string): Promise<EventRuleItem[]> {
  const rules = await collectByToken(
    (NextToken) => client.send(new ListRulesCommand({ EventBusName: bus, NextToken })),
    (page) => page.Rules,
    (page) => page.NextToken,
  );
  return Promise.all(
    rules.map(async ({ Name, Arn, State, EventPattern }) => {
      const [targets, tags] = await Promise.all([
        collectByToken(
          (NextToken) => client.send(new ListTargetsByRuleCommand({ Rule: Name, EventBusName: bus, NextToken })),
          (page) => page.Targets,
          (page) => page.NextToken,
        ),
        client.send(new ListTagsForResourceCommand({ ResourceARN: Arn })),
      ]);
      return {
        name: Name ?? "",
        arn: Arn ?? "",
        bus,
        state: State ?? "",
        pattern: EventPattern === undefined ? undefined : (JSON.parse(EventPattern) as Record<string, unknown>),
        targets: targets.map((target) => ({ id: target.Id ?? "", arn: target.Arn ?? "" })),
        tags: tagMap(tags.Tags, (tag) => [tag.Key, tag.Value]),
      };
    }),
  );
}

/** Reads EventBridge, all buses. */
export async function eventInventory(client: EventBridgeClient): Promise<EventRuleItem[]> {
  const buses = await collectByToken(
    (NextToken) => client.send(new ListEventBusesCommand({ NextToken })),
    (page) => page.EventBuses,
    (page) => page.NextToken,
  );
  const rules = await Promise.all(buses.map((bus) => rulesOf(client, bus.Name ?? "default")));
  return rules.flat();
}
