import { Construct } from "constructs";
import { Token } from "cdktf";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { generatedName, nameOr, NAME_LIMITS } from "../names";
import { INTERRUPTION_QUEUE_PROPERTIES } from "../inputs/catalog/properties";
import { checkedProps } from "../inputs/problems";
import { tf, tfList } from "../terraform/expression";
import { OptionalResource } from "../terraform/optional-resource";
import type { Need } from "../release";
import { ReleaseNeeds } from "../release";
import type { NewerVersionProps } from "../inputs/catalog/newer-version";
import { newerVersionRules, warnOfNewerVersion } from "../inputs/catalog/newer-version";
import type { AwsProviderProps } from "../terraform/providers";
import { useProviders } from "../terraform/providers";
import type { InterruptionEventRule } from "../versions";
import type { ClusterProps, NamingProps, TagProps } from "./common-props";

/** Properties of {@link InterruptionQueue}. */
export interface InterruptionQueueProps
  extends ClusterProps, NamingProps, TagProps, AwsProviderProps, NewerVersionProps {
  /**
   * The queue's name, up to 80 characters.
   *
   * @default - `<cluster>-karpenter`
   */
  readonly interruptionQueueName?: string;
  /**
   * A customer managed KMS key for the queue. Its key policy must let `events.amazonaws.com` use `kms:GenerateDataKey`
   * and `kms:Decrypt`, or events are dropped without a trace.
   *
   * @default - SQS encrypts the queue itself (SSE-SQS)
   */
  readonly interruptionQueueKmsKeyArn?: string;
  /**
   * How long the queue keeps a message, in seconds, 60 to 1209600. A spot interruption is stale after two minutes.
   *
   * @default 300
   */
  readonly interruptionQueueRetention?: number;
  /**
   * The release of Karpenter, which decides about the event rules.
   *
   * @default "1.14.3"
   */
  readonly karpenterVersion?: string;
}

/**
 * The queue that tells Karpenter of interruptions before they happen, with the EventBridge rules that fill it.
 * One queue serves one cluster: the controller deletes the messages it reads.
 * https://karpenter.sh/docs/concepts/disruption/#interruption
 */
export class InterruptionQueue extends Construct {
  /** The queue's name, as Karpenter wants it in `settings.interruptionQueue`. */
  public readonly queueName: string;
  /** The queue's ARN. */
  public readonly queueArn: string;
  /** The queue's URL. */
  public readonly queueUrl: string;
  /** The rules' ARNs by what they are about: `spot-interruption`, `health` … */
  public readonly eventRuleArns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: InterruptionQueueProps) {
    super(scope, id);
    props = checkedProps(this, props, INTERRUPTION_QUEUE_PROPERTIES, (problems, props) =>
      problems.checkTogether(newerVersionRules, { ...props }),
    );
    warnOfNewerVersion(this, props);
    const prefix = props.namePrefix ?? props.clusterName;
    const key = props.interruptionQueueKmsKeyArn;
    const queue = new SqsQueue(this, "Resource", {
      name: nameOr(props.interruptionQueueName, prefix, "-karpenter", NAME_LIMITS.queue),
      messageRetentionSeconds: props.interruptionQueueRetention ?? 300,
      kmsMasterKeyId: key,
      sqsManagedSseEnabled: Token.isUnresolved(key) ? tf`${key} == null ? true : null` : key === undefined || undefined,
      tags: props.tags,
    });
    const needs = new ReleaseNeeds(this, props.karpenterVersion);
    const eventRules = needs
      .of((minorVersion) => Object.fromEntries(minorVersion.eventRules.map((rule) => [rule.id, rule])))
      .map((need): [string, OptionalResource<CloudwatchEventRule>] => [
        need.name,
        this.eventRule(props, need, queue.arn),
      ]);
    const arns = eventRules.map(([, rule]) => rule.attribute("arn"));
    new SqsQueuePolicy(this, "queue-policy", {
      queueUrl: queue.url,
      policy: this.queuePolicy(
        queue.arn,
        eventRules.every(([, rule]) => rule.condition === true) ? arns : tfList`compact(${arns})`,
      ).json,
    });
    this.queueName = queue.name;
    this.queueArn = queue.arn;
    this.queueUrl = queue.url;
    this.eventRuleArns = Object.fromEntries(eventRules.map(([id, rule]) => [id, rule.attribute("arn")]));
    useProviders(this, props);
  }

  private eventRule(
    props: InterruptionQueueProps,
    { value: { id, description, eventPattern }, condition }: Need<InterruptionEventRule>,
    queueArn: string,
  ): OptionalResource<CloudwatchEventRule> {
    const rule = new OptionalResource(
      condition,
      (count) =>
        new CloudwatchEventRule(this, id, {
          count,
          name: generatedName(props.namePrefix ?? props.clusterName, `-karpenter-${id}`, NAME_LIMITS.eventRule),
          description: `Karpenter of the EKS cluster ${props.clusterName}: ${description}`,
          eventPattern: JSON.stringify(eventPattern),
          tags: props.tags,
        }),
    );
    new OptionalResource(
      condition,
      (count) =>
        new CloudwatchEventTarget(this, `${id}-target`, {
          count,
          rule: rule.attribute("name"),
          targetId: "KarpenterInterruptionQueueTarget",
          arn: queueArn,
        }),
    );
    return rule;
  }

  /** EventBridge may send for the rules made here only, and nobody speaks to the queue without TLS. */
  private queuePolicy(queueArn: string, ruleArns: string[]): DataAwsIamPolicyDocument {
    return new DataAwsIamPolicyDocument(this, "queue-policy-document", {
      statement: [
        {
          sid: "AllowEventBridgeRules",
          effect: "Allow",
          actions: ["sqs:SendMessage"],
          resources: [queueArn],
          principals: [{ type: "Service", identifiers: ["events.amazonaws.com"] }],
          condition: [{ test: "ArnEquals", variable: "aws:SourceArn", values: ruleArns }],
        },
        {
          sid: "DenyHTTP",
          effect: "Deny",
          actions: ["sqs:*"],
          resources: [queueArn],
          principals: [{ type: "*", identifiers: ["*"] }],
          condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
        },
      ],
    });
  }
}
