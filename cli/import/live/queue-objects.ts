/** The interruption queue as SQS has it, and the rules of EventBridge that send to it. */
import { ifThere, onAllPages, tagsOf } from "../../aws/answers";
import type { AwsClients } from "../../aws/clients";
import type { StateObject } from "../state";
import { liveObject } from "./live-object";

/** A queue with its rules and their targets; nothing where there is none of the name. */
export async function queueObjects(aws: AwsClients, name: string): Promise<StateObject[]> {
  const url = (await ifThere(aws.sqs.getQueueUrl({ QueueName: name })))?.QueueUrl;
  if (url === undefined) {
    return [];
  }
  const { Attributes: attributes = {} } = await aws.sqs.getQueueAttributes({ QueueUrl: url, AttributeNames: ["All"] });
  const { Tags: tags = {} } = await aws.sqs.listQueueTags({ QueueUrl: url });
  const { QueueArn: arn = "", KmsMasterKeyId: key = "", Policy: policy = "" } = attributes;
  const values = {
    name,
    arn,
    url,
    policy,
    message_retention_seconds: Number(attributes.MessageRetentionPeriod),
    kms_master_key_id: key,
    kms_data_key_reuse_period_seconds: Number(attributes.KmsDataKeyReusePeriodSeconds ?? 300),
  };
  return [liveObject("aws_sqs_queue", url, values, tags), ...(await ruleObjects(aws, arn))];
}

/** The rules on the default bus that have a target, with all of their targets. */
async function ruleObjects({ eventBridge }: AwsClients, targetArn: string): Promise<StateObject[]> {
  const names = await onAllPages(
    (NextToken) => eventBridge.listRuleNamesByTarget({ TargetArn: targetArn, NextToken }),
    (page) => page.RuleNames,
    (page) => page.NextToken,
  );
  const objects = names.map(async (name) => {
    const rule = await eventBridge.describeRule({ Name: name });
    const { Tags } = await eventBridge.listTagsForResource({ ResourceARN: rule.Arn });
    const targets = await onAllPages(
      (NextToken) => eventBridge.listTargetsByRule({ Rule: name, NextToken }),
      (page) => page.Targets,
      (page) => page.NextToken,
    );
    const bus = rule.EventBusName ?? "default";
    const values = {
      name,
      event_bus_name: bus,
      event_pattern: rule.EventPattern,
      description: rule.Description ?? "",
    };
    return [
      liveObject("aws_cloudwatch_event_rule", `${bus}/${name}`, values, tagsOf(Tags)),
      ...targets.map(({ Id: id = "", Arn: arn }) =>
        liveObject("aws_cloudwatch_event_target", `${name}/${id}`, {
          rule: name,
          event_bus_name: bus,
          target_id: id,
          arn,
        }),
      ),
    ];
  });
  return (await Promise.all(objects)).flat();
}
