import { Token } from "cdktf";
import type { Warning } from "../inputs/acknowledged-warnings";
import { budgets } from "../inputs/catalog/node-pool";
import type { Field } from "../inputs/field";
import { likelyName } from "../inputs/likely-name";
import { isFields, isGiven } from "../terraform/known-values";
import { amiWarnings, releaseWarnings } from "./ami-warnings";
import type { Demand } from "./contradictions";
import { contradictions, contradictionsBetween, demandsOf, demandsOfAmis, unknownValues } from "./contradictions";
import type { NodeObjects } from "./node-objects";
import { apiVersionOf } from "./older-objects";
import type { Said } from "./said";
import { saidClasses, saidPools } from "./said";
import { DEFAULT_KARPENTER_VERSION } from "../versions";
import { isIn } from "../versions/version-bounds";
import { volumeWarnings } from "./volume-warnings";

/** Everything in NodePools and node classes that hurts, as far as it is known at synth. */
export function nodeWarnings(props: NodeObjects): Warning[] {
  const [pools, classes] = [saidPools(props), saidClasses(props)];
  const isV1 = apiVersionOf(props.karpenterVersion) === "v1";
  return [
    ...pools.flatMap((pool) => poolWarnings(pool, classes)),
    ...(isV1 || knowsBudgets(props.karpenterVersion) ? pools.flatMap(budgetWarnings) : []),
    ...(isV1 ? drainingWarnings(pools) : []),
    ...classes.flatMap((nodeClass) => [
      ...amiWarnings(nodeClass, isV1),
      ...metadataWarnings(nodeClass),
      ...volumeWarnings(nodeClass),
    ]),
    ...releaseWarnings(props),
  ];
}

/** One subnet is one zone, for the nodes and for every replica of the controller. */
export function subnetWarnings(subnetIds: readonly string[] | undefined): Warning[] {
  return !Array.isArray(subnetIds) || Token.isUnresolved(subnetIds) || subnetIds.length !== 1
    ? []
    : [
        {
          id: "karpenter-one-subnet",
          text:
            '"subnetIds" has one subnet: when its zone fails, so do the nodes and every replica of the controller; ' +
            "give a subnet of each zone",
        },
      ];
}

function poolWarnings(pool: Said, classes: readonly Said[]): Warning[] {
  const { limits, replicas } = pool.fields;
  return [
    ...(pool.isOpen || [limits, replicas].some(isGiven)
      ? []
      : [
          {
            id: "karpenter-no-limits" as const,
            text: `"${pool.path}" has no "limits": pods that multiply by mistake start nodes without end; give { cpu: "1000" } or the like`,
          },
        ]),
    ...limitsWithoutEffect(pool.at("limits"), limits),
    ...narrowSpot(pool),
    ...impossible(pool, classes),
  ];
}

function knowsBudgets(release: string = DEFAULT_KARPENTER_VERSION): boolean {
  return isIn(budgets as Field, release);
}

function budgetWarnings(pool: Said): Warning[] {
  return pool.isOpen || !isConsolidatedWithoutBudget(pool.fields)
    ? []
    : [
        {
          id: "karpenter-no-budget",
          text:
            `"${pool.at("disruption")}" consolidates without "budgets": up to 10% of the nodes go at once, at any time of day; ` +
            'say how many and when, [{ nodes: "10%" }] for what it is now',
        },
      ];
}

/** All pools in one message: whoever wants it for one wants it for each. */
function drainingWarnings(pools: readonly Said[]): Warning[] {
  const without = pools.filter(({ fields, isOpen }) => !isOpen && !isGiven(fields.terminationGracePeriod));
  return without.length === 0
    ? []
    : [
        {
          id: "karpenter-no-termination-grace-period",
          text:
            `${without.map(({ path }) => `"${path}"`).join(", ")}: no "terminationGracePeriod", so a pod that cannot be evicted ` +
            'holds its node, and a destroy, for ever; say how long draining may take, "1h"',
        },
      ];
}

/** Resources that Karpenter counts; others have a domain, or are huge pages. */
const RESOURCES = ["cpu", "ephemeral-storage", "memory", "nodes", "pods"];

