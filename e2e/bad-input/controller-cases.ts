/** Every kind of bad input to the controller, with the answer to it at synth and at plan. */
import type { KarpenterChartsProps } from "../../lib/kubernetes/karpenter-charts";
import { mistyped, wrong, type PartCase, type PartPatch } from "./part-case";

const ROLE = "arn:aws:iam::123456789012:role/karpenter";
const QUEUE = "arn:aws:sqs:eu-north-1:123456789012:interruptions";

/** Properties that are right. */
export const GOOD_CONTROLLER: PartPatch = { clusterName: "prod", controllerRoleArn: ROLE };

/** What is allowed, and the way out, by kind. */
const RULES = {
  replicas: "a whole number from 1; take 2 for high availability",
  seconds: "a whole number from 1; give seconds, 600 for ten minutes",
  quantity:
    'a Kubernetes quantity such as "2", "500m" or "4Gi"; write a number with at most one unit behind it, without a space, ' +
    '"4Gi" and not "4 GB"',
  pods:
    'a whole number from 1, or a percentage from "1%" to "100%"; leave it out for 1; with 0, no node that runs a ' +
    "controller could be drained",
  logLevel: 'one of "debug", "info", "error"',
  dnsPolicy: 'one of "Default", "ClusterFirst", "ClusterFirstWithHostNet"',
  role: "the ARN of an IAM role, arn:<partition>:iam::<account>:role/<name>, without wildcards; give the role's ARN, not its name",
  endpoint: "an https:// address; give the `endpoint` of the EKS cluster",
  cluster:
    "1 to 100 letters, digits, hyphens and underscores, the first a letter or digit; " +
    "give the name that `aws eks list-clusters` shows",
  queue:
    "1 to 80 letters, digits, hyphens and underscores; give the queue's name and not its ARN or URL, or leave it out",
  yaml:
    "YAML with keys at its outermost level; write it as a mapping, with `yamlencode` or as a file's content, and not as a " +
    "path, a list or several documents",
  settingDuration: 'a duration such as "30s", "10m" or "1h30m"; give every number its unit: ms, s, m or h',
  policy: 'one of "Respect", "Ignore"',
  fraction: "a fraction from 0 to 1, 0.075 for 7.5 %; divide the percentage by 100",
  skew: "a whole number from 1; 1 keeps the pods most apart",
  unsatisfiable: 'one of "DoNotSchedule", "ScheduleAnyway"',
  tolerates: 'one of "Exists", "Equal"',
  labelValue:
    "the value of a Kubernetes label: up to 63 letters, digits and characters of _.-; leave out spaces and other characters",
} as const;

/** A property of the controller itself. */
const option = (title: string, name: keyof KarpenterChartsProps, value: unknown, rule: keyof typeof RULES) =>
  wrong("controller", title, `{${name}}`, value, RULES[rule], { [name]: value });

/** A part of a property of the controller. */
const within = (title: string, path: string, value: unknown, rule: keyof typeof RULES, patch: PartPatch) =>
  wrong("controller", title, path, value, RULES[rule], patch);

