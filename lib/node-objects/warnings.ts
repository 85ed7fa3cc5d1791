import type { Warning } from "../inputs/acknowledged-warnings";
import { is, not, within } from "../inputs/predicate";
import { amiRules, releaseWarnings } from "./ami-warnings";
import type { Demand } from "./contradictions";
import { contradictions, contradictionsBetween, demandsOf, demandsOfAmis, unknownValues } from "./contradictions";
import type { NodeObjects } from "./node-objects";
import { poolRules } from "./pool-warnings";
import type { Said } from "./said";
import { saidClasses, saidPools } from "./said";
import { volumeRules } from "./volume-warnings";
import type { ObjectPart } from "./warned-parts";
import { partsOf } from "./warned-parts";
import type { WarningRule } from "./warning-rule";
import { warningsOf } from "./warning-rule";

const metadataRules: readonly WarningRule<ObjectPart>[] = [
  {
    id: "karpenter-hop-limit",
    of: "metadataOptions",
    text:
      '"{httpPutResponseHopLimit}" is <httpPutResponseHopLimit>: pods reach the node\'s role through the metadata service; ' +
      "leave it out for 1, and give pods roles of their own",
    isRight: within("httpPutResponseHopLimit", { max: 1 }),
  },
  {
    id: "karpenter-imds-v1",
    of: "metadataOptions",
    text:
      '"{httpTokens}" is "optional": whoever makes a pod fetch an address gets the node\'s credentials; ' +
      'leave it out for "required"',
    isRight: not(is("httpTokens", "optional")),
  },
];

/** What hurts in NodePools and node classes, one by one. */
export const objectRules: readonly WarningRule<ObjectPart>[] = [
  ...poolRules,
  ...amiRules,
  ...metadataRules,
  ...volumeRules,
];

/** Everything in NodePools and node classes that hurts, as far as it is known at synth. */
export function nodeWarnings(props: NodeObjects): Warning[] {
  const classes = saidClasses(props);
  return [
    ...warningsOf(objectRules, partsOf(props), props.karpenterVersion),
    ...saidPools(props).flatMap((pool) => impossible(pool, classes)),
    ...releaseWarnings(props),
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
