import { keysIn, predicate } from "../predicate";
import type { ObjectRule } from "../field";
import { apiRule } from "../field";

const OLD_KUBELET = { until: "1.15" };

/** From 1.15 on, the controller validates the kubelet's configuration: a mistake shows in the status of the node class. */
export const kubeletRules: readonly ObjectRule[] = [
  apiRule(
    "imageGCHighThresholdPercent",
    "is <imageGCHighThresholdPercent>",
    "imageGCHighThresholdPercent must be greater than imageGCLowThresholdPercent",
    "raise it, or lower the other",
    predicate(
      ({ imageGCHighThresholdPercent: high, imageGCLowThresholdPercent: low }) =>
        typeof high !== "number" || typeof low !== "number" ? undefined : high > low,
      (at) => `try(${at("imageGCHighThresholdPercent")} > ${at("imageGCLowThresholdPercent")}, true)`,
    ),
    OLD_KUBELET,
  ),
  apiRule(
    "evictionSoft",
    'has what "evictionSoftGracePeriod" has not',
    "evictionSoft OwnerKey does not have a matching evictionSoftGracePeriod",
    'say in "evictionSoftGracePeriod" how long each is let be, "1m30s"',
    keysIn("evictionSoft", "evictionSoftGracePeriod"),
    OLD_KUBELET,
  ),
  apiRule(
    "evictionSoftGracePeriod",
    'has what "evictionSoft" has not',
    "evictionSoftGracePeriod OwnerKey does not have a matching evictionSoft",
    'say in "evictionSoft" when each begins, "10%"',
    keysIn("evictionSoftGracePeriod", "evictionSoft"),
    OLD_KUBELET,
  ),
];
