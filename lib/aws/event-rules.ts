import type { Construct } from "constructs";
import { Token } from "cdktf";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { generatedName, NAME_LIMITS } from "../names";
import { ReleaseNeeds } from "../release";
import type { Toggle } from "../terraform/expression";
import { tfString } from "../terraform/expression";
import { both, OptionalResource } from "../terraform/optional-resource";
import type { InterruptionEventRule } from "../versions";
import type { ClusterProps, NamingProps, TagProps } from "./common-props";

/** What the rules are called, and where they are made. */
export interface EventRulesProps {
  /**
   * Whether to make the EventBridge rules and their targets. With a queue of your own, `true` makes them onto it; its policy
   * has to let `events.amazonaws.com` send for the ARNs in `eventRuleArns`.
   *
   * @default - true where the queue is made here
   */
  readonly createEventRules?: Toggle;
  /**
   * Names of the rules by what they are about, up to 64 characters each: `health`, `spot-interruption`, `rebalance`,
   * `instance-state-change`, `capacity-reservation-interruption`. A rule of the default event bus that has the name already
   * would be overwritten.
   *
   * @default - `<cluster>-karpenter-<what it is about>`
   */
  readonly eventRuleNames?: Readonly<Record<string, string>>;
}

/** A rule of the release: whether it is made, and what it is called. */
export interface PlannedRule {
  readonly rule: InterruptionEventRule;
  readonly name: string;
  readonly condition: Toggle;
}

/** The rules of the release. */
export function plannedRules(
  scope: Construct,
  props: ClusterProps & NamingProps & EventRulesProps & { readonly karpenterVersion?: string },
): PlannedRule[] {
  return new ReleaseNeeds(scope, props.karpenterVersion)
    .of(({ eventRules }) => Object.fromEntries(eventRules.map((rule) => [rule.id, rule])))
    .map(({ value: rule, condition }) => ({
      rule,
      condition,
      name: nameOf(
        rule.id,
        props.eventRuleNames,
        generatedName(props.namePrefix ?? props.clusterName, `-karpenter-${rule.id}`, NAME_LIMITS.eventRule),
      ),
    }));
}

function nameOf(id: string, names: EventRulesProps["eventRuleNames"], generated: string): string {
  return Token.isUnresolved(names) ? tfString`lookup(${names}, ${id}, ${generated})` : (names?.[id] ?? generated);
}

/** Makes a rule with its target, the queue. */
export function makeEventRule(
  scope: Construct,
  { rule: { id, description, eventPattern }, name, condition }: PlannedRule,
  props: ClusterProps & TagProps & { readonly create: Toggle; readonly queueArn: string },
): OptionalResource<CloudwatchEventRule> {
  const isMade = both(props.create, condition);
  const rule = new OptionalResource(
    isMade,
    (count) =>
      new CloudwatchEventRule(scope, id, {
        count,
        name,
        description: `Karpenter of the EKS cluster ${props.clusterName}: ${description}`,
        eventPattern: JSON.stringify(eventPattern),
        tags: props.tags,
      }),
  );
  new OptionalResource(
    isMade,
    (count) =>
      new CloudwatchEventTarget(scope, `${id}-target`, {
        count,
        rule: rule.attribute("name"),
        targetId: "KarpenterInterruptionQueueTarget",
        arn: props.queueArn,
      }),
  );
  return rule;
}
