import { minorVersionAfter } from "../minor-version-after";
import { minor101 } from "./1.1";

export const minor102 = minorVersionAfter(minor101, {
  newest: "1.2.8",
  chart: { crdAnnotations: true },
  kubernetes: { 0: { from: "1.25", to: "1.32" } },
});
