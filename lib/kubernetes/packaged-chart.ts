import { Construct } from "constructs";
import { AssetType, TerraformAsset, TerraformStack } from "cdktf";
import { join } from "node:path";

/** The charts that ship with this library. */
export type OwnChart = "aws-auth" | "guard" | "node-pools";

/** The folder of a chart that ships with this library. */
export function chartFolder(name: OwnChart): string {
  return join(__dirname, "charts", name);
}

/** The path of such a chart in the synthesized stack, with which it travels. */
export function packagedChart(scope: Construct, name: OwnChart): string {
  const { id, addr } = scope.node;
  return new TerraformAsset(TerraformStack.of(scope), `${id}-chart-${addr.slice(-8)}`, {
    path: chartFolder(name),
    type: AssetType.DIRECTORY,
  }).path;
}
