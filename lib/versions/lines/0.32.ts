import { lineAfter } from "../line-after";
import { awsNodeTemplate, machine, nodePoolsIn, provisioner } from "../custom-resources";
import { line031 } from "./0.31";

/** NodePools and EC2NodeClasses beside Provisioners and AWSNodeTemplates. */
export const line032 = lineAfter(line031, {
  newest: "0.32.10",
  era: "v1beta1",
  chart: {
    settings: {
      clusterName: {},
      clusterEndpoint: {},
      clusterCABundle: {},
      interruptionQueue: {},
      isolatedVPC: {},
      vmMemoryOverheadPercent: {},
      reservedENIs: {},
      assumeRoleARN: {},
      assumeRoleDuration: {},
    },
    featureGates: { drift: { default: false } },
    webhook: { enabled: { 0: true } },
  },
  crds: { 0: [provisioner, machine, awsNodeTemplate, ...nodePoolsIn("v1beta1")] },
});
