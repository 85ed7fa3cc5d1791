import { Construct } from "constructs";
import { ITerraformDependable } from "cdktf";
import { Release } from "@cdktf/provider-helm/lib/release";
import * as kubernetesRules from "../rules/kubernetes";
import { Problems, reportAtSynth } from "../rules/problems";
import { timeout } from "../rules/values";
import { tfString } from "../terraform/expression";
import { checkNodeObjects, DEFAULT_NODE_POOLS_TIMEOUT } from "./node-checks";
import { NodeClass } from "./node-class";
import { NodeOverlay, NodePool } from "./node-pool";
import { packagedChart } from "./packaged-chart";

/** What EC2NodeClasses get from the AWS side where they say nothing themselves. */
export interface NodeClassDefaults {
  /** The name of the nodes' role; either this or an instance profile. */
  readonly role?: string;
  /** The name of the nodes' instance profile. */
  readonly instanceProfile?: string;
  readonly subnetSelectorTerms?: unknown;
  readonly securityGroupSelectorTerms?: unknown;
}

/** Properties of {@link NodePools}. */
export interface NodePoolsProps {
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
  /** @default - each node class says everything itself */
  readonly nodeClassDefaults?: NodeClassDefaults;
  /** @default "karpenter" */
  readonly namespace?: string;
  /**
   * How long a destroy waits for nodes to drain and instances to end, in seconds: longer than the `terminationGracePeriod`
   * of any pool.
   *
   * @default 1800
   */
  readonly nodePoolsTimeout?: number;
  /**
   * The chart that renders the objects.
   *
   * @default - the one that ships with this library
   */
  readonly nodePoolsChart?: string;
  /** What must be there before: the controller. */
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * NodePools, EC2NodeClasses and NodeOverlays as one Helm release of a local chart, so that nothing needs the CRDs while
 * planning. A destroy waits until the last node is gone: an EC2NodeClass keeps its finalizer until then.
 */
export class NodePools extends Construct {
  public readonly release: Release;

  constructor(scope: Construct, id: string, props: NodePoolsProps) {
    super(scope, id);
    reportAtSynth(this, props, (problems) => checkNodePools(problems, props));
    this.release = new Release(this, "Resource", {
      name: "karpenter-node-pools",
      namespace: props.namespace ?? "karpenter",
      chart: props.nodePoolsChart ?? packagedChart(this, "node-pools"),
      wait: true,
      timeout: props.nodePoolsTimeout ?? DEFAULT_NODE_POOLS_TIMEOUT,
      values: [
        tfString`yamlencode(${{
          nodePools: props.nodePools,
          nodeClasses: props.nodeClasses,
          nodeOverlays: props.nodeOverlays ?? {},
          nodeClassDefaults: props.nodeClassDefaults ?? {},
        }})`,
      ],
      dependsOn: props.dependsOn,
    });
  }
}

/** Holds the properties of {@link NodePools} against what the API knows. */
export function checkNodePools(problems: Problems, props: NodePoolsProps): void {
  problems
    .check("namespace", props.namespace, kubernetesRules.namespace)
    .check("nodePoolsTimeout", props.nodePoolsTimeout, timeout);
  checkNodeObjects(problems, props);
}
