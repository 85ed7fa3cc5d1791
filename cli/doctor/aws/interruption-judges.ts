/** What is wrong with an interruption queue, its rules and its policy. */
import type { InterruptionEventRule } from "../../../lib/versions";
import type { Verdict } from "../verdict";
import { error, ok, orOk, unknown, warning } from "../verdict";
import { maySend } from "./queue-policy";

/** A queue of SQS. */
export interface Queue {
  readonly arn: string;
  /** In JSON. */
  readonly policy: string | undefined;
  readonly kmsKey: string | undefined;
}

/** The queue, and whether a controller reads it. */
export interface QueueFacts {
  readonly name: string;
  /** The controller is not there, cannot be seen, or runs with or without a queue. */
  readonly controller: "none" | "unseen" | "with" | "without";
  readonly queue: Queue | undefined;
}

export function judgeQueue({ name, controller, queue }: QueueFacts): readonly Verdict[] {
  if (controller === "without") {
    return [
      warning(
        `the controller has no interruption queue: pods of spot instances that go get no node beforehand; give it ${queue === undefined ? "one" : name}`,
      ),
    ];
  }
  if (queue === undefined) {
    switch (controller) {
      case "with":
        return [error(`the controller reads the queue ${name}, which is not there; apply again, or correct its name`)];
      case "none":
        return [ok(`there is no queue ${name}, and no controller to read it`)];
      case "unseen":
        return [unknown(`there is no queue ${name}; whether a controller reads one, the cluster would say`)];
    }
  }
  return queue.kmsKey !== undefined && /(^|\/)alias\/aws\/sqs$/.test(queue.kmsKey)
    ? [
        error(
          `the queue ${name} is encrypted with alias/aws/sqs, whose policy cannot let EventBridge in: no event arrives; encrypt it by SQS (SSE-SQS) or with a key of your own`,
        ),
      ]
    : [ok(`the queue ${name} is there`)];
}

/** A rule of EventBridge that has the queue as target. */
export interface EventRule {
  readonly name: string;
  readonly arn: string;
  readonly isEnabled: boolean;
  readonly pattern: Readonly<Record<string, unknown>>;
}

/** The rules that send to a queue, and those whose events the release acts on. */
export interface EventRuleFacts {
  readonly queue: Queue | undefined;
  readonly rules: readonly EventRule[];
  readonly wanted: readonly InterruptionEventRule[];
}

export function judgeEventRules({ queue, rules, wanted }: EventRuleFacts): readonly Verdict[] {
  if (queue === undefined) {
    return [ok("there is no queue to send to")];
  }
  return orOk(
    [
      ...wanted.flatMap((rule) => missing(rule, rules)),
      ...rules.filter(({ isEnabled }) => isEnabled).flatMap((rule) => unsent(queue, rule)),
    ],
    `${wanted.length} kinds of events reach the queue`,
  );
}

function missing({ id, description, eventPattern }: InterruptionEventRule, rules: readonly EventRule[]): Verdict[] {
  const covering = rules.filter(({ pattern }) => covers(pattern, eventPattern));
  if (covering.some(({ isEnabled }) => isEnabled)) {
    return [];
  }
  const [disabled] = covering;
  return [
    disabled === undefined
      ? error(`no rule sends "${description}" to the queue (${id}); apply again, or make the rule with this target`)
      : error(`the rule ${disabled.name} is disabled: "${description}" does not reach the queue; enable it`),
  ];
}

function unsent({ policy, arn }: Queue, rule: EventRule): Verdict[] {
  const answer = maySend(policy, { queueArn: arn, ruleArn: rule.arn });
  switch (answer) {
    case "yes":
      return [];
    case "no":
      return [
        error(
          `the queue's policy does not let the rule ${rule.name} send: allow sqs:SendMessage for events.amazonaws.com from ${rule.arn}`,
        ),
      ];
    case "maybe":
      return [
        unknown(
          `whether the queue's policy lets the rule ${rule.name} send hangs on conditions that are not read here`,
        ),
      ];
  }
}

/**
 * Whether a rule sends every event that another one would: each field that it asks for, the other asks for too, and takes
 * nothing in it that this one does not.
 */
export function covers(pattern: unknown, wanted: unknown): boolean {
  if (Array.isArray(pattern)) {
    const taken = pattern.map((value) => JSON.stringify(value));
    return Array.isArray(wanted) && wanted.every((value) => taken.includes(JSON.stringify(value)));
  }
  if (typeof pattern !== "object" || pattern === null || typeof wanted !== "object" || wanted === null) {
    return false;
  }
  return Object.entries(pattern).every(([field, value]) =>
    covers(value, (wanted as Readonly<Record<string, unknown>>)[field]),
  );
}
