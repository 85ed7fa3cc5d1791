import { Construct } from "constructs";
import { ITerraformDependable } from "cdktf";
import { Release } from "@cdktf/provider-helm/lib/release";
import * as kubernetesRules from "../inputs/catalog/kubernetes";
import { Problems, reportAtSynth } from "../inputs/problems";
import { timeout } from "../inputs/catalog/values";
import { tfString } from "../terraform/expression";
import { karpenterVersion } from "../release";
import { KubernetesObject } from "../node-objects/kubernetes-object";
import { apiVersionOf, olderObjects } from "../node-objects/older-objects";
import { checkNodeObjects, DEFAULT_NODE_POOLS_TIMEOUT } from "../node-objects/node-checks";
import { NodeClass } from "./node-class";
import { unmetNeeds } from "../node-objects/node-class-needs";
import { NodeOverlay, NodePool } from "./node-pool";
import { packagedChart } from "./packaged-chart";
import { nodeWarnings, warn } from "../node-objects/warnings";

/** What EC2NodeClasses get from the AWS side where they say nothing themselves. */
export interface NodeClassDefaults {
  /** The name of the nodes' role; either this or an instance profile. */
  readonly role?: string;
  /** The name of the nodes' instance profile. */
  readonly instanceProfile?: string;
  readonly subnetSelectorTerms?: unknown;
  readonly securityGroupSelectorTerms?: unknown;
  /** Tags that the controller needs to see on what it launches, beside the class's own; Karpenter 0.27 and 0.28 only. */
  readonly tags?: Readonly<Record<string, string>>;
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
  /**
   * The release of Karpenter, which decides what the objects may say: before 1.0, they are made in the words of its API.
   *
   * @default "1.14.3"
   */
  readonly karpenterVersion?: string;
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
    warn(this, nodeWarnings(props));
    const objects = this.olderObjects(props);
    this.release = new Release(this, "Resource", {
      name: "karpenter-node-pools",
      namespace: props.namespace ?? "karpenter",
      chart: props.nodePoolsChart ?? packagedChart(this, "node-pools"),
      wait: true,
      timeout: props.nodePoolsTimeout ?? DEFAULT_NODE_POOLS_TIMEOUT,
      values: [
        tfString`yamlencode(${
          objects === undefined
            ? {
                nodePools: props.nodePools,
                nodeClasses: props.nodeClasses,
                nodeOverlays: props.nodeOverlays ?? {},
                nodeClassDefaults: props.nodeClassDefaults ?? {},
              }
            : { objects }
        })`,
      ],
      dependsOn: props.dependsOn,
    });
  }

  /** Objects of an API before v1. What synth will refuse cannot be told in other words. */
  private olderObjects(props: NodePoolsProps): KubernetesObject[] | undefined {
    const problems = new Problems();
    checkNodeObjects(problems, props);
    return apiVersionOf(props.karpenterVersion) === "v1" || problems.all.length === 0 ? olderObjects(props) : [];
  }
}

/** Holds the properties of {@link NodePools} against what the API knows. */
export function checkNodePools(problems: Problems, props: NodePoolsProps): void {
  problems
    .check("karpenterVersion", props.karpenterVersion, karpenterVersion)
    .check("namespace", props.namespace, kubernetesRules.namespace)
    .check("nodePoolsTimeout", props.nodePoolsTimeout, timeout);
  checkNodeObjects(problems, props);
  unmetNeeds(props).forEach((problem) => problems.add(problem));
}
