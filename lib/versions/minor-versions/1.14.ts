import { minorVersionAfter } from "../minor-version-after";
import { capacityBuffer, nodeOverlay, nodePoolsIn } from "../custom-resources";
import { minor113 } from "./1.13";

/** Long-term support; CapacityBuffers. */
export const minor114 = minorVersionAfter(minor113, {
  newest: "1.14.3",
  chart: { featureGates: { capacityBuffer: { default: false } } },
  crds: { 0: [...nodePoolsIn("v1"), nodeOverlay, capacityBuffer] },
  longTermUntil: "July 2027",
});
