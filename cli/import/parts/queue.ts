/** The interruption queue, and the rules that fill it. */
import { isDeepStrictEqual } from "node:util";
import { TARGET_ID } from "../../../lib/aws/event-rules";
import { generatedName, NAME_LIMITS } from "../../../lib/names";
import { isFields } from "../../../lib/terraform/known-values";
import type { InterruptionEventRule } from "../../../lib/versions";
import { minorVersionOf, NEWEST_MINOR_VERSION } from "../../../lib/versions";
import type { Place } from "../addresses";
import type { Move, Part } from "../move";
import { together } from "../move";
import { statementsOf, textsOf } from "../policies";
import type { Role } from "../roles";
import { documentsOf } from "../roles";
import type { State, StateObject } from "../state";

/** Keeps the queue with its rules; without one in the state, interruptions are handled as now: not at all. */
export function queuePart(state: State, controller: Role, clusterName: string, release: string): Part {
  const queue = queueOf(state, controller);
  if (queue === undefined) {
    return {
      inputs: { interruptionHandling: false },
      moves: [],
      notes: [
        "no interruption queue was found: without interruptionHandling = false, the module makes one with its rules",
      ],
    };
  }
  const { arn, name, kms_master_key_id: key, url, id } = queue.values;
  if (typeof key === "string" && key !== "" && !key.startsWith("arn:")) {
    return {
      inputs: { createInterruptionQueue: false, interruptionQueueArn: arn },
      moves: [{ fate: "left", object: queue, why: `the module names KMS keys by ARN, and not as ${key}` }],
      notes: ["the queue's rules stay with their code, too"],
    };
  }
  const policies = state.objects.filter(
    ({ type, values }) => type === "aws_sqs_queue_policy" && [url, id].includes(values.queue_url),
  );
  return together(
    {
      inputs: {
        ...(name === generatedName(clusterName, "-karpenter", NAME_LIMITS.queue)
          ? {}
          : { interruptionQueueName: name }),
        ...settingsOf(queue),
      },
      moves: [
        { fate: "taken", object: queue, place: "queue" },
        ...policies.map((object): Move => ({
          fate: "forgotten",
          object,
          why: "the module writes the queue's policy with the queue",
        })),
      ],
      notes: otherStatements([queue, ...policies]),
    },
    rulesPart(state, queue, clusterName, release),
  );
}

/** The queue that the controller may read, or else the one that rules of Karpenter's send to. */
function queueOf({ objects }: State, controller: Role): StateObject | undefined {
  const queues = objects.filter(({ type }) => type === "aws_sqs_queue");
  const readable = documentsOf(controller)
    .flatMap(statementsOf)
    .filter(({ Action }) => textsOf(Action).includes("sqs:ReceiveMessage"))
    .flatMap(({ Resource }) => textsOf(Resource));
  const targeted = objects
    .filter(
      ({ type, values }) =>
        type === "aws_cloudwatch_event_rule" && ruleOf(values.event_pattern, EVENT_RULES_OF_NEWEST) !== undefined,
    )
    .flatMap(({ values }) => targetsOf(objects, values.name).map((target) => target.values.arn));
  return (
    queues.find(({ values }) => readable.includes(String(values.arn))) ??
    queues.find(({ values }) => targeted.includes(values.arn))
  );
}

/** The events of the newest release known, for one that an older one does not know is still Karpenter's. */
export const EVENT_RULES_OF_NEWEST = NEWEST_MINOR_VERSION.eventRules;

function settingsOf({ values }: StateObject): Record<string, unknown> {
  const { kms_master_key_id: key, message_retention_seconds: retention } = values;
  const period = values.kms_data_key_reuse_period_seconds;
  return {
    ...(retention === 300 ? {} : { interruptionQueueRetention: retention }),
    ...(typeof key !== "string" || key === ""
      ? {}
      : {
          interruptionQueueKmsKeyArn: key,
          ...(period === 300 || period === null ? {} : { interruptionQueueKmsDataKeyReusePeriod: period }),
        }),
  };
}

