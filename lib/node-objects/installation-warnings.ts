import { Token } from "cdktf";
import { environmentOfOidcProvider } from "../arns";
import type { Warning } from "../inputs/acknowledged-warnings";
import { isFields, isGiven, isKnownText } from "../terraform/known-values";
import { demandsOf, unknownValues } from "./contradictions";
import type { NodeObjects } from "./node-objects";
import { saidClasses, saidPools } from "./said";
import { impossibleRequirement, inWords } from "./warnings";

/** What of the whole installation the objects are looked at with. */
export interface Installation extends Partial<
  Pick<NodeObjects, "nodePools" | "nodeClasses" | "manifests" | "karpenterVersion">
> {
  readonly region?: unknown;
  readonly oidcProviderArn?: unknown;
  readonly settings?: unknown;
  readonly featureGates?: unknown;
}

/** What hurts in objects and settings together, as far as it is known at synth. */
export function installationWarnings(props: Installation): Warning[] {
  return [...regionWarnings(props), ...networkingWarnings(props), ...repairWarnings(props)];
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

const ENI_CONFIG = "k8s.amazonaws.com/eniConfig";

/** Custom networking itself is the VPC CNI's matter; that nodes are told their ENIConfig gives it away. */
function networkingWarnings(props: Installation): Warning[] {
  const reserved = isFields(props.settings) ? props.settings.reservedENIs : undefined;
  const isOpen = isGiven(props.settings) && Token.isUnresolved(props.settings);
  const saysMaxPods = saidClasses(props).some(
    ({ fields: { kubelet } }) => isGiven(kubelet) && (!isFields(kubelet) || isGiven(kubelet.maxPods)),
  );
  if (isOpen || saysMaxPods || (isGiven(reserved) && reserved !== "0" && reserved !== "")) {
    return [];
  }
  return saidPools(props).flatMap(({ at, fields }) =>
    (["labels", "annotations"] as const)
      .filter((field) => isFields(fields[field]) && Object.hasOwn(fields[field] as object, ENI_CONFIG))
      .map((field): Warning => ({
        id: "karpenter-reserved-enis",
        text:
          `"${at(field)}" has "${ENI_CONFIG}", so pods have subnets of their own, and "settings.reservedENIs" is not given: Karpenter ` +
          'counts on addresses of the first network interface too, which no pod gets, and pods wait on full nodes; set it to "1"',
      })),
  );
}

function repairWarnings({ featureGates }: Installation): Warning[] {
  return isFields(featureGates) && featureGates.nodeRepair === true
    ? [
        {
          id: "karpenter-node-repair",
          text:
            '"featureGates.nodeRepair" is true: without the EKS add-on eks-node-monitoring-agent, or another that sets conditions ' +
            "of nodes, only nodes that are not Ready are repaired, and none for its GPU, disk, kernel or network; install it, and " +
            "acknowledge this",
        },
      ]
    : [];
}
