import type { Toggle } from "../terraform/expression";
import type { CapacityBuffer } from "./capacity-buffer";
import type { NodeClass } from "./node-class";
import type { NodeOverlay, NodePool } from "./node-pool";

/** What EC2NodeClasses get from the AWS side where they say nothing themselves. */
export interface NodeClassDefaults {
  /** The name of the nodes' role; either this or an instance profile. */
  readonly role?: string;
  /** The name of the nodes' instance profile. */
  readonly instanceProfile?: string;
  /** Terms that select the subnets of nodes, as in an EC2NodeClass; a list, or what only Terraform knows. */
  readonly subnetSelectorTerms?: unknown;
  /** Terms that select the security groups of nodes, as in an EC2NodeClass; a list, or what only Terraform knows. */
  readonly securityGroupSelectorTerms?: unknown;
  /** Tags of what is launched, beside the class's own, which win but for those that Karpenter 0.27 and 0.28 need to see. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The objects that tell Karpenter what nodes to start. */
export interface NodeObjects {
  /** NodePools by name. */
  readonly nodePools: Readonly<Record<string, NodePool>>;
  /** EC2NodeClasses by name. */
  readonly nodeClasses: Readonly<Record<string, NodeClass>>;
  /**
   * NodeOverlays by name; they need the feature gate `nodeOverlay`.
   *
   * @default - none
   */
  readonly nodeOverlays?: Readonly<Record<string, NodeOverlay>>;
  /**
   * CapacityBuffers by name, since Karpenter 1.14; they need the feature gate `capacityBuffer`.
   *
   * @default - none
   */
  readonly capacityBuffers?: Readonly<Record<string, CapacityBuffer>>;
  /**
   * Whole NodePools, EC2NodeClasses, NodeOverlays, CapacityBuffers and PodTemplates as the API has them and as people keep them
   * in YAML: karpenter.sh/v1, karpenter.k8s.aws/v1, karpenter.sh/v1alpha1, autoscaling.x-k8s.io/v1beta1 and v1, or those of
   * the API of an older `karpenterVersion`. They come out as they go in,
   * but for what `completeManifests` fills in. A list among them is several documents of one file, and an object of kind `List`
   * is taken apart.
   *
   * @default - none
   */
  readonly manifests?: readonly object[];
  /**
   * Whether EC2NodeClasses among the manifests get from `nodeClassDefaults` what they lack: a role or
   * an instance profile where there is neither, `subnetSelectorTerms`, `securityGroupSelectorTerms`.
   *
   * @default true
   */
  readonly completeManifests?: Toggle;
  /**
   * Names of EC2NodeClasses that something else makes, so that NodePools may be of these too.
   *
   * @default - every node class is made here
   */
  readonly existingNodeClasses?: readonly string[];
  /**
   * What node classes get where they say nothing themselves: the nodes' role or instance profile, subnets and security groups.
   *
   * @default - each node class says everything itself
   */
  readonly nodeClassDefaults?: NodeClassDefaults;
  /**
   * The release of Karpenter, which decides what the objects may say: before 1.0, they are made in the words of its API.
   *
   * @default "1.14.3"
   */
  readonly karpenterVersion?: string;
  /**
   * The minor version of the cluster's Kubernetes, `"1.33"`. With it, what is not made for it is refused before anything is
   * created: a release of Karpenter, or of an AMI alias.
   *
   * @default - not checked
   */
  readonly kubernetesVersion?: string;
  /**
   * How long a destroy waits for nodes to drain and instances to end, in seconds: longer than the `terminationGracePeriod`
   * of any pool.
   *
   * @default - 1800, or 600 more than the longest `terminationGracePeriod`
   */
  readonly nodePoolsTimeout?: number;
}
