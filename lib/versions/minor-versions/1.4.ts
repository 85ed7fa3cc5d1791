import { minorVersionAfter } from "../minor-version-after";
import { minor103 } from "./1.3";

/** Nodes pull images with the narrower managed policy, and node classes name AMIs by SSM parameters of one's own. */
export const minor104 = minorVersionAfter(minor103, {
  newest: "1.4.4",
  chart: { settings: { preferencePolicy: {} } },
  policies: {
    "resource-discovery": {
      AllowAMIParameterReads: {
        why: "Reads the SSM parameters that node classes take the ids of AMIs from.",
        deviation: "Not in the template, whose controller reads the parameters of AWS alone.",
        actions: ["ssm:GetParameter"],
        resources: ["{amiParameters}"],
        onlyIf: "amiParametersAreNamed",
      },
    },
  },
  nodePolicies: [
    "AmazonEKSWorkerNodePolicy",
    "AmazonEKS_CNI_Policy",
    "AmazonEC2ContainerRegistryPullOnly",
    "AmazonSSMManagedInstanceCore",
  ],
});