/** All of them. */
export const CONTROLLER_CASES: readonly PartCase[] = [
  option("a cluster name with a dot", "clusterName", "prod.eu", "cluster"),
  option("an endpoint without https", "clusterEndpoint", "10.0.0.1", "endpoint"),
  option("the controller's role by its name", "controllerRoleArn", "karpenter", "role"),
  option("the queue by its ARN", "interruptionQueueName", QUEUE, "queue"),
  option("the queue by its URL", "interruptionQueueName", "https://sqs.eu-north-1.amazonaws.com/1/q", "queue"),
  option("no controller", "controllerReplicas", 0, "replicas"),
  option("one and a half controllers", "controllerReplicas", 1.5, "replicas"),
  option("a timeout of no seconds", "chartTimeout", 0, "seconds"),
  option("that no pod may ever be down", "controllerMaxUnavailable", "0", "pods"),
  option("a log level that Karpenter lacks", "logLevel", "warn", "logLevel"),
  option("a resolver that needs more to be said", "controllerDnsPolicy", "None", "dnsPolicy"),
  within("cpu in words", "{controllerSize}.cpu", "2 cores", "quantity", {
    controllerSize: { cpu: "2 cores" },
  }),
  within("memory with a space", "{controllerSize}.memory", "4 Gi", "quantity", {
    controllerSize: { memory: "4 Gi" },
  }),
  within("a list as more values", "{controllerHelmValues}[1]", "- a: 1", "yaml", {
    controllerHelmValues: ["replicas: 1", "- a: 1"],
  }),
  within("a path as more values", "{controllerHelmValues}[0]", "values.yaml", "yaml", {
    controllerHelmValues: ["values.yaml"],
  }),
  within("several documents as more values", "{controllerHelmValues}[0]", "replicas: 1\n---\nreplicas: 2\n", "yaml", {
    controllerHelmValues: ["replicas: 1\n---\nreplicas: 2\n"],
  }),
  within("a setting without its unit", "settings.batchMaxDuration", "10", "settingDuration", {
    settings: { batchMaxDuration: "10" },
  }),
  within("a setting's word in lower case", "settings.preferencePolicy", "respect", "policy", {
    settings: { preferencePolicy: "respect" },
  }),
  within("a percentage for a fraction", "settings.vmMemoryOverheadPercent", 7.5, "fraction", {
    settings: { vmMemoryOverheadPercent: 7.5 },
  }),
  within("an unknown operator", "{controllerTolerations}[0].operator", "Exist", "tolerates", {
    controllerTolerations: [{ operator: "Exist" }],
  }),
  within("no skew at all", "{controllerTopologySpread}[0].maxSkew", 0, "skew", {
    controllerTopologySpread: [{ maxSkew: 0, topologyKey: "zone", whenUnsatisfiable: "ScheduleAnyway" }],
  }),
  within("an unknown way to spread", "{controllerTopologySpread}[0].whenUnsatisfiable", "Wait", "unsatisfiable", {
    controllerTopologySpread: [{ maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "Wait" }],
  }),
  within("a label with a space", "{serviceMonitorLabels}.release", "my prometheus", "labelValue", {
    serviceMonitorLabels: { release: "my prometheus" },
  }),
  {
    title: "no role to annotate",
    part: "controller",
    patch: { controllerRoleArn: undefined },
    answer:
      '"{controllerRoleArn}" is null, but must be given when "{annotateRole}" is true; give the ARN of the controller\'s ' +
      'role, or set "{annotateRole}" to false with EKS Pod Identity',
    plan: "once all is right",
  },
  ...[
    ["settings", "enableDRA"],
    ["featureGates", "terminateFirstRepair"],
    ["awsFeatureGates", "nodeClassCEL"],
  ].map(([property, name]): PartCase => ({
    title: `${name}, which Karpenter has since 1.15 only`,
    part: "controller",
    patch: { karpenterVersion: "1.14.3", [property]: { [name]: true } },
    answer:
      `"{${property}}.${name}" is given, but must be left out with Karpenter 1.14.3, which does not know it; leave it out, ` +
      'or set "{karpenterVersion}" to "1.15.1"',
    plan: "once all is right",
  })),
  mistyped(
    "an unknown setting",
    "controller",
    { settings: { batchMaxDuraton: "10s" } },
    '"{settings}.batchMaxDuraton" is not known; did you mean "batchMaxDuration"? Known: amiRefreshInterval, ',
  ),
  mistyped(
    "an unknown feature gate",
    "controller",
    { featureGates: { nodeRepairs: true } },
    '"{featureGates}.nodeRepairs" is not known; did you mean "nodeRepair"? Known: capacityBuffer, ',
  ),
  mistyped(
    "a feature gate in words",
    "controller",
    { featureGates: { nodeRepair: "on" } },
    '"{featureGates}.nodeRepair" is "on", but must be true or false',
  ),
  mistyped(
    "replicas in words",
    "controller",
    { controllerReplicas: "two" },
    `"{controllerReplicas}" is "two", but must be ${RULES.replicas}`,
    { says: "a number is required" },
  ),
];