/** A limit on what no node has is none, and so is one below zero. */
function limitsWithoutEffect(path: string, limits: unknown): Warning[] {
  return Object.entries(isFields(limits) ? limits : {})
    .filter(([, amount]) => !Token.isUnresolved(amount))
    .flatMap(([resource, amount]) => {
      const isKnown = RESOURCES.includes(resource) || resource.includes("/") || resource.startsWith("hugepages-");
      const likely = likelyName(resource, RESOURCES);
      const why = !isKnown
        ? `names a resource that no node has${likely === undefined ? `; known are ${RESOURCES.join(", ")}` : `; did you mean "${likely}"?`}`
        : String(amount).startsWith("-")
          ? `is ${String(amount)}, below zero; give what all nodes together may have`
          : undefined;
      return why === undefined
        ? []
        : [
            {
              id: "karpenter-limit-without-effect" as const,
              text: `"${path}.${resource}" limits nothing, for it ${why}`,
            },
          ];
    });
}

function isConsolidatedWithoutBudget({ disruption }: Said["fields"]): boolean {
  return isFields(disruption) && disruption.consolidateAfter !== "Never" && !isGiven(disruption.budgets);
}

/** Spot capacity is taken back type by type, often a whole family at once. */
const SPOT_CHOICES: Readonly<Record<string, string>> = {
  "node.kubernetes.io/instance-type": "instance type",
  "karpenter.k8s.aws/instance-family": "instance family",
};

function narrowSpot(pool: Said): Warning[] {
  const demands = demandsOf(pool);
  const only = (key: string): string | undefined => {
    const values = demands.find((demand) => demand.key === key && demand.operator === "In")?.values ?? [];
    return values.length === 1 ? values[0] : undefined;
  };
  const [choice] = Object.entries(SPOT_CHOICES).filter(([key]) => only(key) !== undefined);
  return only("karpenter.sh/capacity-type") !== "spot" || choice === undefined
    ? []
    : [
        {
          id: "karpenter-narrow-spot",
          text:
            `"${pool.path}" takes spot capacity of one ${choice[1]} only, ${only(choice[0])}: when EC2 has none or takes it back, ` +
            'nothing comes instead; allow several, by categories and generations, or "on-demand" beside "spot"',
        },
      ];
}

function impossible(pool: Said, classes: readonly Said[]): Warning[] {
  const demands = demandsOf(pool);
  const named = pool.fields.nodeClass ?? (classes.length === 1 ? classes[0].name : "default");
  const nodeClass = classes.find(({ name }) => name !== undefined && name === named);
  const ofClass = nodeClass === undefined ? [] : demandsOfAmis(nodeClass);
  return [
    ...contradictions(demands).map(([first, second]) =>
      impossibleRequirement(`"${first.path}" (${inWords(first)}) and "${second.path}" (${inWords(second)}) contradict`),
    ),
    ...contradictionsBetween(demands, ofClass).map(([first, second]) =>
      impossibleRequirement(`"${first.path}" (${inWords(first)}) and "${second.path}" (${inWords(second)}) contradict`),
    ),
    ...demands
      .filter(unknownValues)
      .map((demand) => impossibleRequirement(`"${demand.path}" (${inWords(demand)}) names nothing known`)),
  ];
}

/** A warning of what no instance type meets. */
export function impossibleRequirement(told: string): Warning {
  return {
    id: "karpenter-impossible-requirements",
    text: `${told}: no instance type matches, so no node will start; correct one of them`,
  };
}

/** A demand as messages show it. */
export function inWords({ key, operator, values }: Demand): string {
  return values.length === 0 ? `${key} ${operator}` : `${key} ${operator} ${values.join(", ")}`;
}

function metadataWarnings(nodeClass: Said): Warning[] {
  const { metadataOptions } = nodeClass.fields;
  const { httpPutResponseHopLimit: hops, httpTokens } = isFields(metadataOptions) ? metadataOptions : {};
  const path = nodeClass.at("metadataOptions");
  return [
    ...(typeof hops === "number" && !Token.isUnresolved(hops) && hops > 1
      ? [
          {
            id: "karpenter-hop-limit" as const,
            text:
              `"${path}.httpPutResponseHopLimit" is ${hops}: pods reach the node's role through the metadata ` +
              "service; leave it out for 1, and give pods roles of their own",
          },
        ]
      : []),
    ...(httpTokens === "optional"
      ? [
          {
            id: "karpenter-imds-v1" as const,
            text:
              `"${path}.httpTokens" is "optional": whoever makes a pod fetch an address gets the node's ` +
              'credentials; leave it out for "required"',
          },
        ]
      : []),
  ];
}
