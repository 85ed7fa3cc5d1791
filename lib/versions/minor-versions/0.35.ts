import { minorVersionAfter } from "../minor-version-after";
import { convertedNodePools, nodePoolsIn } from "../custom-resources";
import { minor034 } from "./0.34";

/** Charts and images without a v before their version. */
export const minor035 = minorVersionAfter(minor034, {
  newest: "0.35.12",
  unpublished: [3],
  chart: { versionPrefix: "", webhook: { enabled: { 0: false, 8: true }, inCrdChartFrom: 6 } },
  crds: { 0: nodePoolsIn("v1beta1"), 6: convertedNodePools("v1beta1") },
});
