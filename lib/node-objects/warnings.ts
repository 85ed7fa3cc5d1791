import type { Warning } from "../inputs/acknowledged-warnings";
import { is, not, within } from "../inputs/predicate";
import { amiRules } from "./ami-warnings";
import type { NodeObjects } from "./node-objects";
import { poolRules } from "./pool-warnings";
import { volumeRules } from "./volume-warnings";
import type { ObjectPart } from "./object-parts";
import { partsOf } from "./object-parts";
import type { WarningRule } from "../inputs/warning-rule";
import { warningsOf } from "../inputs/warning-rule";

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
  return warningsOf(objectRules, partsOf(props), props.karpenterVersion);
}
