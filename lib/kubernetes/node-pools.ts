import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { Release } from "@cdktf/provider-helm/lib/release";
import { NODE_POOLS_PROPERTIES } from "../inputs/catalog/properties";
import { checkedProps, isAlreadyChecked, Problems } from "../inputs/problems";
import { propertyName } from "../module/property-name";
import { tfString } from "../terraform/expression";
import { Remembered } from "../terraform/remembered";
import { mustBeUnique } from "../terraform/unique-name";
import type { AcceptedChangeProps } from "../inputs/catalog/accepted-change";
import type { NewerVersionProps } from "../inputs/catalog/newer-version";
import { warnOfNewerVersion } from "../inputs/catalog/newer-version";
import { timeoutOf } from "../node-objects/grace-periods";
import type { KubernetesObject } from "../node-objects/kubernetes-object";
import { pruned } from "../node-objects/kubernetes-object";
import { manifestValues } from "../node-objects/manifests";
import { apiVersionOf, olderObjects } from "../node-objects/older-objects";
import { checkNodeObjects } from "../node-objects/node-checks";
import type { NodeObjects } from "../node-objects/node-objects";
import { checkNodePools } from "../node-objects/node-pools-checks";
import type { HelmProviderProps } from "../terraform/providers";
import { useProviders } from "../terraform/providers";
import { withGuards } from "./guards";
import type { HelmHistoryProps } from "./helm-history";
import { maxHistoryOf } from "./helm-history";
import { chartSource } from "./packaged-chart";
import { objectGateWarnings } from "../node-objects/gated-objects";
import { nodeWarnings } from "../node-objects/warnings";
import type { AcknowledgedWarningsProps } from "../inputs/acknowledged-warnings";
import { warn } from "../inputs/acknowledged-warnings";
import { warnOfDefaultProvider } from "../inputs/default-provider";

/** Properties of {@link NodePools}. */
export interface NodePoolsProps
  extends
    NodeObjects,
    HelmHistoryProps,
    HelmProviderProps,
    NewerVersionProps,
    AcknowledgedWarningsProps,
    AcceptedChangeProps {
  /**
   * Namespace that the Helm release is kept in; NodePools themselves are in none, CapacityBuffers in this one or their own.
   *
   * @default "karpenter"
   */
  readonly namespace?: string;
  /**
   * The name of the Helm release, up to 53 characters: another one for each further NodePools in a namespace. A change of it is
   * a release made anew, and every node goes: a plan refuses it without `acceptedChange`.
   *
   * @default "karpenter-node-pools"
   */
  readonly releaseName?: string;
  /**
   * The chart that renders the objects, where it should not come from this library: its folder, or its address with its
   * name, `oci://registry.example/charts/karpenter-node-pools`. A registry is asked for the version of the chart that ships
   * with this library.
   *
   * @default - the one that ships with this library
   */
  readonly nodePoolsChart?: string;
  /**
   * What must be there before: `dependables` of {@link KarpenterCharts}, or the release of a controller of your own. Where a
   * controller of KarpenterCharts is among it, so is its guard.
   *
   * @default - nothing
   */
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * NodePools, EC2NodeClasses, NodeOverlays and CapacityBuffers as one Helm release of a local chart, so that nothing needs the CRDs while
 * planning. A destroy waits until the last node is gone: an EC2NodeClass keeps its finalizer until then.
 */
export class NodePools extends Construct {
  /** The Helm release of the objects. */
  public readonly release: Release;
  /** Values of the chart that renders the objects. */
  public readonly values: Readonly<Record<string, unknown>>;

  constructor(scope: Construct, id: string, props: NodePoolsProps) {
    super(scope, id);
    const isPart = isAlreadyChecked(props);
    props = checkedProps(this, props, NODE_POOLS_PROPERTIES, checkNodePools);
    warnOfNewerVersion(this, props);
    warnOfDefaultProvider(this, props);
    warn(this, [...nodeWarnings(props), ...(isPart ? [] : objectGateWarnings({ ...props }))], props);
    const objects = this.olderObjects(props);
    const manifests = props.manifests === undefined ? {} : { manifests: manifestValues(props.manifests) };
    this.values = {
      ...(objects === undefined ? newestValues(props) : { objects, ...completion(props) }),
      ...manifests,
    };
    const name = props.releaseName ?? "karpenter-node-pools";
    const namespace = props.namespace ?? "karpenter";
    this.release = new Release(this, "Resource", {
      name,
      namespace,
      ...chartSource(this, "node-pools", props.nodePoolsChart),
      wait: true,
      timeout: timeoutOf(props),
      maxHistory: maxHistoryOf(props),
      values: [tfString`yamlencode(${this.values})`],
      dependsOn: withGuards(props.dependsOn),
    });
    const accepted = propertyName(this, "acceptedChange");
    new Remembered(this, "installed", {
      values: { namespace, release_name: name },
      acceptedChange: props.acceptedChange,
      refusal: (was) =>
        `this plan makes the Helm release of the NodePools anew, which is ${was}, and every node goes with the old one; leave its ` +
        `name and its namespace as they were, or plan an outage of all that runs on these nodes, and say so in "${accepted}"`,
    });
    useProviders(this, props);
    mustBeUnique(this, this.release, {
      kind: "Helm release",
      name,
      namespace,
      remedy: 'give one of them another "releaseName", or a provider of another cluster',
    });
  }

  /** Objects of an API before v1. What synth will refuse cannot be told in other words. */
  private olderObjects(props: NodePoolsProps): KubernetesObject[] | undefined {
    if (apiVersionOf(props.karpenterVersion) === "v1") {
      return undefined;
    }
    const problems = new Problems();
    checkNodeObjects(problems, props);
    const { nodePools = {}, nodeClasses = {} } = props;
    return problems.all.length === 0 ? olderObjects({ ...props, nodePools, nodeClasses }) : [];
  }
}

/** What the chart fills into EC2NodeClasses among the manifests, where there are any. */
function completion({ manifests, nodeClassDefaults, completeManifests }: NodePoolsProps): object {
  return manifests === undefined ? {} : pruned({ nodeClassDefaults, completeManifests });
}

/** What the chart renders itself, in the words of v1. What is not given is left out, so that a plan shows what is said. */
function newestValues(props: NodePoolsProps): object {
  const { nodePools, nodeClasses, nodeOverlays = {}, nodeClassDefaults = {}, existingNodeClasses } = props;
  const { capacityBuffers, completeManifests } = props;
  return pruned({
    nodePools,
    nodeClasses,
    nodeOverlays,
    capacityBuffers,
    nodeClassDefaults,
    existingNodeClasses,
    completeManifests,
  });
}
