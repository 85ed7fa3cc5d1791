import { Construct } from "constructs";
import { TerraformLocal } from "cdktf";
import { lineLocals, linePrecondition, nodePoolsPreconditions } from "../lib/node-objects/node-checks";
import { needsPreconditions } from "../lib/node-objects/node-class-needs";
import { NodePools } from "../lib/kubernetes/node-pools";
import { ModuleOutput, ModuleStack, PROVIDERS } from "../lib/module";
import { tf } from "../lib/terraform/expression";
import { declareInputs } from "./inputs";
import { snakeOwnWords } from "./inputs/node-pools";
import { moduleChart } from "./module-chart";

/** The module `node-pools`. */
export class NodePoolsModule extends ModuleStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      path: "modules/node-pools",
      providers: [PROVIDERS.helm],
      title: "NodePools for Karpenter",
      description: `
NodePools, EC2NodeClasses and NodeOverlays as one Helm release of the chart in \`charts/node-pools\`, so that nothing needs
the CRDs while planning. A destroy waits until the last node is gone.`,
    });
    const input = declareInputs(this, [
      "node_pools",
      "node_classes",
      "node_overlays",
      "node_class_defaults",
      "karpenter_version",
      "namespace",
      "node_pools_timeout",
    ]);
    const pools = input.node_pools.value;
    const classes = input.node_classes.value;
    const nodePools = new NodePools(this, "karpenter", {
      nodePools: tf`{ for name, pool in ${pools} : name => merge(pool, { nodeClass = pool.node_class }) }` as never,
      nodeClasses:
        tf`{ for name, class in ${classes} : name => merge(class, { amiAlias = class.ami_alias }) }` as never,
      nodeOverlays: input.node_overlays.value,
      nodeClassDefaults: input.node_class_defaults.value,
      karpenterVersion: input.karpenter_version.stringValue,
      namespace: input.namespace.stringValue,
      nodePoolsTimeout: input.node_pools_timeout.numberValue,
      nodePoolsChart: moduleChart(this, "node-pools"),
    });
    Object.entries(lineLocals(snakeOwnWords)).forEach(([name, value]) =>
      new TerraformLocal(this, `local ${name}`, value).overrideLogicalId(name),
    );
    new ModuleOutput(this, "release_name", {
      description: "Name of the release, for a destroy of other things to wait for the last node.",
      value: nodePools.release.name,
      preconditions: [...nodePoolsPreconditions, ...needsPreconditions(snakeOwnWords), linePrecondition],
    });
  }
}
