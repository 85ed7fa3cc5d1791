import { Construct } from "constructs";
import { Token } from "cdktf";
import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { queueNameOf } from "../arns";
import { nameOr, NAME_LIMITS } from "../names";
import { INTERRUPTION_QUEUE_PROPERTIES } from "../inputs/catalog/properties";
import { queueRules } from "../inputs/catalog/cross-rules";
import { queueOptionRules } from "../inputs/catalog/queue-rules";
import { queueEnvironmentRules } from "../inputs/catalog/environment-rules";
import { unusedQueueOptionRules, unusedQueueRules } from "../inputs/catalog/unused-rules";
import { checkedProps } from "../inputs/problems";
import type { Toggle } from "../terraform/expression";
import { tf, tfList } from "../terraform/expression";
import { both, OptionalResource } from "../terraform/optional-resource";
import type { NewerVersionProps } from "../inputs/catalog/newer-version";
import { newerVersionRules, warnOfNewerVersion } from "../inputs/catalog/newer-version";
import type { AwsProviderProps } from "../terraform/providers";
import { useProviders } from "../terraform/providers";
import type { QueuePolicyStatement } from "./queue-statements";
import { queueStatements } from "./queue-statements";
import type { ClusterProps, EnvironmentProps, NamingProps, TagProps } from "./common-props";
import { accountIdOf, compareEnvironment, partitionOf, regionOf } from "./environment";
import type { EventRulesProps, PlannedRule } from "./event-rules";
import { makeEventRule, plannedRules } from "./event-rules";
import type { PolicySizeProps } from "./policy-size";
import { limitPolicySize, POLICY_LIMITS } from "./policy-size";
import type { QueueAlarmProps } from "./queue-alarm";
import { queueAlarm } from "./queue-alarm";

