import type { Construct } from "constructs";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { generatedName, NAME_LIMITS } from "../names";
import type { Toggle } from "../terraform/expression";
import { OptionalResource } from "../terraform/optional-resource";
import type { ClusterProps, NamingProps, TagProps } from "./common-props";

/** The alarm on a queue that nobody reads. */
export interface QueueAlarmProps {
  /**
   * Whether to make a CloudWatch alarm on the age of the queue's oldest message: it grows when the controller no longer reads.
   *
   * @default false
   */
  readonly createInterruptionQueueAlarm?: Toggle;
  /**
   * The age of the oldest message above which the alarm goes off, in seconds; less than `interruptionQueueRetention`.
   *
   * @default 120
   */
  readonly interruptionQueueAlarmThreshold?: number;
  /**
   * What is told when the alarm goes off and when it is over, by ARN, up to 5: SNS topics, for example.
   *
   * @default - nothing
   */
  readonly interruptionQueueAlarmActions?: string[];
}

/** An alarm on the age of the oldest message of a queue. A queue without messages is quiet. */
export function queueAlarm(
  scope: Construct,
  props: QueueAlarmProps & ClusterProps & NamingProps & TagProps,
  { create, queueName }: { readonly create: Toggle; readonly queueName: string },
): OptionalResource<CloudwatchMetricAlarm> {
  return new OptionalResource(
    create,
    (count) =>
      new CloudwatchMetricAlarm(scope, "alarm", {
        count,
        alarmName: generatedName(
          props.namePrefix ?? props.clusterName,
          "-karpenter-interruption-queue",
          NAME_LIMITS.alarm,
        ),
        alarmDescription: `Karpenter of the EKS cluster ${props.clusterName} does not read its interruption queue`,
        namespace: "AWS/SQS",
        metricName: "ApproximateAgeOfOldestMessage",
        dimensions: { QueueName: queueName },
        statistic: "Maximum",
        comparisonOperator: "GreaterThanThreshold",
        threshold: props.interruptionQueueAlarmThreshold ?? 120,
        period: 60,
        evaluationPeriods: 1,
        treatMissingData: "notBreaching",
        alarmActions: props.interruptionQueueAlarmActions,
        okActions: props.interruptionQueueAlarmActions,
        tags: props.tags,
      }),
  );
}
