import { minorVersionAfter } from "../minor-version-after";
import { minor104 } from "./1.4";

export const minor105 = minorVersionAfter(minor104, {
  newest: "1.5.8",
  kubernetes: { 0: { from: "1.26", to: "1.33" } },
});
