import { chartFolder, OwnChart } from "../lib/kubernetes/packaged-chart";
import { ModuleAsset, ModuleStack } from "../lib/module";

/** The path of a chart that ships inside a module. */
export function moduleChart(stack: ModuleStack, name: OwnChart): string {
  return new ModuleAsset(stack, "chart", { source: chartFolder(name), path: `charts/${name}` }).modulePath;
}
