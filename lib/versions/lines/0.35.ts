import { lineAfter } from "../line-after";
import { convertedNodePools, nodePoolsIn } from "../custom-resources";
import { line034 } from "./0.34";

/** Charts and images without a v before their version. */
export const line035 = lineAfter(line034, {
  newest: "0.35.12",
  unpublished: [3],
  chart: { versionPrefix: "", webhook: { enabled: { 0: false, 8: true }, inCrdChartFrom: 6 } },
  crds: { 0: nodePoolsIn("v1beta1"), 6: convertedNodePools("v1beta1") },
});