/** Properties of {@link InterruptionQueue}. */
export interface InterruptionQueueProps
  extends
    ClusterProps,
    NamingProps,
    TagProps,
    EnvironmentProps,
    AwsProviderProps,
    NewerVersionProps,
    EventRulesProps,
    QueueAlarmProps {
  /**
   * Whether to make the queue.
   *
   * @default - true unless `interruptionQueueArn` is given
   */
  readonly createInterruptionQueue?: Toggle;
  /**
   * A queue of your own, for this cluster alone: the controller deletes what it reads. No rules are made for it, unless
   * `createEventRules` says so.
   *
   * @default - one is made
   */
  readonly interruptionQueueArn?: string;
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
   * How long SQS uses a data key before it asks KMS for another one, in seconds, 60 to 86400; needs `interruptionQueueKmsKeyArn`.
   *
   * @default - 300, as SQS has it
   */
  readonly interruptionQueueKmsDataKeyReusePeriod?: number;
  /**
   * How long the queue keeps a message, in seconds, 60 to 1209600. A spot interruption is stale after two minutes.
   *
   * @default 300
   */
  readonly interruptionQueueRetention?: number;
  /**
   * Statements of your own in the queue's policy, by their Sid, up to 18.
   *
   * @default - none: EventBridge may send for the rules made here, and nobody speaks to the queue without TLS
   */
  readonly interruptionQueuePolicyStatements?: Readonly<Record<string, QueuePolicyStatement>>;
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
  /** The ARN of the queue, made here or your own. */
  public readonly queueArn: string;
  /** The URL of the queue made here; null for one of your own. */
  public readonly queueUrl: string;
  /** The rules' ARNs by what they are about: `spot-interruption`, `health` … */
  public readonly eventRuleArns: Readonly<Record<string, string>>;
  /** The alarm's ARN; null where there is none. */
  public readonly alarmArn: string;

  constructor(scope: Construct, id: string, props: InterruptionQueueProps) {
    super(scope, id);
    props = checkedProps(this, props, INTERRUPTION_QUEUE_PROPERTIES, (problems, props) =>
      problems.checkTogether(
        [
          ...queueRules,
          ...queueOptionRules,
          ...newerVersionRules,
          ...unusedQueueRules,
          ...unusedQueueOptionRules,
          ...queueEnvironmentRules,
        ],
        {
          ...props,
          createInterruptionQueue: props.createInterruptionQueue ?? props.interruptionQueueArn === undefined,
        },
      ),
    );
    compareEnvironment(this, props);
    warnOfNewerVersion(this, props);
    const existing = props.interruptionQueueArn;
    const create = props.createInterruptionQueue ?? existing === undefined;
    const createRules = props.createEventRules ?? create;
    const rules = plannedRules(this, props);
    const queue = new OptionalResource(create, (count) => {
      const name = nameOr(
        props.interruptionQueueName,
        props.namePrefix ?? props.clusterName,
        "-karpenter",
        NAME_LIMITS.queue,
      );
      const key = props.interruptionQueueKmsKeyArn;
      const { document, statements } = this.policy(props, name, createRules, rules);
      const queue = new SqsQueue(this, "Resource", {
        count,
        name,
        messageRetentionSeconds: props.interruptionQueueRetention ?? 300,
        kmsMasterKeyId: key,
        kmsDataKeyReusePeriodSeconds: props.interruptionQueueKmsDataKeyReusePeriod,
        sqsManagedSseEnabled: Token.isUnresolved(key)
          ? tf`${key} == null ? true : null`
          : key === undefined || undefined,
        // A policy of a resource of its own would be 25 s more in every apply that touches it, after the queue's own.
        policy: document.json,
        tags: props.tags,
      });
      if (props.interruptionQueuePolicyStatements !== undefined) {
        limitPolicySize({ owner: queue, document, statements, ...OWN_STATEMENTS });
      }
      return queue;
    });
    this.queueArn = queue.attribute("arn", existing);
    this.queueName = queue.attribute("name", existing === undefined ? undefined : queueNameOf(existing));
    this.queueUrl = queue.attribute("url");
    this.eventRuleArns = Object.fromEntries(
      rules.map((planned) => [
        planned.rule.id,
        makeEventRule(this, planned, { ...props, create: createRules, queueArn: this.queueArn }).attribute("arn"),
      ]),
    );
    const alarm = queueAlarm(this, props, {
      create: both(create, props.createInterruptionQueueAlarm ?? false),
      queueName: this.queueName,
    });
    this.alarmArn = alarm.attribute("arn");
    useProviders(this, props);
  }

  /**
   * EventBridge may send for the rules made here only, and nobody speaks to the queue without TLS.
   *
   * The ARNs of queue and rules are written from what they are made of: a policy that belongs to the queue cannot wait for it.
   */
  private policy(
    props: InterruptionQueueProps,
    queueName: string,
    createRules: Toggle,
    rules: readonly PlannedRule[],
  ): Pick<PolicySizeProps, "document" | "statements"> {
    const [partition, region, account] = [partitionOf(this, props), regionOf(this, props), accountIdOf(this, props)];
    const resources = [`arn:${partition}:sqs:${region}:${account}:${queueName}`];
    const ruleArns = rules.map(({ name }) => `arn:${partition}:events:${region}:${account}:rule/${name}`);
    const areKnown = rules.every(({ condition }) => condition === true);
    const events: DataAwsIamPolicyDocumentStatement = {
      sid: "AllowEventBridgeRules",
      effect: "Allow",
      actions: ["sqs:SendMessage"],
      resources,
      principals: [{ type: "Service", identifiers: ["events.amazonaws.com"] }],
      condition: [
        {
          test: "ArnEquals",
          variable: "aws:SourceArn",
          values: areKnown
            ? ruleArns
            : tfList`compact(${rules.map(({ condition }, at) => (condition === true ? ruleArns[at] : tf`${condition} ? ${ruleArns[at]} : ""`))})`,
        },
      ],
    };
    const tls: DataAwsIamPolicyDocumentStatement = {
      sid: "DenyHTTP",
      effect: "Deny",
      actions: ["sqs:*"],
      resources,
      principals: [{ type: "*", identifiers: ["*"] }],
      condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
    };
    const own = queueStatements(props.interruptionQueuePolicyStatements, resources);
    const known = [...(createRules === true ? [events] : []), tls, ...own.known];
    const open =
      typeof createRules === "boolean" ? [] : [{ for_each: tf`${createRules} ? ${[true]} : ${[]}`, content: events }];
    const dynamic = [...open, ...own.dynamic];
    const document = new DataAwsIamPolicyDocument(this, "queue-policy-document", {
      // Told by it from the same policy as a resource of its own, with which it would go: Terraform removes that first, and then
      // has a policy to set.
      policyId: "karpenter",
      statement: known,
    });
    if (dynamic.length > 0) {
      document.addOverride("dynamic.statement", dynamic);
    }
    return { document, statements: dynamic.length > 0 ? undefined : known };
  }
}

/** The queue's own statements are short; these grow as the user likes. */
const OWN_STATEMENTS = {
  limit: POLICY_LIMITS.queue,
  service: "SQS",
  property: "interruptionQueuePolicyStatements",
  what: "the queue's policy",
  remedy: "shorten them, or grant the same in a policy of the role that is to use the queue",
} as const;
