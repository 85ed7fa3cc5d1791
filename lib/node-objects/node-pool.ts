/** Labels and annotations of a Kubernetes object itself, not of the nodes made from it. */
export interface ObjectMetadata {
  /**
   * Labels of the object: keys and values as Kubernetes has them.
   *
   * @default - none of one's own
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the object, `{ "argocd.argoproj.io/sync-options": "Prune=false" }`.
   *
   * @default - none of one's own
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What a node must have. https://karpenter.sh/docs/concepts/nodepools/#spectemplatespecrequirements */
export interface Requirement {
  /** The key of a node label, `karpenter.k8s.aws/instance-category`. */
  readonly key: string;
  /** How the label's value compares with `values`; `Gt`, `Lt`, `Gte` and `Lte` (the last two since 1.9) compare one number. */
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt" | "Gte" | "Lte";
  /**
   * What to compare with: any number of values for `In` and `NotIn`, one number as a string for the comparisons, none for
   * `Exists` and `DoesNotExist`.
   *
   * @default - none
   */
  readonly values?: readonly string[];
  /**
   * How many different values there must be to choose from, 1 to 50.
   *
   * @default - no minimum
   */
  readonly minValues?: number;
}

/** A taint of a node: pods that do not tolerate it stay away. */
export interface Taint {
  /** The taint's key, `nvidia.com/gpu`. */
  readonly key: string;
  /**
   * The taint's value.
   *
   * @default - none
   */
  readonly value?: string;
  /** What becomes of pods that do not tolerate it. */
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
  /**
   * When the taint was added, as RFC 3339 has it; for `NoExecute` only.
   *
   * @default - none
   */
  readonly timeAdded?: string;
}

/** How many nodes may be disrupted at once, and when. */
export interface DisruptionBudget {
  /**
   * How many of the pool's nodes at once: a number, or a percentage, `"10%"`; `"0"` for none.
   *
   * @default "10%"
   */
  readonly nodes?: string;
  /**
   * When it applies, as a cron line in UTC, `"0 9 * * mon-fri"`; only together with `duration`.
   *
   * @default - always
   */
  readonly schedule?: string;
  /**
   * How long it applies from each time of the schedule, in hours and minutes, `"8h30m"`.
   *
   * @default - always
   */
  readonly duration?: string;
  /**
   * The reasons of disruption that it is about, since Karpenter 1.0; `Unhealthy` since 1.15.
   *
   * @default - every reason
   */
  readonly reasons?: readonly ("Underutilized" | "Empty" | "Drifted" | "Unhealthy")[];
}

/** When Karpenter replaces and removes nodes. https://karpenter.sh/docs/concepts/disruption/ */
export interface Disruption {
  /**
   * Which nodes are consolidated; `Balanced` since Karpenter 1.14. `WhenEmptyOrUnderutilized` is `WhenUnderutilized` before 1.0.
   *
   * @default "WhenEmptyOrUnderutilized"
   */
  readonly consolidationPolicy?: "WhenEmpty" | "WhenEmptyOrUnderutilized" | "Balanced";
  /**
   * How long a node is left alone after a change, `"1m"`, or `"Never"`.
   *
   * @default "0s"
   */
  readonly consolidateAfter?: string;
  /**
   * How many nodes may be disrupted at once, and when; the strictest that applies counts. Up to 50, since Karpenter 0.34.
   *
   * @default - one of 10%
   */
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
  /**
   * Labels of its nodes, up to 100.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Annotations of its nodes.
   *
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * What its nodes must have, up to 100 requirements, all of which hold.
   *
   * @default - any instance type
   */
  readonly requirements?: readonly Requirement[];
  /**
   * Taints of its nodes.
   *
   * @default - none
   */
  readonly taints?: readonly Taint[];
  /**
   * Taints that its nodes start with and that something else takes away, such as a CNI's.
   *
   * @default - none
   */
  readonly startupTaints?: readonly Taint[];
  /**
   * How long a node may live, in hours, minutes and seconds, `"720h"`, or `"Never"`.
   *
   * @default "720h"
   */
  readonly expireAfter?: string;
  /**
   * How long draining may take before pods are evicted by force, in hours, minutes and seconds, `"1h"`. Without it a
   * PodDisruptionBudget can hold a node, and a destroy, for ever. A destroy waits longer than this. Since Karpenter 1.0.
   *
   * @default - draining waits for ever
   */
  readonly terminationGracePeriod?: string;
  /**
   * When Karpenter replaces and removes nodes.
   *
   * @default - consolidation at once, 10% of the nodes at a time
   */
  readonly disruption?: Disruption;
  /**
   * What all nodes of the pool together may have, `{ cpu: "1000", memory: "1000Gi" }`.
   *
   * @default - no limit
   */
  readonly limits?: Readonly<Record<string, string | number>>;
  /**
   * A fixed number of nodes, since Karpenter 1.8; needs the feature gate `staticCapacity`.
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
   * Labels and annotations of the object itself.
   *
   * @default - none of one's own
   */
  readonly metadata?: ObjectMetadata;
  /**
   * More of the object's `spec` in the API's own form. It wins over built-in defaults, and what is set above wins over it: maps
   * key by key, everything else as a whole.
   *
   * @default - none
   */
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** A NodeOverlay: corrects prices or capacities of instance types; needs the feature gate `nodeOverlay`. */
export interface NodeOverlay {
  /**
   * Which instance types it is about, up to 100 requirements, all of which hold.
   *
   * @default - all
   */
  readonly requirements?: readonly Omit<Requirement, "minValues">[];
  /**
   * Resources that the instance types have beside those that EC2 tells, `{ "example.com/fpga": 1 }`, as Kubernetes quantities.
   *
   * @default - none
   */
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
   * Labels and annotations of the object itself.
   *
   * @default - none of one's own
   */
  readonly metadata?: ObjectMetadata;
  /**
   * More of the object's `spec` in the API's own form. It wins over built-in defaults, and what is set above wins over it: maps
   * key by key, everything else as a whole.
   *
   * @default - none
   */
  readonly spec?: Readonly<Record<string, unknown>>;
}
