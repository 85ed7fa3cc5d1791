/** Bad input to the parts that the whole of Karpenter passes on to them. */
import type { BadInput, Patch } from "./cases";
import { CONTROLLER_CASES } from "./controller-cases";
import { NODE_POOLS_CASES } from "./node-pools-cases";

/** One case for each property. */
export const OF_PARTS: readonly BadInput[] = (
  [
    "controllerReplicas",
    "controllerSize",
    "settings",
    "controllerTolerations",
    "controllerTopologySpread",
    "controllerMaxUnavailable",
    "controllerDnsPolicy",
    "logLevel",
    "serviceMonitorLabels",
    "controllerHelmValues",
    "nodePools",
    "nodeClasses",
  ] as const
).map((property) => {
  const ofOne = [...CONTROLLER_CASES, ...NODE_POOLS_CASES].find(
    ({ plan, patch }) => plan === "alike" && Object.keys(patch).join() === property,
  );
  if (ofOne === undefined) throw new Error(`no part has a case for ${property}`);
  return { title: ofOne.title, patch: ofOne.patch as Patch, answer: ofOne.answer, together: false };
});
