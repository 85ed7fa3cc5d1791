import * as api from "./api-values";
import type { Field, MovedName, ObjectField, ValueRule } from "../field";
import {
  about,
  list,
  map,
  numeric,
  object,
  oneOfNewer,
  oneOfStrings,
  since,
  string,
  text,
  textOfNewer,
} from "../field-builders";
import { versioned } from "../versioned-field";
import { newerPoolLabels, overlayLabelRules, poolLabelRules, provisionerLabelRules } from "./label-rules";
import { budgetRules, nodePoolRules, overlayRequirementRules, requirementRules, taintRules } from "./node-pool-rules";
import * as values from "./values";

/** An amount of a resource. */
export const amount: Field = { kind: "quantity", rules: api.resourceQuantity };

const operator = about(
  "How the label's values are compared: In, NotIn, Exists, DoesNotExist, Gt, Lt, Gte or Lte.",
  oneOfNewer(["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt", "Gte", "Lte"], { Gte: "1.9", Lte: "1.9" }),
);
const requirementValues = about(
  "The values to compare with; one number for Gt, Lt, Gte and Lte.",
  list(text(api.requirementValue)),
);

const requirement = (rules: readonly ValueRule<string>[]): ObjectField =>
  object(
    {
      key: about(
        "A label of nodes, karpenter.k8s.aws/instance-category.",
        textOfNewer(newerPoolLabels, ...api.requirementKey, ...rules),
      ),
      operator,
      values: requirementValues,
      minValues: about(
        "How many different values there must be to choose from, 1 to 50.",
        since("0.35", numeric(values.wholeNumber(1, 50, "leave it out for no minimum"))),
      ),
    },
    ["key", "operator"],
    requirementRules,
  );
const ofNodePool = requirement(poolLabelRules);
const upTo30 = list(ofNodePool, { max: 30 });
const upTo100 = list(ofNodePool, { max: 100 });

/** What nodes must have. https://karpenter.sh/docs/concepts/nodepools/#spectemplatespecrequirements */
export const requirements = about(
  "What a node must have, by its labels; every requirement holds.",
  // The patches of each line that know v1 take more.
  versioned({
    "0.27": list(requirement(provisionerLabelRules)),
    "0.32": upTo30,
    "0.33.6": upTo100,
    "0.34": upTo30,
    "0.34.7": upTo100,
    "0.35": upTo30,
    "0.35.6": upTo100,
    "0.36": upTo30,
    "0.36.3": upTo100,
    "0.37": upTo30,
    "0.37.1": upTo100,
  }),
);

/** Which instance types an overlay is about. */
export const overlayRequirements = about(
  "Which instance types it is about, by their labels.",
  list(
    object(
      {
        key: about("A label of instance types.", text(...api.requirementKey, ...overlayLabelRules)),
        operator,
        values: requirementValues,
      },
      ["key", "operator"],
      overlayRequirementRules,
    ),
    { max: 100 },
  ),
);

const taint = object(
  {
    key: about("The taint's key.", text(...api.qualifiedName)),
    value: about("The taint's value.", text(...api.qualifiedName)),
    effect: about(
      "What becomes of pods that do not tolerate it: NoSchedule, PreferNoSchedule or NoExecute.",
      oneOfStrings("NoSchedule", "PreferNoSchedule", "NoExecute"),
    ),
    timeAdded: about("When it was added, in RFC 3339.", text(...api.dateTime)),
  },
  ["key", "effect"],
  [],
  [{ name: "operator", told: "taints have no operator, only tolerations do: leave it out" }],
);
export const taints = about("Taints of the nodes.", list(taint));
export const startupTaints = about("Taints that something on the node removes once it is ready.", list(taint));

