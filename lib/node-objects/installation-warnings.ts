import { Token } from "cdktf";
import { environmentOfOidcProvider } from "../arns";
import type { Warning } from "../inputs/acknowledged-warnings";
import { any, includes, is, not, sized } from "../inputs/predicate";
import { isFields, isGiven, isKnownText } from "../terraform/known-values";
import { demandsOf, unknownValues } from "./contradictions";
import type { NodeObjects } from "./node-objects";
import { saidClasses, saidPools } from "./said";
import type { Part, WarningRule } from "./warning-rule";
import { warningsOf } from "./warning-rule";
import { impossibleRequirement, inWords } from "./warnings";

/** What of the whole installation the objects are looked at with. */
export interface Installation extends Partial<
  Pick<NodeObjects, "nodePools" | "nodeClasses" | "manifests" | "karpenterVersion">
> {
  readonly region?: unknown;
  readonly oidcProviderArn?: unknown;
  readonly subnetIds?: unknown;
  readonly settings?: unknown;
  readonly featureGates?: unknown;
}

/**
 * What warnings on an installation speak of:
 *
 * - `inputs`: `subnetIds`
 * - `featureGates`: each by its name
 * - `nodeNames`: the `names` of a NodePool's labels or annotations, and whether an interface is `reserved`
 */
export type InstallationPart = "inputs" | "featureGates" | "nodeNames";

const ENI_CONFIG = "k8s.amazonaws.com/eniConfig";

/** What hurts in inputs of an installation. */
export const installationRules: readonly WarningRule<InstallationPart>[] = [
  {
    id: "karpenter-one-subnet",
    of: "inputs",
    // One subnet is one zone, for the nodes and for every replica of the controller.
    text:
      '"{subnetIds}" has one subnet: when its zone fails, so do the nodes and every replica of the controller; ' +
      "give a subnet of each zone",
    isRight: not(sized("subnetIds", { min: 1, max: 1 })),
  },
  {
    // Custom networking itself is the VPC CNI's matter; that nodes are told their ENIConfig gives it away.
    id: "karpenter-reserved-enis",
    of: "nodeNames",
    text:
      `"{}" has "${ENI_CONFIG}", so pods have subnets of their own, and "settings.reservedENIs" is not given: Karpenter ` +
      'counts on addresses of the first network interface too, which no pod gets, and pods wait on full nodes; set it to "1"',
    isRight: any(is("reserved", true), not(includes("names", ENI_CONFIG))),
  },
  {
    id: "karpenter-node-repair",
    of: "featureGates",
    text:
      '"{nodeRepair}" is true: without the EKS add-on eks-node-monitoring-agent, or another that sets conditions ' +
      "of nodes, only nodes that are not Ready are repaired, and none for its GPU, disk, kernel or network; install it, and " +
      "acknowledge this",
    isRight: not(is("nodeRepair", true)),
  },
];

/** What hurts in objects and settings together, as far as it is known at synth. */
export function installationWarnings(props: Installation): Warning[] {
  return [...warningsOf(installationRules, partsOf(props), props.karpenterVersion), ...regionWarnings(props)];
}

function partsOf(props: Installation): Readonly<Record<InstallationPart, readonly Part[]>> {
  const { subnetIds, featureGates } = props;
  return {
    inputs: [{ path: "", fields: { subnetIds }, at: (field) => field }],
    featureGates: isFields(featureGates)
      ? [{ path: "featureGates", fields: featureGates, at: (field) => `featureGates.${field}` }]
      : [],
    nodeNames: nodeNames(props),
  };
}

function nodeNames(props: Installation): Part[] {
  const reserved = isReserved(props);
  return saidPools(props).flatMap(({ at, fields }) =>
    (["labels", "annotations"] as const).flatMap((field) => {
      const said = fields[field];
      const path = at(field);
      return isFields(said) ? [{ path, fields: { names: Object.keys(said), reserved }, at: () => path }] : [];
    }),
  );
}

/** Whether an interface is kept free, or the number of pods is said instead; what only Terraform knows may do either. */
function isReserved(props: Installation): boolean {
  const { settings } = props;
  const said = isFields(settings) ? settings.reservedENIs : undefined;
  return (
    (isGiven(settings) && Token.isUnresolved(settings)) ||
    (isGiven(said) && said !== "0" && said !== "") ||
    // The kubelet is one of the pool before Karpenter 1.0.
    [...saidClasses(props), ...saidPools(props)].some(
      ({ fields: { kubelet } }) => isGiven(kubelet) && (!isFields(kubelet) || isGiven(kubelet.maxPods)),
    )
  );
}

/** A zone, a local zone and a wavelength zone begin with their region's name. */
function regionWarnings(props: Installation): Warning[] {
  const arn = isKnownText(props.oidcProviderArn) ? props.oidcProviderArn : "";
  const region = isGiven(props.region) ? props.region : environmentOfOidcProvider(arn).region;
  if (!isKnownText(region)) {
    return [];
  }
  const isThere: Readonly<Record<string, (value: string) => boolean>> = {
    "topology.kubernetes.io/zone": (zone) => zone.startsWith(region) && /^(-|[a-z]$)/.test(zone.slice(region.length)),
    "topology.kubernetes.io/region": (own) => own === region,
  };
  return (
    saidPools(props)
      .flatMap(demandsOf)
      // What is no zone at all is told of by itself.
      .filter((demand) => demand.operator === "In" && demand.values.length > 0 && !unknownValues(demand))
      .filter(({ key, values }) => Object.hasOwn(isThere, key) && !values.some(isThere[key]))
      .map((demand) => impossibleRequirement(`"${demand.path}" (${inWords(demand)}) names nothing in region ${region}`))
  );
}
