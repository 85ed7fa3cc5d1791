import type { Construct } from "constructs";
import type { KarpenterChartsProps } from "../lib/kubernetes/karpenter-charts";
import { KarpenterCharts } from "../lib/kubernetes/karpenter-charts";
import { controllerGateRules, NODE_REPAIR } from "../lib/release/controller-gates";
import { chartValuesPreconditions } from "../lib/release/chart-values";
import { addPreconditions, ModuleOutput, ModuleStack, PROVIDERS } from "../lib/module";
import { controllerCrossRules, placementRules } from "../lib/inputs/catalog/controller-cross-rules";
import { crdRules } from "../lib/inputs/catalog/crds";
import { annotationRules } from "../lib/inputs/catalog/cross-rules";
import { newerVersionRules } from "../lib/inputs/catalog/newer-version";
import { unusedOptionRules } from "../lib/inputs/catalog/unused-rules";
import { crossPrecondition, inputAt, preconditionWhere } from "./cross-precondition";
import { ReleaseNeeds } from "../lib/release";
import { CheckedInputs } from "./checked-inputs";
import { addGateLocals } from "./feature-gates";
import { CHECK_INPUTS } from "../lib/inputs/catalog/beside";
import { KARPENTER_CHARTS_PROPERTIES } from "../lib/inputs/catalog/properties";
import { without } from "../lib/terraform/known-values";
import { declareInputs, propsOf } from "./inputs";
import { optionsWithObjects } from "./controller-options";

/** The modules take no release that needs a default instance profile. */
const FIELDS = without(KARPENTER_CHARTS_PROPERTIES.fields, "defaultInstanceProfile");

/** The module `controller`. */
export class ControllerModule extends ModuleStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      path: "modules/controller",
      providers: [PROVIDERS.helm],
      title: "Karpenter controller",
      description: `
Karpenter's CRDs and its controller as two Helm releases of one version, so that an upgrade of the one is an upgrade of the
other. CRDs that are there already, made by hand or by the main chart, are adopted. Outside of kube-system, the chart in
\`charts/flow-schemas\` has the API server answer the controller as it answers those there. The chart in \`charts/guard\` refuses a destroy
while there is any NodeClaim.`,
    });
    const input = declareInputs(this, { ...FIELDS, ...CHECK_INPUTS });
    const checked = new CheckedInputs(this, {
      inputs: optionsWithObjects(input),
      karpenterVersion: input.karpenter_version,
      source: "../input-check",
      condition: input.check_inputs,
    });
    addGateLocals(this, [NODE_REPAIR], true);
    const charts = new KarpenterCharts(this, "karpenter", propsOf<KarpenterChartsProps>(input, FIELDS, checked));
    // On the releases themselves: Helm looks for a chart while planning, and what it does not find is told in its words.
    const onReleases = controllerCrossRules.map(preconditionWhere("check_inputs"));
    [charts.crds, charts.controller].forEach((release) => release && addPreconditions(release, onReleases));
    new ModuleOutput(this, "release_name", {
      description: "Name of the controller's release, for NodePools to depend on.",
      value: charts.controller.name,
      preconditions: [
        ...[...annotationRules, ...newerVersionRules, ...controllerGateRules].map(crossPrecondition),
        ...[...unusedOptionRules, ...placementRules("onFargate"), ...crdRules].map(preconditionWhere("check_inputs")),
        ...chartValuesPreconditions(new ReleaseNeeds(this, input.karpenter_version.stringValue), inputAt),
      ],
    });
    new ModuleOutput(this, "namespace", {
      description: "Namespace of the controller, known once it runs.",
      value: charts.controller.namespace,
    });
  }
}
