import { minorVersionAfter } from "../minor-version-after";
import { minor107 } from "./1.7";

/** Static capacity. */
export const minor108 = minorVersionAfter(minor107, {
  newest: "1.8.8",
  yanked: [
    { release: "1.8.0", reason: "its controller crashes with the chart's own values", instead: "1.8.8" },
    { release: "1.8.4", reason: "it breaks the topology spread of pods", instead: "1.8.8" },
  ],
  chart: {
    settings: { ignoreDRARequests: {}, disableClusterStateObservability: {} },
    featureGates: { staticCapacity: { default: false } },
  },
});
