import type { Construct } from "constructs";
import { KarpenterCharts } from "../lib/kubernetes/karpenter-charts";
import { controllerGateRules, NODE_REPAIR } from "../lib/release/controller-gates";
import { chartValuesPreconditions } from "../lib/release/chart-values";
import { ModuleOutput, ModuleStack, PROVIDERS } from "../lib/module";
import { annotationRules } from "../lib/inputs/catalog/cross-rules";
import { newerVersionRules } from "../lib/inputs/catalog/newer-version";
import { crossPrecondition, inputAt } from "./cross-precondition";
import { ReleaseNeeds } from "../lib/release";
import { CheckedInputs } from "./checked-inputs";
import { addGateLocals } from "./feature-gates";
import { declareInputs } from "./inputs";
import { CONTROLLER_OPTION_INPUTS, controllerOptions, optionsWithObjects } from "./controller-options";

/** The module `controller`. */
export class ControllerModule extends ModuleStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      path: "modules/controller",
      providers: [PROVIDERS.helm],
      title: "Karpenter controller",
      description: `
Karpenter's CRDs and its controller as two Helm releases of one version, so that an upgrade of the one is an upgrade of the
other. CRDs that are there already, made by hand or by the main chart, are adopted. A third release, the chart in
\`charts/guard\`, refuses a destroy while there is any NodeClaim.`,
    });
    const input = declareInputs(this, [
      "cluster_name",
      "cluster_endpoint",
      "controller_role_arn",
      "annotate_role",
      "interruption_queue_name",
      "on_fargate",
      "karpenter_version",
      "allow_newer_karpenter_version",
      "namespace",
      "create_namespace",
      "service_account_name",
      ...CONTROLLER_OPTION_INPUTS,
      "chart_repository",
      "chart_repository_username",
      "chart_repository_password",
      "chart_timeout",
      "check_inputs",
      "guard_chart",
    ]);
    const checked = new CheckedInputs(this, {
      inputs: optionsWithObjects(input),
      karpenterVersion: input.karpenter_version,
      source: "../input-check",
      condition: input.check_inputs,
    });
    addGateLocals(this, [NODE_REPAIR], true);
    const charts = new KarpenterCharts(this, "karpenter", {
      clusterName: input.cluster_name.stringValue,
      clusterEndpoint: input.cluster_endpoint.stringValue,
      controllerRoleArn: input.controller_role_arn.stringValue,
      annotateRole: input.annotate_role.booleanValue,
      interruptionQueueName: input.interruption_queue_name.stringValue,
      onFargate: input.on_fargate.booleanValue,
      karpenterVersion: input.karpenter_version.stringValue,
      namespace: input.namespace.stringValue,
      createNamespace: input.create_namespace.booleanValue,
      serviceAccountName: input.service_account_name.stringValue,
      ...controllerOptions(input, checked),
      chartRepository: input.chart_repository.stringValue,
      chartRepositoryUsername: input.chart_repository_username.stringValue,
      chartRepositoryPassword: input.chart_repository_password.stringValue,
      chartTimeout: input.chart_timeout.numberValue,
      guardChart: input.guard_chart.stringValue,
    });
    new ModuleOutput(this, "release_name", {
      description: "Name of the controller's release, for NodePools to depend on.",
      value: charts.controller.name,
      preconditions: [
        ...[...annotationRules, ...newerVersionRules, ...controllerGateRules].map(crossPrecondition),
        ...chartValuesPreconditions(new ReleaseNeeds(this, input.karpenter_version.stringValue), inputAt),
      ],
    });
    new ModuleOutput(this, "namespace", {
      description: "Namespace of the controller, known once it runs.",
      value: charts.controller.namespace,
    });
  }
}
