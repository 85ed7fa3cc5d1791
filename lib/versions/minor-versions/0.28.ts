import { minorVersionAfter } from "../minor-version-after";
import { awsNodeTemplate, machine, provisioner } from "../custom-resources";
import { minor027 } from "./0.27";

/** Machines. */
export const minor028 = minorVersionAfter(minor027, {
  newest: "0.28.1",
  chart: { settings: { nodeNameConvention: null, reservedENIs: { key: "aws.reservedENIs" } } },
  crds: { 0: [provisioner, machine, awsNodeTemplate] },
  kubernetes: { 0: { from: "1.23", to: "1.27" } },
});
