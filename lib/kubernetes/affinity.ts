/** Where the controller's pods may run. https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/ */
export interface ControllerAffinity {
  /** On which nodes they run. */
  readonly nodeAffinity?: NodeAffinity;
  /** Beside which pods they run. */
  readonly podAffinity?: PodAffinity;
  /** Beside which pods they do not run. */
  readonly podAntiAffinity?: PodAffinity;
}

/** On which nodes a pod runs. */
export interface NodeAffinity {
  /** What must hold: one of the terms. */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: {
    /** The terms, at least one. */
    readonly nodeSelectorTerms: readonly NodeSelectorTerm[];
  };
  /** What had better hold. */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
    /** How much it counts, 1 to 100. */
    readonly weight: number;
    /** The term that counts. */
    readonly preference: NodeSelectorTerm;
  }[];
}

/** Beside which pods a pod runs, or does not. */
export interface PodAffinity {
  /** What must hold: all of the terms. */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[];
  /** What had better hold. */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
    /** How much it counts, 1 to 100. */
    readonly weight: number;
    /** The term that counts. */
    readonly podAffinityTerm: PodAffinityTerm;
  }[];
}

/** A choice of nodes: all of it must hold. */
export interface NodeSelectorTerm {
  /** Labels of the node. */
  readonly matchExpressions?: readonly NodeSelectorRequirement[];
  /** Fields of the node, of which there is `metadata.name`. */
  readonly matchFields?: readonly NodeSelectorRequirement[];
}

/** What a label or a field of a node must be. */
export interface NodeSelectorRequirement {
  /** The label or field. */
  readonly key: string;
  /** How it is compared. */
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";
  /** What it is compared with: none with "Exists" and "DoesNotExist", one number with "Gt" and "Lt". */
  readonly values?: readonly string[];
}

/** A choice of pods, and what it means to be beside them. */
export interface PodAffinityTerm {
  /** A label of nodes that says what one place is, `"kubernetes.io/hostname"`. */
  readonly topologyKey: string;
  /** Which pods; left out, the controller's own. */
  readonly labelSelector?: LabelSelector;
  /** Namespaces of these pods; left out, the controller's. */
  readonly namespaces?: readonly string[];
  /** Namespaces of these pods by their labels. */
  readonly namespaceSelector?: LabelSelector;
  /** Labels in whose values the pods must agree. */
  readonly matchLabelKeys?: readonly string[];
  /** Labels in whose values the pods must differ. */
  readonly mismatchLabelKeys?: readonly string[];
}

/** A choice of objects by their labels: all of it must hold. */
export interface LabelSelector {
  /** Labels with their values. */
  readonly matchLabels?: Readonly<Record<string, string>>;
  /** Labels that are compared. */
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
}

/** What a label must be. */
export interface LabelSelectorRequirement {
  /** The label. */
  readonly key: string;
  /** How it is compared. */
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  /** What it is compared with; none with "Exists" and "DoesNotExist". */
  readonly values?: readonly string[];
}
