/** The `spec` of NodePools and EC2NodeClasses of v1beta1, which Karpenter 0.32 to 0.37 have. */
import type { Field, MovedName, ObjectField, ObjectRule } from "../field";
import { apiRule } from "../field";
import { about, object, oneOfNewer, string } from "../field-builders";
import { without } from "../../terraform/known-values";
import { all, any, given, implies, is, not } from "../predicate";
import { customFamilyRule } from "./ami-rules";
import { kubelet } from "./kubelet";
import * as nodeClass from "./node-class";
import { nodeClassRules } from "./node-class-rules";
import * as pool from "./node-pool";
import { taintRules } from "./node-pool-rules";

const moved = (told: string, ...names: readonly string[]): MovedName[] => names.map((name) => ({ name, told }));

const disruptionRules: readonly ObjectRule[] = [
  apiRule(
    "consolidateAfter",
    "is <consolidateAfter>",
    "consolidateAfter cannot be combined with consolidationPolicy=WhenUnderutilized",
    'leave it out, or set "consolidationPolicy" to "WhenEmpty"',
    any(
      not(given("consolidateAfter")),
      is("consolidateAfter", "Never"),
      all(given("consolidationPolicy"), not(is("consolidationPolicy", "WhenUnderutilized"))),
    ),
  ),
  apiRule(
    "consolidateAfter",
    "is missing",
    "consolidateAfter must be specified with consolidationPolicy=WhenEmpty",
    'say how long an empty node is kept, "30s"',
    implies(is("consolidationPolicy", "WhenEmpty"), given("consolidateAfter")),
  ),
];

/** @param rules what goes together; below typed fields, both are looked at together */
const disruption = (rules: readonly ObjectRule[]): ObjectField =>
  about(
    "When Karpenter replaces and removes nodes.",
    object(
      {
        consolidationPolicy: about("Which nodes are consolidated: WhenEmpty or WhenUnderutilized.", {
          kind: "enum",
          values: ["WhenEmpty", "WhenUnderutilized"],
          renamed: { WhenEmptyOrUnderutilized: "WhenUnderutilized" },
        }),
        consolidateAfter: pool.consolidateAfter,
        expireAfter: pool.expireAfter,
        budgets: pool.budgets,
      },
      [],
      rules,
      moved("it came with Karpenter 1.0", "terminationGracePeriod"),
    ),
  );

const IN_SPEC = 'it stands in "template.spec"';
const IN_METADATA = 'it stands in "template.metadata"';
const IN_DISRUPTION = 'it stands in "disruption" before Karpenter 1.0';

/** A NodePool's, as a whole or what of it lies below typed fields. */
function nodePoolSpec(isWhole: boolean): ObjectField {
  const { limits, replicas, requirements, startupTaints, taints, weight } = pool;
  const required = (...names: readonly string[]): readonly string[] => (isWhole ? names : []);
  const nodeClassRef = object(
    {
      apiVersion: about("The API's group and version, karpenter.k8s.aws/v1beta1.", string),
      kind: about("The kind, EC2NodeClass.", string),
      name: about("The node class's name.", string),
    },
    required("name"),
    [],
    moved('it is "apiVersion" before Karpenter 1.0, with the version: "karpenter.k8s.aws/v1beta1"', "group"),
  );
  const templateSpec = object(
    {
      nodeClassRef: about("The node class of its nodes.", nodeClassRef),
      requirements,
      taints,
      startupTaints,
      kubelet,
      terminationGracePeriod: pool.terminationGracePeriod,
    },
    required("nodeClassRef", "requirements"),
    taintRules,
    [
      ...moved(`${IN_DISRUPTION}, beside "template"`, "expireAfter"),
      ...moved('it stands beside "template"', "disruption", "limits", "weight"),
      ...moved(IN_METADATA, "labels", "annotations"),
      ...moved('it is "nodeClassRef"', "providerRef", "nodeClass"),
      ...moved('it is "kubelet"', "kubeletConfiguration"),
      ...moved("it has no effect: leave it out", "resources"),
    ],
  );
  return object(
    {
      template: pool.nodeTemplate(templateSpec, required("spec")),
      disruption: disruption(isWhole ? disruptionRules : []),
      limits,
      replicas,
      weight,
    },
    required("template"),
    [],
    [
      ...moved(IN_SPEC, "requirements", "taints", "startupTaints", "kubelet", "nodeClassRef"),
      ...moved(IN_METADATA, "labels", "annotations"),
      ...moved(IN_DISRUPTION, "expireAfter"),
      ...moved('it is "template.spec.nodeClassRef" since Karpenter 0.32', "providerRef", "provider"),
      ...moved('it is "template.spec.kubelet" since Karpenter 0.32', "kubeletConfiguration"),
      ...moved('it is "disruption" since Karpenter 0.32', "consolidation", "ttlSecondsAfterEmpty"),
      ...moved('it is "disruption.expireAfter" since Karpenter 0.32, "720h"', "ttlSecondsUntilExpired"),
    ],
  );
}

export const wholeNodePoolSpec = nodePoolSpec(true);
export const freeNodePoolSpec = nodePoolSpec(false);

const classFields: Readonly<Record<string, Field>> = {
  ...without(nodeClass.fields, "kubelet"),
  amiFamily: about(
    "How the AMIs start a node.",
    oneOfNewer(["AL2", "AL2023", "Bottlerocket", "Custom", "Ubuntu", "Windows2019", "Windows2022"], { AL2023: "0.35" }),
  ),
};
const MOVED_OF_CLASS: readonly MovedName[] = [
  ...moved(
    'the kubelet is configured in the pool before Karpenter 1.0: write it in "template.spec.kubelet" of a NodePool',
    "kubelet",
    "kubeletConfiguration",
  ),
  ...nodeClass.MOVED.filter(({ name }) => name !== "kubeletConfiguration"),
];

/** An EC2NodeClass's as a whole; the AWS side gives what is missing. */
export const wholeNodeClassSpec = object(
  classFields,
  ["amiFamily"],
  [...nodeClassRules, customFamilyRule],
  MOVED_OF_CLASS,
);
export const freeNodeClassSpec = object(classFields, [], [], MOVED_OF_CLASS);