/** Keeps each rule that sends one kind of event to the queue. */
function rulesPart({ objects, live }: State, queue: StateObject, clusterName: string, release: string): Part {
  const kinds = minorVersionOf(release).eventRules;
  const rules = objects.filter(
    ({ type, values }) =>
      type === "aws_cloudwatch_event_rule" &&
      targetsOf(objects, values.name).some((target) => target.values.arn === queue.values.arn),
  );
  const found = new Map<string, StateObject>();
  const others: Move[] = [];
  for (const rule of rules) {
    const kind = ruleOf(rule.values.event_pattern, kinds);
    if (kind === undefined || found.has(kind.id)) {
      const why = "sends to the queue what the module has a rule for, several at once, or what Karpenter does not read";
      others.push({ fate: "left", object: rule, why });
    } else {
      found.set(kind.id, rule);
    }
  }
  const named = [...found].filter(
    ([kind, { values }]) => values.name !== generatedName(clusterName, `-karpenter-${kind}`, NAME_LIMITS.eventRule),
  );
  return {
    inputs:
      named.length === 0
        ? {}
        : { eventRuleNames: Object.fromEntries(named.map(([kind, { values }]) => [kind, values.name])) },
    moves: [
      ...[...found].flatMap(([kind, rule]) => [
        { fate: "taken", object: rule, place: `rule ${kind}` as Place } as const,
        ...targetsOf(objects, rule.values.name).map((target) => targetMove(target, queue, kind, live === true)),
      ]),
      ...others,
    ],
    notes: [],
  };
}

function targetMove(object: StateObject, queue: StateObject, kind: string, live: boolean): Move {
  const { arn, rule, target_id: id } = object.values;
  if (arn !== queue.values.arn) {
    return { fate: "left", object, why: "sends to something else than the queue" };
  }
  if (id === TARGET_ID) {
    return { fate: "taken", object, place: `target ${kind}` as Place };
  }
  const why = `the module makes the same target as ${TARGET_ID}`;
  // Without code that goes, nothing else ends it.
  return live
    ? {
        fate: "forgotten",
        object,
        why,
        after: [`aws events remove-targets --rule ${String(rule)} --ids ${String(id)}`],
      }
    : { fate: "destroyed", object, why };
}

function targetsOf(objects: readonly StateObject[], rule: unknown): StateObject[] {
  return objects.filter(({ type, values }) => type === "aws_cloudwatch_event_target" && values.rule === rule);
}

/** The rule of Karpenter's that a pattern is, with or without further filters. */
function ruleOf(pattern: unknown, kinds: readonly InterruptionEventRule[]): InterruptionEventRule | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(String(pattern));
  } catch {
    return undefined;
  }
  return isFields(parsed)
    ? kinds.find(({ eventPattern }) =>
        ["source", "detail-type"].every((key) => isDeepStrictEqual(parsed[key], eventPattern[key])),
      )
    : undefined;
}

/** What EventBridge is allowed; CDK lets it look at the queue, too. */
const SENDING = /^sqs:(SendMessage|GetQueueAttributes|GetQueueUrl)$/i;

/** Statements of the queue's policy beside those that let events in and keep unencrypted requests out. */
function otherStatements(objects: readonly StateObject[]): string[] {
  const own = (statement: Readonly<Record<string, unknown>>): boolean =>
    statement.Effect === "Deny"
      ? JSON.stringify(statement.Condition ?? {}).includes("aws:SecureTransport")
      : textsOf(statement.Action).every((action) => SENDING.test(action)) &&
        isFields(statement.Principal) &&
        textsOf(statement.Principal.Service).some((service) => service.startsWith("events."));
  const others = objects.flatMap(({ values }) => statementsOf(values.policy)).filter((statement) => !own(statement));
  return others.length === 0
    ? []
    : [
        `statements of the queue's policy go unless interruptionQueuePolicyStatements has them: ` +
          [...new Set(others.map(({ Sid, Action }) => String(Sid ?? textsOf(Action).join(", "))))].join("; "),
      ];
}
