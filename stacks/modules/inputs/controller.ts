import { CHART_REPOSITORY, chartRepository } from "../../../lib/kubernetes/karpenter-charts";
import { featureGatesSchema, settingsSchema } from "../../../lib/kubernetes/schemas/controller";
import { terraformType } from "../../../lib/kubernetes/schemas/field";
import { ControllerOptions } from "../../../lib/kubernetes/controller-options";
import { ModuleVariable } from "../../../lib/module";
import { toggle, Inputs } from "./input";

/** The Helm releases of the CRDs and the controller. */
export const CONTROLLER_INPUTS = {
  chart_repository: {
    type: "string",
    description:
      "What holds the charts karpenter and karpenter-crd: an OCI registry (oci://…), a repository (https://…) or a folder.",
    default: CHART_REPOSITORY,
    rule: chartRepository,
  },
  chart_repository_username: {
    type: "string",
    description: "User of a registry of your own; null for the public one, which takes no login.",
    default: null,
  },
  chart_repository_password: {
    type: "string",
    description: "Password for a registry of your own.",
    default: null,
    sensitive: true,
  },
  chart_timeout: {
    type: "number",
    description: "How long Helm waits for the controller, in seconds.",
    default: 600,
  },
  install_controller: toggle(
    "Whether to install the CRDs and the controller; false leaves that to you, with the output helm_values.",
  ),
  create_namespace: toggle("Whether Helm makes the namespace."),
  on_fargate: toggle("Whether the controller runs on Fargate."),
  annotate_role: toggle("Whether the service account says which role it is; false with EKS Pod Identity."),
  controller_replicas: { type: "number", description: "How many controllers run; one of them leads.", default: 2 },
  controller_size: {
    type: 'object({ cpu = optional(string, "1"), memory = optional(string, "1Gi") })',
    description: "Cpu and memory of each controller; requests equal limits.",
    default: {},
  },
  settings: {
    type: terraformType(settingsSchema),
    description: "Settings of the karpenter chart, in its own words; what is left out is the chart's default.",
    default: {},
  },
  feature_gates: {
    type: terraformType(featureGatesSchema),
    description: "Feature gates of the karpenter chart, in its own words; what is left out is the chart's default.",
    default: {},
  },
  controller_helm_values: {
    type: "list(string)",
    description: "More values for the karpenter chart as YAML; they win over everything else, the last one most.",
    default: [],
  },
} as const satisfies Inputs;

/** The inputs that say how the controller runs. */
export const CONTROLLER_OPTION_INPUTS = [
  "controller_replicas",
  "controller_size",
  "settings",
  "feature_gates",
  "controller_helm_values",
] as const satisfies readonly (keyof typeof CONTROLLER_INPUTS)[];

/** These inputs as the options of the constructs. */
export function controllerOptions(
  input: Readonly<Record<(typeof CONTROLLER_OPTION_INPUTS)[number], ModuleVariable>>,
): ControllerOptions {
  return {
    controllerReplicas: input.controller_replicas.numberValue,
    controllerSize: input.controller_size.value,
    settings: input.settings.value,
    featureGates: input.feature_gates.value,
    controllerHelmValues: input.controller_helm_values.listValue,
  };
}
