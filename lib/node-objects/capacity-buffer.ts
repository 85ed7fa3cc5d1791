import type { ObjectMetadata } from "./node-pool";

/** A pod as a PodTemplate describes it. */
export interface PodTemplateSpec {
  /**
   * Labels and annotations of the pod.
   *
   * @default - none
   */
  readonly metadata?: ObjectMetadata;
  /** The pod, in the API's own form: `{ containers: [{ name, image, resources: { requests } }] }`. */
  readonly spec: Readonly<Record<string, unknown>>;
}

/**
 * A CapacityBuffer: room that Karpenter keeps free, so that pods need not wait for a node. It counts placeholders of one shape,
 * which are no pods of the cluster. Since Karpenter 1.14; needs the feature gate `capacityBuffer`.
 */
export interface CapacityBuffer {
  /**
   * Its namespace, which is also that of what it refers to; it must be there already.
   *
   * @default - the namespace of the Helm release, which suits `podTemplate`
   */
  readonly namespace?: string;
  /**
   * The shape of one placeholder. A PodTemplate of the buffer's name is made of it.
   *
   * @default - `podTemplateRef` or `scalableRef` says it
   */
  readonly podTemplate?: PodTemplateSpec;
  /**
   * A PodTemplate of the same namespace that says the shape of one placeholder.
   *
   * @default - `podTemplate` or `scalableRef` says it
   */
  readonly podTemplateRef?: {
    /** The PodTemplate's name. */
    readonly name: string;
  };
  /**
   * A workload of the same namespace whose pods the placeholders are like: a Deployment, StatefulSet or ReplicaSet.
   *
   * @default - `podTemplate` or `podTemplateRef` says it
   */
  readonly scalableRef?: {
    /**
     * The workload's API group.
     *
     * @default "apps"
     */
    readonly apiGroup?: string;
    /** The workload's kind. */
    readonly kind: "Deployment" | "StatefulSet" | "ReplicaSet";
    /** The workload's name. */
    readonly name: string;
  };
  /**
   * How many placeholders; of this and `percentage` the larger number.
   *
   * @default - what `percentage` or `limits` say
   */
  readonly replicas?: number;
  /**
   * How many placeholders, in percent of the replicas of `scalableRef`.
   *
   * @default - what `replicas` or `limits` say
   */
  readonly percentage?: number;
  /**
   * What all placeholders together may ask for at most, `{ cpu: "10" }`; alone, as many as fit into it.
   *
   * @default - no limit
   */
  readonly limits?: Readonly<Record<string, string | number>>;
  /**
   * What keeps the room free.
   *
   * @default "buffer.x-k8s.io/active-capacity"
   */
  readonly provisioningStrategy?: string;
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
