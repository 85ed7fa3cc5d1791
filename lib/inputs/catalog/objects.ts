import * as values from "./values";
import * as api from "./api-values";
import { json, list, map, numeric, object, oneOfNewer, oneOfStrings, since, string, text, textOfNewer } from "../field";
import { newerPoolLabels, overlayLabelRules, poolLabelRules } from "./label-rules";
import { nodeClassSchema } from "./node-class-schema";
import {
  budgetRules,
  nodeOverlayRules,
  nodePoolRules,
  overlayRequirementRules,
  requirementRules,
} from "./node-pool-rules";

export { nodeClassSchema };

const amount = { kind: "quantity", rules: [api.resourceQuantity] } as const;
const requirementOf = {
  operator: oneOfNewer(["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt", "Gte", "Lte"], { Gte: "1.9", Lte: "1.9" }),
  values: list(string),
};
const requirements = list(
  object(
    {
      key: textOfNewer(newerPoolLabels, ...api.requirementKey, ...poolLabelRules),
      ...requirementOf,
      minValues: since("0.35", numeric(values.wholeNumber(1, 50, "leave it out for no minimum"))),
    },
    ["key", "operator"],
    requirementRules,
  ),
  { max: 100 },
);

const taints = list(
  object(
    {
      key: text(api.qualifiedName),
      value: text(api.qualifiedName),
      effect: oneOfStrings("NoSchedule", "PreferNoSchedule", "NoExecute"),
      timeAdded: text(api.dateTime),
    },
    ["key", "effect"],
  ),
);

const budgets = list(
  object(
    {
      nodes: text(api.nodeCountOrShare),
      schedule: text(...api.schedule),
      duration: text(api.budgetDuration),
      reasons: since(
        "1.0",
        list(
          oneOfNewer(["Underutilized", "Empty", "Drifted", "Unhealthy"], { Unhealthy: "1.15" }),
          { max: 50, since: "1.8" },
          { since: "1.13" },
        ),
      ),
    },
    [],
    budgetRules,
  ),
  { max: 50 },
);

/** {@link NodePool} of karpenter.sh/v1, with the minor version that existing each field. */
export const nodePoolSchema = object(
  {
    nodeClass: string,
    labels: map(text(api.labelText), poolLabelRules, { size: { max: 100 }, newer: newerPoolLabels }),
    annotations: map(string),
    requirements,
    taints,
    startupTaints: taints,
    expireAfter: text(api.durationOrNever),
    terminationGracePeriod: since("1.0", text(api.duration)),
    disruption: object({
      consolidationPolicy: oneOfNewer(["WhenEmpty", "WhenEmptyOrUnderutilized", "Balanced"], { Balanced: "1.14" }),
      consolidateAfter: text(api.durationOrNever),
      budgets: since("0.34", budgets),
    }),
    limits: map(amount),
    replicas: since("1.8", numeric(api.countInt32("leave it out for as many nodes as pods need"))),
    weight: numeric(values.wholeNumber(1, 100, "the highest is tried first")),
    spec: json,
  },
  [],
  nodePoolRules,
);

/** {@link NodeOverlay} of karpenter.sh/v1alpha1. */
export const nodeOverlaySchema = object(
  {
    requirements: list(
      object(
        { key: text(...api.requirementKey, ...overlayLabelRules), ...requirementOf },
        ["key", "operator"],
        overlayRequirementRules,
      ),
      { max: 100 },
    ),
    capacity: map(amount, api.overlayResource),
    price: text(api.price),
    priceAdjustment: text(api.priceAdjustment),
    weight: numeric(values.wholeNumber(1, 10_000, "the highest wins")),
    spec: json,
  },
  [],
  nodeOverlayRules,
);

/** NodePools, EC2NodeClasses and NodeOverlays by name. */
export const nodePoolsSchema = map(nodePoolSchema, [values.objectName]);
export const nodeClassesSchema = map(nodeClassSchema, [values.objectName]);
export const nodeOverlaysSchema = map(since("1.7", nodeOverlaySchema), [values.objectName]);
