/** An EventBridge rule whose events the controller reads from its queue. */
export interface InterruptionEventRule {
  /** The last part of the rule's name and of its construct id. */
  readonly id: string;
  readonly description: string;
  readonly eventPattern: Readonly<Record<string, unknown>>;
}

/**
 * The kinds of events that every minor version of Karpenter acts on.
 * https://karpenter.sh/docs/concepts/disruption/#interruption
 *
 * AWS Health tells of every service; the controller drops all but scheduled changes of EC2, so only those are sent.
 */
export const interruptionEventRules: readonly InterruptionEventRule[] = [
  {
    id: "health",
    description: "EC2 maintenance that AWS Health has scheduled",
    eventPattern: {
      source: ["aws.health"],
      "detail-type": ["AWS Health Event"],
      detail: { service: ["EC2"], eventTypeCategory: ["scheduledChange"] },
    },
  },
  {
    id: "spot-interruption",
    description: "A spot instance is reclaimed in two minutes",
    eventPattern: { source: ["aws.ec2"], "detail-type": ["EC2 Spot Instance Interruption Warning"] },
  },
  {
    id: "rebalance",
    description: "A spot instance is at elevated risk of interruption",
    eventPattern: { source: ["aws.ec2"], "detail-type": ["EC2 Instance Rebalance Recommendation"] },
  },
  {
    id: "instance-state-change",
    description: "An instance stops or terminates",
    eventPattern: { source: ["aws.ec2"], "detail-type": ["EC2 Instance State-change Notification"] },
  },
];

/** What Karpenter 1.10 and later act on too; earlier ones drop the message. */
export const capacityReservationRule: InterruptionEventRule = {
  id: "capacity-reservation-interruption",
  description: "An interruptible capacity reservation is reclaimed",
  eventPattern: {
    source: ["aws.ec2"],
    "detail-type": ["EC2 Capacity Reservation Instance Interruption Warning"],
  },
};
