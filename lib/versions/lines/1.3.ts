import { lineAfter } from "../line-after";
import { line102 } from "./1.2";

/** Capacity reservations. */
export const line103 = lineAfter(line102, {
  newest: "1.3.8",
  chart: { featureGates: { reservedCapacity: { default: false } } },
});
