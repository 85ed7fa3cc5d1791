import { lineAfter } from "../line-after";
import { awsNodeTemplate, machine, provisioner } from "../custom-resources";
import { line027 } from "./0.27";

/** Machines. */
export const line028 = lineAfter(line027, {
  newest: "0.28.1",
  chart: { settings: { nodeNameConvention: null, reservedENIs: { key: "aws.reservedENIs" } } },
  crds: { 0: [provisioner, machine, awsNodeTemplate] },
  kubernetes: { 0: { from: "1.23", to: "1.27" } },
});
