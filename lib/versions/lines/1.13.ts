import { lineAfter } from "../line-after";
import { line112 } from "./1.12";

export const line113 = lineAfter(line112, {
  newest: "1.13.1",
  chart: { settings: { amiRefreshInterval: {}, subnetRefreshInterval: {} } },
  kubernetes: { 0: { from: "1.26", to: "1.36" } },
});
