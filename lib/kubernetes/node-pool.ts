/** What a node must have. https://karpenter.sh/docs/concepts/nodepools/#spectemplatespecrequirements */
export interface Requirement {
  /** A label, `karpenter.k8s.aws/instance-category`. */
  readonly key: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt" | "Gte" | "Lte";
  /** @default - none */
  readonly values?: readonly string[];
  /**
   * How many different values there must be to choose from, 1 to 50.
   *
   * @default - no minimum
   */
  readonly minValues?: number;
}

/** A taint of a node. */
export interface Taint {
  readonly key: string;
  /** @default - none */
  readonly value?: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
  /** @default - none */
  readonly timeAdded?: string;
}

/** How many nodes may be disrupted at once, and when. */
export interface DisruptionBudget {
  /**
   * A number or a percentage, `"10%"`.
   *
   * @default "10%"
   */
  readonly nodes?: string;
  /**
   * When it applies, as a cron line in UTC; only together with `duration`.
   *
   * @default - always
   */
  readonly schedule?: string;
  /**
   * How long it applies from each time of the schedule, `"8h"`.
   *
   * @default - always
   */
  readonly duration?: string;
  /**
   * What it is about.
   *
   * @default - every reason
   */
  readonly reasons?: readonly ("Underutilized" | "Empty" | "Drifted" | "Unhealthy")[];
}

/** When Karpenter replaces and removes nodes. https://karpenter.sh/docs/concepts/disruption/ */
export interface Disruption {
  /** @default "WhenEmptyOrUnderutilized" */
  readonly consolidationPolicy?: "WhenEmpty" | "WhenEmptyOrUnderutilized" | "Balanced";
  /**
   * How long a node is left alone after a change, `"1m"`, or `"Never"`.
   *
   * @default "0s"
   */
  readonly consolidateAfter?: string;
  /** @default - one of 10% */
  readonly budgets?: readonly DisruptionBudget[];
}

/**
 * A NodePool: what kind of nodes Karpenter may start. The API's own words, without the nesting of its template.
 * https://karpenter.sh/docs/concepts/nodepools/
 */
export interface NodePool {
  /**
   * The node class that its nodes are of, by name.
   *
   * @default - the only node class, or the one named `default`
   */
  readonly nodeClass?: string;
  /** @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** @default - any instance type */
  readonly requirements?: readonly Requirement[];
  /** @default - none */
  readonly taints?: readonly Taint[];
  /** @default - none */
  readonly startupTaints?: readonly Taint[];
  /**
   * How long a node may live, `"720h"` or `"Never"`.
   *
   * @default "720h"
   */
  readonly expireAfter?: string;
  /**
   * How long draining may take before pods are evicted by force, `"1h"`. Without it a PodDisruptionBudget can hold a node,
   * and a destroy, for ever.
   *
   * @default - draining waits for ever
   */
  readonly terminationGracePeriod?: string;
  /** @default - consolidation at once, 10% of the nodes at a time */
  readonly disruption?: Disruption;
  /**
   * What all nodes of the pool together may have, `{ cpu: "1000", memory: "1000Gi" }`.
   *
   * @default - no limit
   */
  readonly limits?: Readonly<Record<string, string | number>>;
  /**
   * A fixed number of nodes; needs the feature gate `staticCapacity`.
   *
   * @default - as many nodes as pods need
   */
  readonly replicas?: number;
  /**
   * Which pool is tried first, 1 to 100, the highest first.
   *
   * @default - after all with a weight
   */
  readonly weight?: number;
  /**
   * More of the object's `spec` in the API's own form; what is set above wins.
   *
   * @default - none
   */
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** A NodeOverlay: corrects prices or capacities of instance types; needs the feature gate `nodeOverlay`. */
export interface NodeOverlay {
  readonly requirements?: readonly Omit<Requirement, "minValues">[];
  /** @default - none */
  readonly capacity?: Readonly<Record<string, string | number>>;
  /**
   * US dollars an hour, instead of the known price.
   *
   * @default - the known price
   */
  readonly price?: string;
  /**
   * An addition to the known price, `"+0.5"`, `"-10%"`.
   *
   * @default - the known price
   */
  readonly priceAdjustment?: string;
  /**
   * Which overlay wins, 1 to 10,000, the highest.
   *
   * @default - none
   */
  readonly weight?: number;
  /**
   * More of the object's `spec` in the API's own form; what is set above wins.
   *
   * @default - none
   */
  readonly spec?: Readonly<Record<string, unknown>>;
}