export const budgets = about(
  "How many nodes may be disrupted at once, and when; of several budgets the strictest holds.",
  since(
    "0.34",
    list(
      object(
        {
          nodes: about('How many, "5", or which part of the pool, "10%".', text(api.nodeCountOrShare)),
          schedule: about("When it begins to apply, a cron line in UTC; only with duration.", text(...api.schedule)),
          duration: about(
            "How long it applies from then, 8h30m.",
            // Some early patches know one unit only.
            versioned({
              "0.34": text(api.hoursOrMinutes),
              "0.34.5": text(...api.budgetDuration),
              "0.35": text(api.hoursOrMinutes),
              "0.35.4": text(...api.budgetDuration),
            }),
          ),
          reasons: about(
            "What it is about; when left out, every reason.",
            since(
              "1.0",
              list(
                oneOfNewer(["Underutilized", "Empty", "Drifted", "Unhealthy"], { Unhealthy: "1.15" }),
                { max: 50, since: "1.8" },
                { since: "1.13" },
              ),
            ),
          ),
        },
        [],
        budgetRules,
      ),
      { max: 50 },
    ),
  ),
);
export const consolidateAfter = about(
  "How long a node is left alone after a change, 1m, or Never.",
  text(...api.durationOrNever),
);
const consolidationPolicy = about("Which nodes are consolidated: WhenEmpty, WhenEmptyOrUnderutilized or Balanced.", {
  ...oneOfNewer(["WhenEmpty", "WhenEmptyOrUnderutilized", "Balanced"], { Balanced: "1.14" }),
  renamed: { WhenUnderutilized: "WhenEmptyOrUnderutilized" },
});
const expiry = "the age of nodes stands beside the disruption since Karpenter 1.0";
const DISRUPTION_MOVED: readonly MovedName[] = [
  { name: "expireAfter", told: `${expiry}: write "expireAfter" beside "disruption"` },
  { name: "terminationGracePeriod", told: 'write it beside "disruption"' },
];

/** When nodes are replaced and removed. */
export const disruption = about(
  "When Karpenter replaces and removes nodes.",
  object({ consolidationPolicy, consolidateAfter, budgets }, [], [], DISRUPTION_MOVED),
);

/** As the API has it: before 1.15 it asks for consolidateAfter. */
const wholeDisruption = about(
  "When Karpenter replaces and removes nodes.",
  object(
    { consolidationPolicy, consolidateAfter, budgets },
    [],
    [],
    [
      {
        name: "expireAfter",
        told: `${expiry}: write it in "template.spec"`,
      },
    ],
  ),
);

export const labels = about(
  "Labels of the nodes.",
  map(text(api.labelText), [...poolLabelRules, ...api.nodeLabelKey], { size: { max: 100 }, newer: newerPoolLabels }),
);
export const annotations = about("Annotations of the nodes.", map(string));
export const expireAfter = about("How long a node may live, 720h, or Never.", text(...api.durationOrNever));
export const terminationGracePeriod = about(
  "How long draining may take before pods are evicted by force, 1h; when left out, draining waits for ever.",
  since("1.0", text(...api.duration)),
);
export const limits = about('What all nodes of the pool together may have, { cpu = "1000" }.', map(amount));
export const replicas = about(
  "A fixed number of nodes; needs the feature gate staticCapacity.",
  since("1.8", numeric(api.countInt32("leave it out for as many nodes as pods need"))),
);
export const weight = about(
  "Which pool is tried first, 1 to 100, the highest first.",
  numeric(values.wholeNumber(1, 100, "the highest is tried first")),
);

/** Part of a reference to a node class. The API of 1.0 takes it empty, and the pool finds no class then. */
const referenced = (message: string, remedy: string) => ({
  ...api.filled(message, remedy),
  stricter: { until: "1.1" },
});

/** Labels and annotations of the Kubernetes object itself. */
export const metadata = about(
  "Labels and annotations of the object itself.",
  object({
    labels: about("Labels of the object.", map(text(values.labelValue), [values.labelKey])),
    annotations: about("Annotations of the object.", map(string, [values.annotationKey])),
  }),
);

const nodeClassRef = (required: readonly string[]): ObjectField =>
  about(
    "The node class of its nodes.",
    object(
      {
        group: about(
          "The API group, karpenter.k8s.aws.",
          text(referenced("group may not be empty", 'write "karpenter.k8s.aws"'), api.apiGroup),
        ),
        kind: about("The kind, EC2NodeClass.", text(referenced("kind may not be empty", 'write "EC2NodeClass"'))),
        name: about(
          "The node class's name.",
          text(referenced("name may not be empty", "name the node class"), api.ofNodesLabel),
        ),
      },
      required,
      [],
      [{ name: "apiVersion", told: 'it is "group" since Karpenter 1.0, without the version: "karpenter.k8s.aws"' }],
    ),
  );

