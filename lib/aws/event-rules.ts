import type { Construct } from "constructs";
import { TerraformLocal, Token } from "cdktf";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { generatedName, NAME_LIMITS } from "../names";
import { ReleaseNeeds } from "../release";
import type { Toggle } from "../terraform/expression";
import { tfString } from "../terraform/expression";
import { both, OptionalResource } from "../terraform/optional-resource";
import type { InterruptionEventRule } from "../versions";
import type { ClusterProps, NamingProps, TagProps } from "./common-props";

/** What each rule calls its target, the queue. */
export const TARGET_ID = "KarpenterInterruptionQueueTarget";

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
  const rules = new ReleaseNeeds(scope, props.karpenterVersion).of(({ eventRules }) =>
    Object.fromEntries(eventRules.map((rule) => [rule.id, rule])),
  );
  const names = ruleNames(scope, props, rules);
  return rules.map(({ value: rule, condition }) => ({ rule, condition, name: names(rule.id) }));
}

/** What each rule is called. Names that only Terraform knows are a local, for the queue's policy says them too. */
function ruleNames(
  scope: Construct,
  { eventRuleNames: given, ...props }: ClusterProps & NamingProps & EventRulesProps,
  rules: readonly { readonly name: string }[],
): (id: string) => string {
  const prefix = props.namePrefix ?? props.clusterName;
  const names = Object.fromEntries(
    rules.map(({ name: id }) => {
      const generated = generatedName(prefix, `-karpenter-${id}`, NAME_LIMITS.eventRule);
      return [
        id,
        Token.isUnresolved(given) ? tfString`lookup(${given}, ${id}, ${generated})` : (given?.[id] ?? generated),
      ];
    }),
  );
  if (!Object.values(names).some((name) => Token.isUnresolved(name))) {
    return (id) => names[id];
  }
  const local = new TerraformLocal(scope, "event-rule-names", names);
  return (id) => tfString`${local.asString}[${id}]`;
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
        // Unsaid, Terraform does not see that somebody has disabled the rule.
        state: "ENABLED",
        tags: props.tags,
      }),
  );
  new OptionalResource(
    isMade,
    (count) =>
      new CloudwatchEventTarget(scope, `${id}-target`, {
        count,
        rule: rule.attribute("name"),
        targetId: TARGET_ID,
        arn: props.queueArn,
      }),
  );
  return rule;
}
