import { minorVersionAfter } from "../minor-version-after";
import { minor105 } from "./1.5";

/** Capacity reservations by default. */
export const minor106 = minorVersionAfter(minor105, {
  newest: "1.6.8",
  chart: {
    settings: { minValuesPolicy: {}, disableDryRun: { fromPatch: 2 } },
    featureGates: { reservedCapacity: { default: true } },
  },
  kubernetes: { 0: { from: "1.26", to: "1.34" } },
});
