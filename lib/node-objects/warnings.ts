import { Token } from "cdktf";
import type { Warning } from "../inputs/acknowledged-warnings";
import { likelyName } from "../inputs/likely-name";
import type { Demand } from "./contradictions";
import { contradictions, contradictionsBetween, demandsOf, demandsOfAmis, unknownValues } from "./contradictions";
import type { NodeClass } from "./node-class";
import type { NodePool } from "./node-pool";
import type { NodeObjects } from "./node-objects";
import { isFields, isGiven } from "../terraform/known-values";

/** Everything in NodePools and node classes that hurts, as far as it is known at synth. */
export function nodeWarnings({ nodePools, nodeClasses }: Pick<NodeObjects, "nodePools" | "nodeClasses">): Warning[] {
  const classes = knownObjects(nodeClasses);
  return [
    ...knownObjects(nodePools).flatMap(([name, pool]) => poolWarnings(`nodePools.${name}`, pool, classes)),
    ...classes.flatMap(([name, nodeClass]) => classWarnings(`nodeClasses.${name}`, nodeClass)),
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

function poolWarnings(path: string, pool: NodePool, classes: readonly [string, NodeClass][]): Warning[] {
  const spec = isFields(pool.spec) ? pool.spec : {};
  const isOpen = Token.isUnresolved(pool.spec);
  return [
    ...(isOpen || [pool.limits, pool.replicas, spec.limits, spec.replicas].some(isGiven)
      ? []
      : [
          {
            id: "karpenter-no-limits" as const,
            text: `"${path}" has no "limits": pods that multiply by mistake start nodes without end; give { cpu: "1000" } or the like`,
          },
        ]),
    ...(isOpen || isGiven(spec.disruption) || !isConsolidatedWithoutBudget(pool)
      ? []
      : [
          {
            id: "karpenter-no-budget" as const,
            text:
              `"${path}.disruption" consolidates without "budgets": up to 10% of the nodes go at once, at any time of day; ` +
              'say how many and when, [{ nodes: "10%" }] for what it is now',
          },
        ]),
    ...[pool.limits, spec.limits].flatMap((limits, index) =>
      limitsWithoutEffect(index === 0 ? path : `${path}.spec`, limits),
    ),
    ...impossible(path, pool, classes),
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
              text: `"${path}.limits.${resource}" limits nothing, for it ${why}`,
            },
          ];
    });
}

function isConsolidatedWithoutBudget({ disruption }: NodePool): boolean {
  return isFields(disruption) && disruption.consolidateAfter !== "Never" && !isGiven(disruption.budgets);
}

function impossible(path: string, pool: NodePool, classes: readonly [string, NodeClass][]): Warning[] {
  const demands = demandsOf(pool);
  const name = pool.nodeClass ?? (classes.length === 1 ? classes[0][0] : "default");
  const nodeClass = classes.find(([candidate]) => candidate === name)?.[1];
  const ofClass = nodeClass === undefined ? [] : demandsOfAmis(nodeClass);
  const say = (where: string): Warning => ({
    id: "karpenter-impossible-requirements",
    text: `${where}: no instance type matches, so no node will start; correct one of them`,
  });
  return [
    ...contradictions(demands).map(([first, second]) =>
      say(`"${path}.${first.path}" (${inWords(first)}) and "${path}.${second.path}" (${inWords(second)}) contradict`),
    ),
    ...contradictionsBetween(demands, ofClass).map(([first, second]) =>
      say(
        `"${path}.${first.path}" (${inWords(first)}) and "nodeClasses.${name}.${second.path}" (${inWords(second)}) contradict`,
      ),
    ),
    ...demands
      .filter(unknownValues)
      .map((demand) => say(`"${path}.${demand.path}" (${inWords(demand)}) names nothing known`)),
  ];
}

function inWords({ key, operator, values }: Demand): string {
  return values.length === 0 ? `${key} ${operator}` : `${key} ${operator} ${values.join(", ")}`;
}

function classWarnings(path: string, nodeClass: NodeClass): Warning[] {
  const { amiAlias, amiSelectorTerms, metadataOptions } = nodeClass;
  const terms = Array.isArray(amiSelectorTerms) ? (amiSelectorTerms as { alias?: unknown }[]) : [];
  const aliases = [amiAlias, ...terms.map((term) => (isFields(term) ? term.alias : undefined))];
  const { httpPutResponseHopLimit: hops, httpTokens } = isFields(metadataOptions) ? metadataOptions : {};
  return [
    ...(nodeClass.allowLatestAmi === true && aliases.some(isLatestByChoice)
      ? [
          {
            id: "karpenter-latest-ami" as const,
            text: `"${path}" takes the latest AMI: every node is replaced whenever AWS releases one; name a release, "al2023@v20260714"`,
          },
        ]
      : []),
    ...(typeof hops === "number" && !Token.isUnresolved(hops) && hops > 1
      ? [
          {
            id: "karpenter-hop-limit" as const,
            text:
              `"${path}.metadataOptions.httpPutResponseHopLimit" is ${hops}: pods reach the node's role through the metadata ` +
              "service; leave it out for 1, and give pods roles of their own",
          },
        ]
      : []),
    ...(httpTokens === "optional"
      ? [
          {
            id: "karpenter-imds-v1" as const,
            text:
              `"${path}.metadataOptions.httpTokens" is "optional": whoever makes a pod fetch an address gets the node's ` +
              'credentials; leave it out for "required"',
          },
        ]
      : []),
  ];
}

/** Windows has no other release than the latest. */
function isLatestByChoice(alias: unknown): boolean {
  return typeof alias === "string" && !Token.isUnresolved(alias) && /^(?!windows).*@latest$/.test(alias);
}

function knownObjects<T>(objects: Readonly<Record<string, T>> | undefined): [string, T][] {
  return isFields(objects) ? Object.entries(objects).filter(([, object]) => isFields(object)) : [];
}
