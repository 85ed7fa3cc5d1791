/**
 * Names that no input has, and values of a wrong type, at every depth of every input that has objects in it. TypeScript at
 * synth and Terraform at plan must name the same path, and mean the same word.
 */
import type { CHECKED_INPUTS } from "../../lib/inputs/catalog/checked-inputs";

/** An input that has objects in it, as TypeScript spells it. */
export type CheckedInput = keyof typeof CHECKED_INPUTS;

/** One wrong thing in an otherwise empty input. */
export interface UnknownName {
  readonly title: string;
  readonly input: CheckedInput;
  readonly value: unknown;
  /** What is wrong, below the input's name: `.a.limit`, or `[0].key`. */
  readonly path: string;
  /** What the answer says of it, right after the path. */
  readonly says: string;
}

/** Places something at a path in an object or list that has nothing else; the path tells which. */
function placed(path: string, value: unknown): unknown {
  const [, inner, name, index, rest] = /^((?:\.([^.[]+))|(?:\[(\d+)\]))?(.*)$/s.exec(path) ?? [];
  if (inner === undefined) {
    return value;
  }
  return index === undefined ? { [name]: placed(rest, value) } : [placed(rest, value)];
}

function wrong(input: CheckedInput, path: string, value: unknown, says: string): UnknownName {
  return {
    title: `${input}${path} = ${JSON.stringify(value)}`,
    input,
    value: placed(path, value),
    path,
    says: says.startsWith("but ") ? `is ${JSON.stringify(value)}, ${says}` : says,
  };
}

/** Names of an object that mean others, each with what the user meant. */
function meant(
  input: CheckedInput,
  at: string,
  names: Readonly<Record<string, string>>,
  value: unknown = "x",
): UnknownName[] {
  return Object.entries(names).map(([name, likely]) =>
    wrong(input, `${at}.${name}`, value, `is not known; did you mean "${likely}"?`),
  );
}

/** Names of an object that are like none that it has. */
function strange(input: CheckedInput, at: string, ...names: readonly string[]): UnknownName[] {
  return names.map((name) => wrong(input, `${at}.${name}`, "x", "is not known; Known: "));
}

/** Names that stand elsewhere. */
function moved(input: CheckedInput, at: string, told: Readonly<Record<string, string>>): UnknownName[] {
  return Object.entries(told).map(([name, words]) => wrong(input, `${at}.${name}`, "x", `is not known here; ${words}`));
}

/** Fields of a wrong type, each with the value that it has. */
function mistyped(
  input: CheckedInput,
  at: string,
  values: Readonly<Record<string, unknown>>,
  mustBe: string,
): UnknownName[] {
  return Object.entries(values).map(([name, value]) => wrong(input, `${at}${name}`, value, `but must be ${mustBe}`));
}

const A_LIST = "a list; write it in brackets";
const A_MAP = "a map from names to values; write it in braces";
const AN_OBJECT = "an object; write its fields in braces";
const A_STRING = "a string; write it in quotes";
const A_BOOL = "true or false; write it without quotes";

const POOL = ".a";
const POOL_SPEC = ".a.spec";
const NODE_SPEC = ".a.spec.template.spec";
const ALIAS = "al2023@v20260714";

const NODE_POOLS: readonly UnknownName[] = [
  ...meant("nodePools", POOL, {
    limit: "limits",
    taint: "taints",
    requirement: "requirements",
    label: "labels",
    annotation: "annotations",
    Weight: "weight",
    wieght: "weight",
    weigth: "weight",
    node_class: "nodeClass",
    nodeclass: "nodeClass",
    "node-class": "nodeClass",
    nodeClas: "nodeClass",
    startupTaint: "startupTaints",
    startup_taints: "startupTaints",
    expire_after: "expireAfter",
    expireAfterr: "expireAfter",
    disruptions: "disruption",
    disruptoin: "disruption",
    replica: "replicas",
    termination_grace_period: "terminationGracePeriod",
    terminationGrace: "terminationGracePeriod",
    terminationGracePeriodSeconds: "terminationGracePeriod",
    specs: "spec",
    meta: "metadata",
  }),
  ...strange("nodePools", POOL, "owner", "zz", "team-of-ours"),
  ...moved("nodePools", POOL, {
    kubelet: "the kubelet is configured in the node class",
    template: "write what is in it right here",
    nodeClassRef: 'name the node class in "nodeClass"',
    consolidationPolicy: 'write it in "disruption"',
    budgets: 'write it in "disruption"',
    ttlSecondsAfterEmpty: 'it is "disruption" since Karpenter 0.32',
    ttlSecondsUntilExpired: 'it is "expireAfter" since Karpenter 0.32',
    amiFamily: "it belongs to the node class",
  }),
  ...meant("nodePools", ".a.requirements[0]", {
    Key: "key",
    keys: "key",
    operater: "operator",
    value: "values",
    min_values: "minValues",
    minValue: "minValues",
  }),
  ...meant("nodePools", ".a.taints[0]", { effects: "effect", Value: "value", time_added: "timeAdded" }),
  ...moved("nodePools", ".a.taints[0]", { operator: "taints have no operator" }),
  ...meant("nodePools", ".a.disruption", {
    consolidation_policy: "consolidationPolicy",
    consolidateafter: "consolidateAfter",
    budget: "budgets",
  }),
  ...moved("nodePools", ".a.disruption", {
    expireAfter: "the age of nodes stands beside the disruption",
    terminationGracePeriod: 'write it beside "disruption"',
  }),
  ...meant("nodePools", ".a.disruption.budgets[0]", { node: "nodes", reason: "reasons", schedules: "schedule" }),
  ...strange("nodePools", ".a.disruption.budgets[0]", "percentage"),
  ...meant("nodePools", ".a.metadata", { label: "labels", Annotations: "annotations" }),
  ...strange("nodePools", ".a.metadata", "name", "finalizers"),
  ...meant("nodePools", POOL_SPEC, { templates: "template", Limits: "limits" }),
  ...moved("nodePools", POOL_SPEC, {
    requirements: 'it stands in "template.spec"',
    labels: 'it stands in "template.metadata"',
  }),
  ...meant("nodePools", NODE_SPEC, { nodeClass: "nodeClassRef", expireafter: "expireAfter", taint: "taints" }),
  ...moved("nodePools", NODE_SPEC, {
    kubelet: "the kubelet is configured in the node class",
    disruption: 'it stands beside "template"',
    resources: "it has no effect",
  }),
  ...meant("nodePools", `${NODE_SPEC}.nodeClassRef`, { names: "name" }),
  ...moved("nodePools", `${NODE_SPEC}.nodeClassRef`, { apiVersion: 'it is "group" since Karpenter 1.0' }),
  ...meant("nodePools", `${NODE_SPEC}.requirements[0]`, { operators: "operator" }),
  ...mistyped("nodePools", "", { "": [] }, A_MAP),
  ...mistyped("nodePools", "", { "": "x" }, A_MAP),
  ...mistyped("nodePools", "", { "": 5 }, A_MAP),
  ...mistyped("nodePools", POOL, { "": "x", ".disruption": [], ".spec": "x", ".metadata": true }, AN_OBJECT),
  ...mistyped(
    "nodePools",
    POOL,
    {
      ".taints": { key: "a" },
      ".requirements": "x",
      ".disruption.budgets": { nodes: "1" },
      ".requirements[0].values": "spot",
      ".spec.template.spec.startupTaints": true,
    },
    A_LIST,
  ),
  ...mistyped("nodePools", POOL, { ".labels": ["a"], ".limits": "1", ".annotations": 1 }, A_MAP),
  ...mistyped(
    "nodePools",
    POOL,
    { ".nodeClass": 1, ".annotations.a": true, ".requirements[0].values[0]": 4 },
    A_STRING,
  ),
  ...mistyped("nodePools", POOL, { ".weight": "1", ".spec.weight": "10" }, "a whole number from 1 to 100"),
  ...mistyped("nodePools", POOL, { ".limits.cpu": true, ".limits.memory": {} }, "a Kubernetes quantity"),
  ...mistyped("nodePools", POOL, { ".requirements[0].operator": "in" }, 'one of "In", "NotIn"'),
];

const NODE_CLASSES: readonly UnknownName[] = [
  ...meant("nodeClasses", ".d", {
    ami_alias: "amiAlias",
    AMIAlias: "amiAlias",
    metadata_options: "metadataOptions",
    block_device_mappings: "blockDeviceMappings",
    blockDeviceMapping: "blockDeviceMappings",
    user_data: "userData",
    userdata: "userData",
    allow_latest_ami: "allowLatestAmi",
    Role: "role",
    roles: "role",
    tag: "tags",
    instance_profile: "instanceProfile",
    instanceProfileName: "instanceProfile",
    subnetSelectorTerm: "subnetSelectorTerms",
    securityGroupSelectorTerm: "securityGroupSelectorTerms",
    kubelets: "kubelet",
    associatePublicIpAddress: "associatePublicIPAddress",
    detailed_monitoring: "detailedMonitoring",
  }),
  ...strange("nodeClasses", ".d", "encryption", "ec2KeyPair"),
  ...moved("nodeClasses", ".d", {
    labels: "it belongs to the pool",
    taints: "it belongs to the pool",
    amiSelector: 'it is "amiSelectorTerms" since Karpenter 0.32',
    subnetSelector: 'it is "subnetSelectorTerms" since Karpenter 0.32',
    kubeletConfiguration: 'it is "kubelet"',
    launchTemplate: "Karpenter makes its launch templates itself",
  }),
  ...meant("nodeClasses", ".d.blockDeviceMappings[0].ebs", {
    encrypt: "encrypted",
    kmsKeyId: "kmsKeyID",
    volume_size: "volumeSize",
    volumesize: "volumeSize",
    volumeTyp: "volumeType",
    IOPS: "iops",
    deleteOnTerminate: "deleteOnTermination",
    snapshotId: "snapshotID",
  }),
  ...meant("nodeClasses", ".d.blockDeviceMappings[0]", { devicename: "deviceName", EBS: "ebs", device: "deviceName" }),
  ...meant("nodeClasses", ".d.metadataOptions", {
    http_tokens: "httpTokens",
    httpToken: "httpTokens",
    httpPutResponseHopsLimit: "httpPutResponseHopLimit",
  }),
  ...meant("nodeClasses", ".d.kubelet", {
    max_pods: "maxPods",
    maxpods: "maxPods",
    clusterDns: "clusterDNS",
    systemreserved: "systemReserved",
    cpuCfsQuota: "cpuCFSQuota",
  }),
  ...meant("nodeClasses", ".d.amiSelectorTerms[0]", { ID: "id", aliases: "alias", ssm_parameter: "ssmParameter" }),
  ...meant("nodeClasses", ".d.subnetSelectorTerms[0]", { tag: "tags" }),
  ...meant("nodeClasses", ".d.securityGroupSelectorTerms[0]", { Name: "name" }),
  ...meant("nodeClasses", ".d.capacityReservationSelectorTerms[0]", { ownerId: "ownerID" }),
  ...meant("nodeClasses", ".d.spec", {
    amiSelectorTerm: "amiSelectorTerms",
    instance_store_policy: "instanceStorePolicy",
  }),
  ...meant("nodeClasses", ".d.spec.metadataOptions", { httpEndpoints: "httpEndpoint" }),
  ...mistyped(
    "nodeClasses",
    ".d",
    { "": ALIAS, ".spec": "x", ".metadataOptions": "required", ".kubelet": [] },
    AN_OBJECT,
  ),
  ...mistyped("nodeClasses", "", { "": [] }, A_MAP),
  ...mistyped("nodeClasses", "", { "": ALIAS }, A_MAP),
  ...mistyped(
    "nodeClasses",
    ".d",
    { ".subnetSelectorTerms": { id: "subnet-1" }, ".blockDeviceMappings": {}, ".kubelet.clusterDNS": "10.0.0.10" },
    A_LIST,
  ),
  ...mistyped("nodeClasses", ".d", { ".tags": ["a"], ".kubelet.systemReserved": "100m" }, A_MAP),
  ...mistyped("nodeClasses", ".d", { ".userData": 1, ".tags.cost": 42 }, A_STRING),
  ...mistyped("nodeClasses", ".d", { ".blockDeviceMappings[0].ebs.volumeSize": 100 }, 'a size such as "100Gi"'),
  ...mistyped(
    "nodeClasses",
    ".d",
    { ".allowLatestAmi": "true", ".detailedMonitoring": 1, ".blockDeviceMappings[0].ebs.encrypted": "yes" },
    A_BOOL,
  ),
];

const NODE_OVERLAYS: readonly UnknownName[] = [
  ...meant("nodeOverlays", ".o", {
    Price: "price",
    prices: "price",
    price_adjustment: "priceAdjustment",
    priceAdjustments: "priceAdjustment",
    requirement: "requirements",
    capacities: "capacity",
  }),
  ...strange("nodeOverlays", ".o", "limits"),
  ...meant("nodeOverlays", ".o.requirements[0]", { vaules: "values" }),
  ...meant("nodeOverlays", ".o.spec", { weights: "weight" }),
  ...mistyped("nodeOverlays", "", { "": 5 }, A_MAP),
  ...mistyped("nodeOverlays", ".o", { ".requirements": {} }, A_LIST),
  ...mistyped("nodeOverlays", ".o", { ".price": 0.1 }, "a price in US dollars an hour"),
];

const CAPACITY_BUFFERS: readonly UnknownName[] = [
  ...meant("capacityBuffers", ".b", {
    replica: "replicas",
    limit: "limits",
    Percentage: "percentage",
    scalable_ref: "scalableRef",
    podTemplates: "podTemplate",
  }),
  ...moved("capacityBuffers", ".b", { template: 'write it in "podTemplate"' }),
  ...strange("capacityBuffers", ".b", "deployment"),
  ...meant("capacityBuffers", ".b.scalableRef", { Kind: "kind", apigroup: "apiGroup" }),
  ...meant("capacityBuffers", ".b.podTemplate", { Spec: "spec" }),
  ...mistyped("capacityBuffers", "", { "": [] }, A_MAP),
  ...mistyped("capacityBuffers", ".b", { ".podTemplate.spec": "pod.yaml" }, A_MAP),
  ...mistyped("capacityBuffers", ".b", { ".replicas": "2" }, "a whole number from 0"),
];

const MANIFEST = "[0].spec.template.spec";
const manifest = (kind: string, apiVersion: string, spec: unknown, more: object = {}): unknown => [
  { apiVersion, kind, metadata: { name: "a" }, spec, ...more },
];
const inPool = (path: string, value: unknown, says: string): UnknownName => ({
  ...wrong("manifests", `${MANIFEST}${path}`, value, says),
  value: manifest("NodePool", "karpenter.sh/v1", { template: { spec: placed(path, value) } }),
});
const inClass = (path: string, value: unknown, says: string): UnknownName => ({
  ...wrong("manifests", `[0].spec${path}`, value, says),
  value: manifest("EC2NodeClass", "karpenter.k8s.aws/v1", placed(path, value)),
});
const beside = (name: string, value: unknown, says: string): UnknownName => ({
  ...wrong("manifests", `[0].${name}`, value, says),
  value: manifest("NodePool", "karpenter.sh/v1", { template: { spec: {} } }, { [name]: value }),
});
const likely = (word: string): string => `is not known; did you mean "${word}"?`;

const MANIFESTS: readonly UnknownName[] = [
  inPool(".requirement", [], likely("requirements")),
  inPool(".nodeClassReference", {}, likely("nodeClassRef")),
  inPool(".requirements[0].Operator", "In", likely("operator")),
  inPool(".kubelet", {}, "is not known here; the kubelet is configured in the node class"),
  inPool(".taints", {}, `but must be ${A_LIST}`),
  inPool(".requirements[0].values[0]", 1, `but must be ${A_STRING}`),
  inClass(".amiSelectorTerm", [], likely("amiSelectorTerms")),
  inClass(".blockDeviceMappings[0].ebs.kmsKeyId", "x", likely("kmsKeyID")),
  inClass(".subnetSelector", {}, 'is not known here; it is "subnetSelectorTerms"'),
  inClass(".role", {}, "but must be "),
  beside("specs", {}, likely("spec")),
  beside("status", {}, "is not known here; Karpenter writes it"),
  beside("metadata", { name: "a", namespace: "b" }, ""),
  wrong("manifests", "", {}, `but must be ${A_LIST}`),
  wrong("manifests", "[0]", "kind: NodePool", `but must be ${AN_OBJECT}`),
  wrong("manifests", "[0].kind", "Provisioner", 'but must be one of "NodePool"'),
].map((item) => (item.says === "" ? { ...item, path: "[0].metadata.namespace", says: "is not known here; " } : item));

const CONTROLLER: readonly UnknownName[] = [
  ...meant("interruptionQueuePolicyStatements", ".Own", {
    action: "actions",
    principal: "principals",
    condition: "conditions",
  }),
  ...meant("interruptionQueuePolicyStatements", ".Own.conditions[0]", { value: "values", variables: "variable" }),
  ...mistyped("interruptionQueuePolicyStatements", ".Own", { ".actions": "sqs:SendMessage" }, A_LIST),
  ...meant("settings", "", {
    batchIdleDuraton: "batchIdleDuration",
    isolated_vpc: "isolatedVPC",
    isolatedVpc: "isolatedVPC",
    batch_max_duration: "batchMaxDuration",
    reservedEnis: "reservedENIs",
    vmMemoryOverhead: "vmMemoryOverheadPercent",
  }),
  ...strange("settings", "", "logLevel"),
  ...meant("controllerHelmValues", "[0]", {
    serviceAcount: "serviceAccount",
    replicaCount: "replicas",
    priority_class_name: "priorityClassName",
  }),
  ...meant("controllerHelmValues", "[0].controller", { enV: "env", resource: "resources", imageTag: "image" }),
  ...meant("controllerHelmValues", "[0].controller.resources", { request: "requests", limit: "limits" }, { cpu: "1" }),
  ...meant("controllerHelmValues", "[0].settings", {
    interruptionQueueName: "interruptionQueue",
    clustername: "clusterName",
  }),
  ...meant("controllerHelmValues", "[0].settings.featureGates", { SpotToSpotConsolidation: "spotToSpotConsolidation" }),
  ...meant("controllerHelmValues", "[0].serviceAccount", { annotation: "annotations" }, {}),
  ...strange("controllerHelmValues", "[0].podDisruptionBudget", "enabled"),
  ...moved("controllerHelmValues", "[0]", {
    global: "the chart reads no global values",
    karpenter: "these are the values of the chart itself",
    image: 'write "controller.image"',
  }),
  ...moved("controllerHelmValues", "[0].controller.image", { pullPolicy: 'write "imagePullPolicy"' }),
  ...mistyped("controllerHelmValues", "[0]", { "": "- a" }, "YAML with keys at its outermost level"),
  ...mistyped("controllerHelmValues", "[0]", { ".settings": [] }, AN_OBJECT),
  ...mistyped("controllerHelmValues", "[0].controller", { ".env": { A: "b" } }, "a list; write it in brackets"),
  ...mistyped("settings", "", { "": [] }, AN_OBJECT),
  ...mistyped("settings", "", { ".isolatedVPC": "true", ".disableDryRun": 0 }, A_BOOL),
  ...mistyped("settings", "", { ".batchMaxDuration": 10 }, "a duration such as"),
  ...meant("featureGates", "", {
    static_capacity: "staticCapacity",
    SpotToSpotConsolidation: "spotToSpotConsolidation",
    nodeRepairs: "nodeRepair",
    spotToSpot: "spotToSpotConsolidation",
  }),
  ...mistyped("featureGates", "", { ".nodeRepair": "on" }, A_BOOL),
  ...meant("awsFeatureGates", "", { nodeClassCel: "nodeClassCEL", reboot_for_repair: "rebootForRepair" }),
  ...mistyped("awsFeatureGates", "", { ".draEFA": "false" }, A_BOOL),
  ...meant("controllerSize", "", { cpus: "cpu", CPU: "cpu", mem: "memory", Memory: "memory" }, "4"),
  ...strange("controllerSize", "", "replicas"),
  ...mistyped("controllerSize", "", { ".cpu": true }, "a Kubernetes quantity"),
  ...meant("controllerTolerations", "[0]", {
    Key: "key",
    operators: "operator",
    tolerationSecond: "tolerationSeconds",
    effects: "effect",
  }),
  ...mistyped("controllerTolerations", "", { "": { key: "a" } }, A_LIST),
  ...mistyped("controllerTolerations", "[0]", { ".tolerationSeconds": "60" }, "a number; write it without quotes"),
  ...meant("controllerAffinity", "", { node_affinity: "nodeAffinity", podAffinities: "podAffinity" }, {}),
  ...meant(
    "controllerAffinity",
    ".podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector",
    { matchLabel: "matchLabels" },
    {},
  ),
  ...mistyped(
    "controllerAffinity",
    ".nodeAffinity",
    { ".preferredDuringSchedulingIgnoredDuringExecution": {} },
    A_LIST,
  ),
  ...meant("controllerTopologySpread", "[0]", {
    topology_key: "topologyKey",
    topology: "topologyKey",
    max_skew: "maxSkew",
    when_unsatisfiable: "whenUnsatisfiable",
  }),
  ...mistyped("controllerTopologySpread", "[0]", { ".maxSkew": "1" }, "a whole number from 1"),
];

const BESIDE: readonly UnknownName[] = [
  ...(["fargateSelectors", "selectors"] as const).flatMap((input) => [
    ...meant(input, "[0]", { label: "labels", Namespace: "namespace", namespaces: "namespace" }),
    ...strange(input, "[0]", "pods"),
    ...mistyped(input, "", { "": { namespace: "karpenter" } }, A_LIST),
    ...mistyped(input, "[0]", { ".labels": ["app"] }, A_MAP),
    ...mistyped(input, "[0]", { ".labels.app": 1 }, "the value of a Kubernetes label of up to 63 characters"),
  ]),
  ...meant("controllerTrustConditions", "[0]", { Test: "test", variables: "variable", value: "values" }),
  ...strange("controllerTrustConditions", "[0]", "operator"),
  ...mistyped("controllerTrustConditions", "", { "": {} }, A_LIST),
  ...mistyped("controllerTrustConditions", "[0]", { ".values": "vpce-1" }, A_LIST),
  ...meant("controllerTrustStatements", "[0]", {
    Sid: "sid",
    principal: "principals",
    action: "actions",
    condition: "conditions",
  }),
  ...meant("controllerTrustStatements", "[0].principals[0]", { Type: "type", identifier: "identifiers" }),
  ...strange("controllerTrustStatements", "[0]", "resources"),
  ...mistyped("controllerTrustStatements", "[0]", { ".principals": { AWS: "x" } }, A_LIST),
  ...meant("controllerPolicyStatements", "[0]", { Effect: "effect", Action: "actions", resource: "resources" }),
  ...meant("controllerPolicyStatements", "[0].conditions[0]", { tests: "test", Values: "values" }),
  ...strange("controllerPolicyStatements", "[0]", "principals"),
  ...mistyped("controllerPolicyStatements", "[0]", { ".actions": "s3:GetObject" }, A_LIST),
  ...meant("nodeClassDefaults", "", { instance_profile: "instanceProfile", Role: "role", tag: "tags" }),
  ...strange("nodeClassDefaults", "", "amiAlias"),
  ...meant("nodeClassDefaults", ".subnetSelectorTerms[0]", { Id: "id" }),
  ...mistyped("nodeClassDefaults", "", { ".subnetSelectorTerms": {} }, A_LIST),
  ...meant("mapRoles", "[0]", { role_arn: "rolearn", group: "groups", userName: "username", user: "username" }),
  ...moved("mapRoles", "[0]", { roleArn: 'the ConfigMap spells it "rolearn"' }),
  ...mistyped("mapRoles", "", { "": {} }, A_LIST),
  ...mistyped("mapRoles", "[0]", { ".groups": "system:masters" }, A_LIST),
];

/** All of them. */
export const UNKNOWN_NAMES: readonly UnknownName[] = [
  ...NODE_POOLS,
  ...NODE_CLASSES,
  ...NODE_OVERLAYS,
  ...CAPACITY_BUFFERS,
  ...MANIFESTS,
  ...CONTROLLER,
  ...BESIDE,
];

/** Reported inputs of several names that were dropped together, with every path that must be told. */
export const DROPPED_TOGETHER: readonly {
  readonly input: CheckedInput;
  readonly value: unknown;
  readonly means: Readonly<Record<string, string>>;
}[] = [
  {
    input: "nodePools",
    value: {
      a: {
        limit: { cpu: "10" },
        taint: [{ key: "a", effect: "NoSchedule" }],
        requirement: [{ key: "kubernetes.io/arch", operator: "In", values: ["arm64"] }],
      },
    },
    means: { ".a.limit": "limits", ".a.taint": "taints", ".a.requirement": "requirements" },
  },
  {
    input: "nodeClasses",
    value: {
      d: {
        ami_alias: ALIAS,
        metadata_options: { httpTokens: "required" },
        block_device_mappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: true } }],
        user_data: "#!/bin/sh",
      },
    },
    means: {
      ".d.ami_alias": "amiAlias",
      ".d.metadata_options": "metadataOptions",
      ".d.block_device_mappings": "blockDeviceMappings",
      ".d.user_data": "userData",
    },
  },
  {
    input: "nodeClasses",
    value: {
      d: {
        amiAlias: ALIAS,
        blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: "500Gi", encrypt: true, kmsKeyId: "k" } }],
      },
    },
    means: {
      ".d.blockDeviceMappings[0].ebs.encrypt": "encrypted",
      ".d.blockDeviceMappings[0].ebs.kmsKeyId": "kmsKeyID",
    },
  },
  {
    input: "fargateSelectors",
    value: [{ namespace: "kube-system", label: { "k8s-app": "kube-dns" } }],
    means: { "[0].label": "labels" },
  },
  {
    input: "controllerTolerations",
    value: [{ Key: "dedicated", operator: "Exists" }],
    means: { "[0].Key": "key" },
  },
  {
    input: "settings",
    value: { batchIdleDuraton: "5s", isolated_vpc: true },
    means: { ".batchIdleDuraton": "batchIdleDuration", ".isolated_vpc": "isolatedVPC" },
  },
  { input: "featureGates", value: { static_capacity: true }, means: { ".static_capacity": "staticCapacity" } },
  {
    input: "controllerHelmValues",
    value: [
      "podLabels: { team: a }\nserviceAcount: { name: x }\ncontroller: { resources: { request: { cpu: 1 } } }\n",
      { nodeSelector: { any: "thing" }, setting: {}, "serviceMonitor.enabled": true },
    ],
    means: {
      "[0].serviceAcount": "serviceAccount",
      "[0].controller.resources.request": "requests",
      "[1].setting": "settings",
      "[1].serviceMonitor.enabled": "serviceMonitor",
    },
  },
  { input: "controllerSize", value: { cpus: "4" }, means: { ".cpus": "cpu" } },
];
