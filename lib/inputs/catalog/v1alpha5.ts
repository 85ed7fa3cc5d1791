/** The `spec` of Provisioners (v1alpha5) and AWSNodeTemplates (v1alpha1), which Karpenter up to 0.32 has. */
import { without } from "../../terraform/known-values";
import type { Field, ListField, MapField, MovedName, ObjectField, ObjectRule } from "../field";
import { about, any, bool, list, map, numeric, object, oneOfStrings, string, text } from "../field-builders";
import { all, given, implies, is, not, predicate } from "../predicate";
import * as api from "./api-values";
import { kubelet } from "./kubelet";
import { reservedAmount } from "./kubelet-values";
import * as nodeClass from "./node-class";
import * as pool from "./node-pool";
import { taintRules } from "./node-pool-rules";
import * as values from "./values";

/** What Karpenter's webhook asks, and the API server does not. */
const OF_WEBHOOK = { stricter: {} };

const moved = (told: string, ...names: readonly string[]): MovedName[] => names.map((name) => ({ name, told }));
const seconds = (description: string): Field =>
  about(description, numeric(values.wholeNumber(0, undefined, "give seconds, 600 for ten minutes")));

const provisionerRules: readonly ObjectRule[] = [
  {
    refusal: '"{}" has both "{provider}" and "{providerRef}", but must have one; leave one out',
    condition: not(all(given("provider"), given("providerRef"))),
    ...OF_WEBHOOK,
  },
  {
    refusal:
      '"{}.{ttlSecondsAfterEmpty}" is <ttlSecondsAfterEmpty>, but must be left out where "consolidation" is enabled, ' +
      "which removes empty nodes too; leave one of both out",
    condition: predicate(
      ({ ttlSecondsAfterEmpty, consolidation }) =>
        ttlSecondsAfterEmpty === undefined || (consolidation as { enabled?: unknown } | undefined)?.enabled !== true,
      (at) => `!try(${at("ttlSecondsAfterEmpty")} != null && ${at("consolidation")}.enabled, false)`,
    ),
    ...OF_WEBHOOK,
  },
];
const referenceRule: ObjectRule = {
  refusal: '"{}.{providerRef}" is missing, but must name the AWSNodeTemplate of the nodes; write { name: "default" }',
  condition: predicate(
    ({ provider, providerRef }) => provider !== undefined || providerRef !== undefined,
    (at) => `try(${at("provider")} != null, false) || try(${at("providerRef")} != null, false)`,
  ),
  ...OF_WEBHOOK,
};

/** Numbers are amounts here too. */
const reserved = (name: string): Field => {
  const { keys } = kubelet.fields[name] as MapField;
  return about("Resources that pods do not get.", map({ kind: "quantity", rules: reservedAmount(name) }, keys));
};

const provisionerFields: Readonly<Record<string, Field>> = {
  annotations: pool.annotations,
  consolidation: about(
    "Whether Karpenter removes and replaces nodes that are not used well.",
    object({ enabled: about("Whether it does.", bool) }),
  ),
  kubeletConfiguration: about(
    "The kubelet of a node.",
    object(
      {
        ...kubelet.fields,
        kubeReserved: reserved("kubeReserved"),
        systemReserved: reserved("systemReserved"),
        containerRuntime: about("The container runtime: containerd or dockerd.", string),
      },
      [],
      kubelet.rules,
    ),
  ),
  labels: pool.labels,
  limits: about(
    "What all nodes of the Provisioner together may have.",
    object(
      { resources: pool.limits },
      [],
      [],
      moved('it stands in "resources" before Karpenter 0.32', "cpu", "memory", "ephemeral-storage", "pods"),
    ),
  ),
  provider: about("An AWSNodeTemplate's fields, written in place.", map(any)),
  providerRef: about(
    "The AWSNodeTemplate of its nodes.",
    object(
      {
        apiVersion: about("The API's group and version, karpenter.k8s.aws/v1alpha1.", string),
        kind: about("The kind, AWSNodeTemplate.", string),
        name: about("The AWSNodeTemplate's name.", string),
      },
      ["name"],
      [],
      moved('it is "apiVersion", with the version: "karpenter.k8s.aws/v1alpha1"', "group"),
    ),
  ),
  requirements: pool.requirements,
  startupTaints: pool.startupTaints,
  taints: pool.taints,
  ttlSecondsAfterEmpty: seconds("How long an empty node is kept, in seconds."),
  ttlSecondsUntilExpired: seconds("How long a node may live, in seconds."),
  weight: pool.weight,
};

const BEFORE = "before Karpenter 0.32";
const MOVED_OF_PROVISIONER = [
  ...moved(`what is in it stands right here ${BEFORE}`, "template"),
  ...moved(`it is "consolidation" and "ttlSecondsAfterEmpty" ${BEFORE}`, "disruption"),
  ...moved(`it is "ttlSecondsUntilExpired" ${BEFORE}, a number of seconds`, "expireAfter"),
  ...moved(`it is "kubeletConfiguration" ${BEFORE}`, "kubelet"),
  ...moved(`it is "providerRef" ${BEFORE}`, "nodeClassRef", "nodeClass"),
];

