import { lineAfter } from "../line-after";
import { line103 } from "./1.3";

/** Nodes pull images with the narrower managed policy. */
export const line104 = lineAfter(line103, {
  newest: "1.4.4",
  chart: { settings: { preferencePolicy: {} } },
  nodePolicies: [
    "AmazonEKSWorkerNodePolicy",
    "AmazonEKS_CNI_Policy",
    "AmazonEC2ContainerRegistryPullOnly",
    "AmazonSSMManagedInstanceCore",
  ],
});