const KUBELET =
  'the kubelet is configured in the node class since Karpenter 1.0: write it in "{nodeClasses}.<name>.kubelet"';

/** What a NodePool makes its nodes from. */
export function nodeTemplate(spec: ObjectField, required: readonly string[]): ObjectField {
  return about(
    "What each node is made from.",
    object(
      {
        metadata: about("Labels and annotations of the nodes.", object({ labels, annotations })),
        spec: about("The spec of each node.", spec),
      },
      required,
    ),
  );
}

/** The `spec` of a NodePool of karpenter.sh/v1: as a whole, or what of it lies below typed fields. */
function nodePoolSpec(isWhole: boolean): ObjectField {
  const required = (...names: readonly string[]): readonly string[] => (isWhole ? names : []);
  const templateSpec = object(
    {
      nodeClassRef: nodeClassRef(required("group", "kind", "name")),
      requirements,
      taints,
      startupTaints,
      expireAfter,
      terminationGracePeriod,
    },
    required("nodeClassRef", "requirements"),
    taintRules,
    [
      { name: "kubelet", told: KUBELET },
      { name: "disruption", told: 'it stands beside "template"' },
      { name: "resources", told: "it has no effect: leave it out" },
    ],
  );
  return object(
    {
      template: nodeTemplate(templateSpec, required("spec")),
      disruption: wholeDisruption,
      limits,
      replicas,
      weight,
    },
    required("template"),
    isWhole ? nodePoolRules : [],
    [
      { name: "requirements", told: 'it stands in "template.spec"' },
      { name: "taints", told: 'it stands in "template.spec"' },
      { name: "labels", told: 'it stands in "template.metadata"' },
      { name: "expireAfter", told: 'it stands in "template.spec"' },
      { name: "kubelet", told: KUBELET },
    ],
  );
}

export const wholeNodePoolSpec = nodePoolSpec(true);
const freeNodePoolSpec = nodePoolSpec(false);

/** {@link NodePool}, with the minor version that brought each field; its free form is karpenter.sh/v1. */
export const nodePoolSchema: ObjectField = {
  ...object(
    {
      nodeClass: about("The node class of its nodes, by name.", text(api.ofNodesLabel)),
      metadata,
      labels,
      annotations,
      requirements,
      taints,
      startupTaints,
      expireAfter,
      terminationGracePeriod,
      disruption,
      limits,
      replicas,
      weight,
      spec: about("More of the object's spec in the API's own form; the fields above win.", freeNodePoolSpec),
    },
    [],
    [...nodePoolRules, ...taintRules],
    [
      { name: "kubelet", told: KUBELET },
      {
        name: "template",
        told: 'write what is in it right here ("labels", "requirements", "taints" …), or the whole object in "{manifests}"',
      },
      { name: "nodeClassRef", told: 'name the node class in "nodeClass"' },
      { name: "providerRef", told: 'name the node class in "nodeClass"' },
      { name: "consolidationPolicy", told: 'write it in "disruption"' },
      { name: "consolidateAfter", told: 'write it in "disruption"' },
      { name: "budgets", told: 'write it in "disruption"' },
      {
        name: "consolidation",
        told: 'it is "disruption" since Karpenter 0.32, { consolidationPolicy = "WhenEmptyOrUnderutilized" }',
      },
      {
        name: "ttlSecondsAfterEmpty",
        told: 'it is "disruption" since Karpenter 0.32, with "consolidationPolicy" and "consolidateAfter"',
      },
      { name: "ttlSecondsUntilExpired", told: 'it is "expireAfter" since Karpenter 0.32, a duration such as "720h"' },
      { name: "amiFamily", told: 'it belongs to the node class: write it in "{nodeClasses}.<name>"' },
    ],
  ),
  below: "spec",
};
