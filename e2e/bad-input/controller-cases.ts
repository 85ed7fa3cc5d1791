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
  repository:
    'a registry and a repository, "registry.example:5000/karpenter/controller"; leave out https://, and give tag and digest by ' +
    "themselves",
  tag:
    "the tag of an image: up to 128 letters, digits and characters of _.-; write it without the colon and without the " +
    "repository",
  digest:
    'the digest of an image, "sha256:" and 64 hexadecimal digits, or "" for none; take the one that your registry shows for ' +
    "the image",
  proxy:
    'the address of a proxy without a login, "http://proxy.example:3128"; put an address with a login into a Secret, and name ' +
    "that in the values of the chart, controller.envFrom",
  noProxy:
    'a host, a domain, an address or a range of addresses: "sts.eu-north-1.amazonaws.com", ".example", "100.64.0.0/10"; write ' +
    "each as an item of its own, without https:// and without a path",
  crds: 'one of "managed", "kept", "existing"',
  nodeOperator: 'one of "In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"',
  objectName:
    "1 to 253 lower-case letters, digits, hyphens and dots, a letter or digit at both ends and beside each dot; rename it",
  revisions: "a whole number from 0; take 10 as Helm itself does, or 0 to keep all",
  labelValue:
    "the value of a Kubernetes label: up to 63 letters, digits and characters of _.-; leave out spaces and other characters",
} as const;

/** A property of the controller itself. */
const option = (title: string, name: keyof KarpenterChartsProps, value: unknown, rule: keyof typeof RULES) =>
  wrong("controller", title, `{${name}}`, value, RULES[rule], { [name]: value });

/** A part of a property of the controller. */
const within = (title: string, path: string, value: unknown, rule: keyof typeof RULES, patch: PartPatch) =>
  wrong("controller", title, path, value, RULES[rule], patch);