/** A Provisioner's as a whole. */
export const wholeProvisionerSpec = object(
  provisionerFields,
  [],
  [...provisionerRules, referenceRule, ...taintRules],
  MOVED_OF_PROVISIONER,
);
/** What of it lies below typed fields. */
export const freeProvisionerSpec = object(provisionerFields, [], provisionerRules, MOVED_OF_PROVISIONER);

const selector = (description: string): Field => about(description, map(text(api.selectorTag), [api.selectorTag]));
const { context, detailedMonitoring, instanceProfile, metadataOptions, tags, userData } = nodeClass.fields;

/** What a launch template of one's own says already. */
export const OF_LAUNCH_TEMPLATE = [
  "securityGroupSelector",
  "metadataOptions",
  "amiFamily",
  "instanceProfile",
  "blockDeviceMappings",
  "userData",
  "amiSelector",
];

const launchTemplateRules = (names: readonly string[]): ObjectRule[] =>
  names.map((name) => ({
    refusal: `"{}.{${name}}" is given beside "launchTemplate", but must be left out, for the launch template says it; leave one out`,
    condition: not(all(given("launchTemplate"), given(name))),
    until: "0.33",
    ...OF_WEBHOOK,
  }));
/** What a launch template says already, in the free form and by field. */
export const nodeClassRules = launchTemplateRules([
  ...OF_LAUNCH_TEMPLATE,
  "amiAlias",
  "amiSelectorTerms",
  "securityGroupSelectorTerms",
]);

const missing = (name: string, what: string, condition: ObjectRule["condition"]): ObjectRule => ({
  refusal: `"{}.{${name}}" is missing, but must say which ${what} are meant; write tags, { "karpenter.sh/discovery": "<cluster>" }`,
  condition,
  ...OF_WEBHOOK,
});

const mappingRules: readonly ObjectRule[] = [
  {
    refusal: '"{}.{deviceName}" is missing, but must be given; name the device, "/dev/xvda"',
    condition: given("deviceName"),
    ...OF_WEBHOOK,
  },
  { refusal: '"{}.{ebs}" is missing, but must be given; describe the volume', condition: given("ebs"), ...OF_WEBHOOK },
];
const mapping = (nodeClass.fields.blockDeviceMappings as ListField).of as ObjectField;
const templateFields: Readonly<Record<string, Field>> = {
  amiFamily: about(
    "How the AMIs start a node; when left out, as AL2.",
    oneOfStrings("AL2", "Bottlerocket", "Custom", "Ubuntu", "Windows2019", "Windows2022"),
  ),
  amiSelector: selector("Tags of the AMIs that nodes are made of, or aws-ids."),
  apiVersion: about("The API's group and version.", string),
  blockDeviceMappings: about(
    "The volumes of a node.",
    list(object(without(mapping.fields, "rootVolume"), [], mappingRules)),
  ),
  context,
  detailedMonitoring,
  instanceProfile,
  kind: about("The kind.", string),
  launchTemplate: about("The name of a launch template to start nodes with.", string),
  metadataOptions,
  securityGroupSelector: selector("Tags of the security groups that nodes are in, or aws-ids."),
  subnetSelector: selector("Tags of the subnets that nodes are started in, or aws-ids."),
  tags,
  userData,
};
const MOVED_OF_TEMPLATE = [
  ...(["ami", "subnet", "securityGroup"] as const).flatMap((of) =>
    moved(`it is "${of}Selector" ${BEFORE}, a map of tags`, `${of}SelectorTerms`),
  ),
  ...Object.entries(nodeClass.fields).flatMap(([name, { since }]) =>
    since === undefined ? [] : moved(`an EC2NodeClass has it, since Karpenter ${since}: leave it out`, name),
  ),
  ...moved('the kubelet is configured in the Provisioner: write it in "kubeletConfiguration" there', "kubelet"),
  ...moved("it belongs to the Provisioner: write it there", "labels", "taints", "requirements", "limits"),
];

/** An AWSNodeTemplate's as a whole. */
export const wholeNodeTemplateSpec = object(
  templateFields,
  [],
  [
    ...launchTemplateRules(OF_LAUNCH_TEMPLATE),
    missing("subnetSelector", "subnets", given("subnetSelector")),
    missing(
      "securityGroupSelector",
      "security groups",
      implies(not(given("launchTemplate")), given("securityGroupSelector")),
    ),
    missing("amiSelector", "AMIs", implies(is("amiFamily", "Custom"), given("amiSelector"))),
  ],
  MOVED_OF_TEMPLATE,
);
/** What of it lies below typed fields. */
export const freeNodeTemplateSpec = object(templateFields, [], [], MOVED_OF_TEMPLATE);
