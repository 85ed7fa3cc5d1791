/** Bad input to the parts that the whole of Karpenter passes on to them. */
import { CHECKED_INPUTS } from "../../lib/inputs/catalog/checked-inputs";
import type { BadInput, Patch } from "./cases";
import { CONTROLLER_CASES } from "./controller-cases";
import { NODE_POOLS_CASES } from "./node-pools-cases";

/** What is in objects is held against what the release knows: with a wrong release, a plan does not look into them. */
export const NEEDED_FOR_OBJECTS = ["karpenterVersion"] as const;

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
    "controllerImageRepository",
    "controllerImageDigest",
    "controllerHttpProxy",
    "controllerHttpsProxy",
    "controllerNoProxy",
    "controllerNodeSelector",
    "controllerAffinity",
    "controllerPriorityClassName",
    "controllerPodAnnotations",
    "helmMaxHistory",
    "nodePools",
    "nodeClasses",
  ] as const
).map((property) => {
  const ofOne = [...CONTROLLER_CASES, ...NODE_POOLS_CASES].find(
    ({ plan, patch }) => plan === "alike" && Object.keys(patch).join() === property,
  );
  if (ofOne === undefined) {
    throw new Error(`no part has a case for ${property}`);
  }
  const { title, patch, answer } = ofOne;
  return {
    title,
    patch: patch as Patch,
    answer,
    together: false,
    ...(property in CHECKED_INPUTS ? { needs: NEEDED_FOR_OBJECTS } : {}),
  };
});
