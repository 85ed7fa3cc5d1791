import { minorVersionAfter } from "../minor-version-after";
import { convertedNodePools, nodePoolsIn } from "../custom-resources";
import { minor035 } from "./0.35";

export const minor036 = minorVersionAfter(minor035, {
  newest: "0.36.9",
  chart: { webhook: { enabled: { 0: false, 5: true }, inCrdChartFrom: 3 } },
  crds: { 0: nodePoolsIn("v1beta1"), 3: convertedNodePools("v1beta1") },
});
