import { CHART_REPOSITORY, chartRepository } from "../../lib/kubernetes/karpenter-charts";
import { CONTROLLER_OPTION_FIELDS } from "../../lib/inputs/catalog/controller";
import { Field, terraformType } from "../../lib/inputs/field";
import { fieldRule } from "../../lib/inputs/field-rule";
import { ControllerOptions } from "../../lib/kubernetes/controller-options";
import { optionAtPlan } from "../../lib/release/chart-values";
import { ModuleVariable, ModuleVariableProps } from "../../lib/module";
import { timeout } from "../../lib/inputs/catalog/values";
import { MINOR_VERSIONS } from "../../lib/versions";
import { toggle, Inputs } from "./input";

/** An option of the controller: its type and its rule are those of the constructs. */
function option(
  name: keyof ControllerOptions,
  description: string,
  defaultValue: unknown,
  field: Field = CONTROLLER_OPTION_FIELDS[name],
): ModuleVariableProps {
  return { type: terraformType(field), description, default: defaultValue, rule: fieldRule(field) };
}

const firstWithAwsFeatureGates = MINOR_VERSIONS.find(({ chart }) => Object.keys(chart.awsFeatureGates).length > 0);

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
    rule: timeout,
  },
  install_controller: toggle(
    "Whether to install the CRDs and the controller; false leaves that to you, with the output helm_values.",
  ),
  create_namespace: toggle("Whether Helm makes the namespace."),
  on_fargate: toggle("Whether the controller runs on Fargate."),
  annotate_role: toggle("Whether the service account says which role it is; false with EKS Pod Identity."),
  controller_replicas: option("controllerReplicas", "How many controllers run; one of them leads.", 2),
  controller_size: {
    ...option("controllerSize", "Cpu and memory of each controller; requests equal limits.", {}),
    type: 'object({ cpu = optional(string, "1"), memory = optional(string, "1Gi") })',
  },
  settings: option(
    "settings",
    "Settings of the karpenter chart, in its own words; what is left out is the chart's default.",
    {},
    optionAtPlan("settings"),
  ),
  feature_gates: option(
    "featureGates",
    "Feature gates of the karpenter chart, in its own words; what is left out is the chart's default.",
    {},
    optionAtPlan("featureGates"),
  ),
  aws_feature_gates: option(
    "awsFeatureGates",
    `Feature gates of AWS's part of Karpenter ${firstWithAwsFeatureGates?.minorVersion} and later, in the chart's own words.`,
    {},
    optionAtPlan("awsFeatureGates"),
  ),
  controller_tolerations: option(
    "controllerTolerations",
    "Taints that the controller's pods tolerate; when null, the chart's own, CriticalAddonsOnly.",
    null,
  ),
  controller_topology_spread: option(
    "controllerTopologySpread",
    "How the controller's pods spread; when null, the chart's own rule: never two more in one zone than in another.",
    null,
  ),
  controller_max_unavailable: option(
    "controllerMaxUnavailable",
    "How many of the controller's pods may be down while nodes are drained, a number or a percentage; when null, 1.",
    null,
  ),
  controller_dns_policy: option(
    "controllerDnsPolicy",
    "Whom the controller's pods ask for names; when null, Default on Fargate and ClusterFirst elsewhere.",
    null,
  ),
  log_level: option("logLevel", "What the controller logs: debug, info or error.", "info"),
  service_monitor: {
    type: "bool",
    description: "Whether to make a ServiceMonitor for the Prometheus operator, on clusters that know what that is.",
    default: false,
  },
  service_monitor_labels: option(
    "serviceMonitorLabels",
    "Labels of the ServiceMonitor, by which a Prometheus finds it.",
    {},
  ),
  controller_helm_values: option(
    "controllerHelmValues",
    "More values for the karpenter chart as YAML. Where they say something that is set here too, they win, the last one most: Helm merges maps key by key, and replaces lists and single values.",
    [],
  ),
} as const satisfies Inputs;

/** The inputs that say how the controller runs. */
export const CONTROLLER_OPTION_INPUTS = [
  "controller_replicas",
  "controller_size",
  "settings",
  "feature_gates",
  "aws_feature_gates",
  "controller_tolerations",
  "controller_topology_spread",
  "controller_max_unavailable",
  "controller_dns_policy",
  "log_level",
  "service_monitor",
  "service_monitor_labels",
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
    awsFeatureGates: input.aws_feature_gates.value,
    controllerTolerations: input.controller_tolerations.value,
    controllerTopologySpread: input.controller_topology_spread.value,
    controllerMaxUnavailable: input.controller_max_unavailable.stringValue,
    controllerDnsPolicy: input.controller_dns_policy.stringValue as ControllerOptions["controllerDnsPolicy"],
    logLevel: input.log_level.stringValue as ControllerOptions["logLevel"],
    serviceMonitor: input.service_monitor.value,
    serviceMonitorLabels: input.service_monitor_labels.mapValue,
    controllerHelmValues: input.controller_helm_values.listValue,
  };
}
