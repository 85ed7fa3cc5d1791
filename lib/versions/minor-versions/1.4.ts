import { minorVersionAfter } from "../minor-version-after";
import { minor103 } from "./1.3";

/** Nodes pull images with the narrower managed policy. */
export const minor104 = minorVersionAfter(minor103, {
  newest: "1.4.4",
  chart: { settings: { preferencePolicy: {} } },
  nodePolicies: [
    "AmazonEKSWorkerNodePolicy",
    "AmazonEKS_CNI_Policy",
    "AmazonEC2ContainerRegistryPullOnly",
    "AmazonSSMManagedInstanceCore",
  ],
});
