import { Token } from "cdktf";
import { environmentOfOidcProvider } from "../arns";
import type { Warning } from "../inputs/acknowledged-warnings";
import { any, includes, is, not, predicate, sized } from "../inputs/predicate";
import { isFields, isGiven, isKnownList, isKnownText } from "../terraform/known-values";
import type { Demand } from "./contradictions";
import { demandsOf, inWords, unknownValues } from "./contradictions";
import type { NodeObjects } from "./node-objects";
import { saidClasses, saidPools } from "./said";
import type { Part, WarningRule } from "../inputs/warning-rule";
import { NODE_REPAIR } from "../release/controller-gates";
import { isGateOn } from "../release/feature-gates";
import { overrideParts, overrideRule } from "../release/overridden-values";
import { scrapingParts, scrapingRules } from "../release/scraping";
import { asItIs, warningsOf } from "../inputs/warning-rule";
import { IMPOSSIBLE } from "./pool-warnings";

/** What of the whole installation the objects are looked at with. */
export interface Installation extends Partial<
  Pick<NodeObjects, "nodePools" | "nodeClasses" | "manifests" | "karpenterVersion">
> {
  readonly region?: unknown;
  readonly oidcProviderArn?: unknown;
  readonly subnetIds?: unknown;
  readonly settings?: unknown;
  readonly featureGates?: unknown;
  readonly installController?: unknown;
}

/**
 * What warnings on an installation speak of:
 *
 * - `inputs`: `subnetIds`
 * - `featureGates`: each by its name
 * - `nodeNames`: the `names` of a NodePool's labels or annotations, and whether an interface is `reserved`
 * - `budget`: the `reasons` of each, and whether the controller `repairs` nodes by budgets
 * - `place`: how a demand is `said`, and whether what it names `isThere` in the `region`
 * - `metrics`: what {@link scrapingRules} are about
 * - `override`: what {@link overrideRule} is about, where the controller is installed with them
 */
export type InstallationPart = "inputs" | "featureGates" | "nodeNames" | "budget" | "place" | "metrics" | "override";

const ZONE = "topology.kubernetes.io/zone";
/** Keys of demands that a region decides on. */
export const PLACES: readonly string[] = [ZONE, "topology.kubernetes.io/region"];

const ENI_CONFIG = "k8s.amazonaws.com/eniConfig";

const isOfRepairAlone = predicate(
  ({ reasons }) =>
    !isKnownList(reasons) || reasons.some(Token.isUnresolved)
      ? undefined
      : reasons.length > 0 && reasons.every((reason) => reason === "Unhealthy"),
  (at) => {
    const reasons = at("reasons");
    return `try(length(${reasons}) > 0 && alltrue([for reason in ${reasons} : reason == "Unhealthy"]), false)`;
  },
);

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
  {
    // Of several budgets only those of a reason hold for it; another reason that stands beside it has some effect.
    id: "karpenter-node-repair",
    of: "budget",
    text:
      '"{}" is of no other reason than "Unhealthy", and does nothing: only a controller with the feature gate "nodeRepair", and ' +
      'without "settings.legacyNodeRepair", repairs nodes by budgets; turn the gate on, or leave the budget out',
    isRight: any(is("repairs", true), not(isOfRepairAlone)),
  },
  {
    id: "karpenter-impossible-requirements",
    of: "place",
    text: `"{}" (<said>) names nothing in region <region>: ${IMPOSSIBLE}`,
    isRight: is("isThere", true),
    words: { said: asItIs("said"), region: asItIs("region") },
  },
  ...scrapingRules,
  overrideRule,
];

/** What hurts in objects and settings together, as far as it is known at synth. */
export function installationWarnings(props: Installation): Warning[] {
  return warningsOf(installationRules, partsOf(props), props.karpenterVersion);
}

function partsOf(props: Installation): Readonly<Record<InstallationPart, readonly Part[]>> {
  const { subnetIds, featureGates } = props;
  return {
    inputs: [{ path: "", fields: { subnetIds }, at: (field) => field }],
    featureGates: isFields(featureGates)
      ? [{ path: "featureGates", fields: featureGates, at: (field) => `featureGates.${field}` }]
      : [],
    nodeNames: nodeNames(props),
    budget: budgets(props),
    place: places(props),
    metrics: scrapingParts(props),
    override: props.installController === false ? [] : overrideParts(props),
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

function budgets(props: Installation): Part[] {
  const { settings, installController } = props;
  const isOff =
    isGateOn(NODE_REPAIR, { ...props }) === false || (isFields(settings) && settings.legacyNodeRepair === true);
  return saidPools(props).flatMap(({ at, fields: { disruption } }) =>
    isFields(disruption) && isKnownList(disruption.budgets)
      ? disruption.budgets.map((budget, index): Part => {
          const path = `${at("disruption")}.budgets[${index}]`;
          const { reasons } = isFields(budget) ? budget : {};
          return { path, fields: { reasons, repairs: installController === false || !isOff }, at: () => path };
        })
      : [],
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

/** What demands of a region and of its zones name, where the region is known. */
function places(props: Installation): Part[] {
  const arn = isKnownText(props.oidcProviderArn) ? props.oidcProviderArn : "";
  const region = isGiven(props.region) ? props.region : environmentOfOidcProvider(arn).region;
  return !isKnownText(region)
    ? []
    : saidPools(props)
        .flatMap(demandsOf)
        .filter(({ key }) => PLACES.includes(key))
        .map((demand) => ({
          path: demand.path,
          fields: { said: inWords(demand), region, isThere: isThere(demand, region) },
          at: () => demand.path,
        }));
}

/** What is no zone at all is told of by itself. */
function isThere(demand: Demand, region: string): boolean {
  const { key, operator, values } = demand;
  return (
    operator !== "In" ||
    values.length === 0 ||
    unknownValues(demand) ||
    values.some((value) => (key === ZONE ? new RegExp(zonesOf(region)).test(value) : value === region))
  );
}

/** As {@link isThere}, in Terraform, of a demand whose values are some that there are where `exists` is true. */
export function isThereAtPlan(demand: string, region: string, exists: string): string {
  return (
    `${demand}.operator != "In" || length(${demand}.values) == 0 || !(${exists}) ? true : ` +
    `anytrue([for value in ${demand}.values : ${demand}.key == "${ZONE}" ? can(regex("${zonesOf(`\${${region}}`)}", value)) : value == ${region}])`
  );
}

/** A zone, a local zone and a wavelength zone begin with their region's name. */
function zonesOf(region: string): string {
  return `^${region}(-|[a-z]$)`;
}
