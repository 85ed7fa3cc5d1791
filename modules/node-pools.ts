import type { Construct } from "constructs";
import { ref, Token } from "cdktf";
import type { NodePoolsProps } from "../lib/kubernetes/node-pools";
import { NodePools } from "../lib/kubernetes/node-pools";
import { ModuleOutput, ModuleStack, PROVIDERS } from "../lib/module";
import { crossPrecondition } from "./cross-precondition";
import { watchObjectGates } from "./feature-gates";
import { newerVersionRules } from "../lib/inputs/catalog/newer-version";
import { CHECK_INPUTS } from "../lib/inputs/catalog/beside";
import { NODE_POOLS_PROPERTIES } from "../lib/inputs/catalog/properties";
import { without } from "../lib/terraform/known-values";
import { declareInputs, propsOf } from "./inputs";
import { ALIAS_LOCALS, aliasPrecondition } from "./node-objects/ami-aliases";
import { REFERENCE_LOCALS, referencePrecondition } from "./node-objects/class-references";
import { GRACE_LOCALS, gracePrecondition } from "./node-objects/grace-periods";
import { tagCountPrecondition } from "./node-objects/tag-count";
import { needsPreconditions, OWN_CLASSES } from "./node-objects/node-class-needs";
import { PART_LOCALS } from "./node-objects/object-parts";
import { watchParts } from "./watch-parts";
import { objectRules } from "../lib/node-objects/warnings";
import { CheckedInputs, flatManifests } from "./checked-inputs";

/** The module `node-pools`. */
export class NodePoolsModule extends ModuleStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      path: "modules/node-pools",
      providers: [PROVIDERS.helm],
      title: "NodePools for Karpenter",
      description: `
NodePools, EC2NodeClasses, NodeOverlays and CapacityBuffers as one Helm release of the chart in \`charts/node-pools\`, so that
nothing needs the CRDs while planning. A destroy waits until the last node is gone.`,
    });
    const fields = NODE_POOLS_PROPERTIES.fields;
    const input = declareInputs(this, { ...fields, ...CHECK_INPUTS });
    const manifests = this.local("manifests", flatManifests(input.manifests));
    Object.entries({ own_classes: OWN_CLASSES, ...REFERENCE_LOCALS, ...GRACE_LOCALS, ...ALIAS_LOCALS }).forEach(
      ([name, value]) => this.local(name, value),
    );
    const { node_pools, node_classes, node_overlays, capacity_buffers, node_class_defaults } = input;
    const checked = new CheckedInputs(this, {
      inputs: { node_pools, node_classes, node_overlays, capacity_buffers, manifests, node_class_defaults },
      karpenterVersion: input.karpenter_version,
      source: "../input-check",
      condition: input.check_inputs,
    });
    // Whoever checks the inputs itself knows more of the controller.
    watchObjectGates(this, false, "!var.check_inputs");
    Object.entries(PART_LOCALS).forEach(([name, value]) => this.local(name, value));
    watchParts(this, objectRules, ["nodePool", "nodeClass"]);
    const nodePools = new NodePools(this, "karpenter", {
      ...propsOf<NodePoolsProps>(input, without(fields, "acknowledgeWarnings", "kubernetesVersion"), checked),
      nodePoolsTimeout: Token.asNumber(ref("local.node_pools_timeout")),
    });
    new ModuleOutput(this, "release_name", {
      description: "Name of the release, for a destroy of other things to wait for the last node.",
      value: nodePools.release.name,
      preconditions: [
        ...newerVersionRules.map(crossPrecondition),
        referencePrecondition(),
        gracePrecondition(),
        aliasPrecondition(),
        tagCountPrecondition(),
        ...needsPreconditions(),
      ],
    });
  }
}