/** An affinity to nodes of a label. */
const onNodes = (expression: object): object => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [expression] }] },
  },
});

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
  option(
    "an image repository with its tag",
    "controllerImageRepository",
    "registry.example/karpenter:1.14.3",
    "repository",
  ),
  option(
    "an image repository with https",
    "controllerImageRepository",
    "https://registry.example/karpenter",
    "repository",
  ),
  option("a tag with its colon", "controllerImageTag", ":1.14.3", "tag"),
  option("a digest that is cut off", "controllerImageDigest", "sha256:0a1b2c", "digest"),
  option("a digest without its algorithm", "controllerImageDigest", "0a".repeat(32), "digest"),
  option("a proxy without a scheme", "controllerHttpProxy", "proxy.example:3128", "proxy"),
  option("a proxy with a login", "controllerHttpsProxy", "http://me:secret@proxy.example:3128", "proxy"),
  within("hosts without a proxy as one text", "{controllerNoProxy}[0]", ".example,10.0.0.0/8", "noProxy", {
    controllerNoProxy: [".example,10.0.0.0/8"],
  }),
  within("an address with https as a host", "{controllerNoProxy}[0]", "https://sts.example", "noProxy", {
    controllerNoProxy: ["https://sts.example"],
  }),
  within("a label of nodes with a space", "{controllerNodeSelector}.role", "my role", "labelValue", {
    controllerNodeSelector: { role: "my role" },
  }),
  within(
    "an affinity with an unknown operator",
    "{controllerAffinity}.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].operator",
    "Is",
    "nodeOperator",
    { controllerAffinity: onNodes({ key: "role", operator: "Is" }) },
  ),
  option("CRDs in other words", "crds", "keep", "crds"),
  option("a priority class in capitals", "controllerPriorityClassName", "High", "objectName"),
  option("less revisions than none", "helmMaxHistory", -1, "revisions"),
  {
    title: "an annotation with a space in its key",
    part: "controller",
    patch: { controllerPodAnnotations: { "my key": "x" } },
    answer:
      '"{controllerPodAnnotations}" has the name "my key", but a name must be the key of a Kubernetes annotation: up to 63 ' +
      "letters, digits and characters of _.-, after a domain and a slash or alone; rename it",
    plan: "alike",
  },
  mistyped(
    "an affinity with a term in the wrong place",
    "controller",
    { controllerAffinity: { nodeAffinity: { nodeSelectorTerms: [] } } },
    '"{controllerAffinity}.nodeAffinity.nodeSelectorTerms" is not known; Known: preferredDuringSchedulingIgnoredDuringExecution, ' +
      "requiredDuringSchedulingIgnoredDuringExecution",
  ),
  ...(
    [
      [
        { key: "role", operator: "In", values: [] },
        "[]",
        'have a value with the operators "In" and "NotIn"; name values, or take "Exists" for any of them and "DoesNotExist" ' +
          "for none",
      ],
      [
        { key: "role", operator: "Exists", values: ["a"] },
        '["a"]',
        'be left out with the operators "Exists" and "DoesNotExist"; leave it out, or take "In" for certain values',
      ],
      [
        { key: "cpu", operator: "Gt", values: ["1", "2"] },
        '["1","2"]',
        'have one value with the operators "Gt" and "Lt"; write the number in quotes, ["4"]',
      ],
    ] as const
  ).map(([expression, values, must]): PartCase => ({
    title: `an affinity by ${expression.operator} with values ${values}`,
    part: "controller",
    patch: { controllerAffinity: onNodes(expression) },
    answer:
      '"{controllerAffinity}.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0]' +
      `.values" is ${values}, but must ${must}`,
    plan: "alike",
  })),
  ...(
    [
      ["controllerNodeSelector", { role: "system" }],
      ["controllerAffinity", onNodes({ key: "role", operator: "Exists" })],
    ] as const
  ).map(([property, value]): PartCase => ({
    title: `${property} on Fargate`,
    part: "controller",
    patch: { [property]: value, onFargate: true },
    answer:
      `"{${property}}" is ${JSON.stringify(value)}, but must be left out while the controller runs on Fargate ("{onFargate}" is ` +
      'true), where each pod has a node of its own that nobody labels; leave it out, or set "{onFargate}" to false and run the ' +
      "controller on nodes",
    plan: "once all is right",
  })),
  ...(
    [
      [
        "a tag beside the chart's own digest",
        { controllerImageTag: "1.14.3-mine", controllerImageDigest: undefined },
        '"{controllerImageTag}" is "1.14.3-mine" and "{controllerImageDigest}" is null, but must come with a digest: the chart ' +
          'names one of its own, and by it the image is taken whatever the tag says; give the digest of your image, or "" to ' +
          "take it by its tag",
      ],
      [
        "an image of another release",
        { controllerImageTag: "1.13.1", controllerImageDigest: "", karpenterVersion: "1.14.3" },
        '"{controllerImageTag}" is "1.13.1", but must be of release "1.14.3", as CRDs, permissions and settings are; take an ' +
          'image of that release, or set "{karpenterVersion}" to the image\'s',
      ],
      [
        "hosts without a proxy where there is none",
        { controllerNoProxy: [".example"] },
        '"{controllerNoProxy}" is [".example"], but must be left out without a proxy; give "{controllerHttpsProxy}", or leave ' +
          "it out",
      ],
      [
        "undoing without waiting",
        { helmAtomic: true, helmWait: false },
        '"{helmWait}" is false, but must be true while "{helmAtomic}" is true: Helm can only undo what it waits for; leave one ' +
          "of the two out",
      ],
      [
        "a certificate authority for a registry",
        { chartRepositoryCaFile: "ca.pem", chartRepository: "oci://registry.example/karpenter" },
        '"{chartRepositoryCaFile}" is "ca.pem", but must be left out while "{chartRepository}" is ' +
          '"oci://registry.example/karpenter": Helm reads it for repositories at https:// only; leave it out, and let the ' +
          "machine that runs Terraform trust the registry, with SSL_CERT_FILE for example",
      ],
    ] as const
  ).map(([title, patch, answer]): PartCase => ({
    title,
    part: "controller",
    patch,
    answer,
    plan: "once all is right",
  })),
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
