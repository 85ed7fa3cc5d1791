import { lineAfter } from "../line-after";
import { line107 } from "./1.7";

/** Static capacity. */
export const line108 = lineAfter(line107, {
  newest: "1.8.8",
  withdrawn: [
    { release: "1.8.0", reason: "its controller crashes with the chart's own values", instead: "1.8.8" },
    { release: "1.8.4", reason: "it breaks the topology spread of pods", instead: "1.8.8" },
  ],
  chart: {
    settings: { ignoreDRARequests: {}, disableClusterStateObservability: {} },
    featureGates: { staticCapacity: { default: false } },
  },
});
