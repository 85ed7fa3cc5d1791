import { all, any, given, implies, not, predicate } from "../predicate";
import type { ObjectRule } from "../field";
import { apiRule } from "../field";
import { isGiven, isFields } from "../../terraform/known-values";

const ofTemplate = any(given("podTemplate"), given("podTemplateRef"));

/** What the API server asks of a buffer, and what Karpenter needs to do anything with it. */
export const capacityBufferRules: readonly ObjectRule[] = [
  apiRule(
    "",
    'has neither "{replicas}" nor "{limits}"',
    "If podTemplateRef is set, replicas or limits must also be set",
    "say how many placeholders, or into what they must fit",
    implies(ofTemplate, any(given("replicas"), given("limits"))),
  ),
  apiRule(
    "scalableRef",
    "is given beside a pod template",
    "You must define either PodTemplateRef or ScalableRef, but not both",
    "make a buffer of each",
    not(all(ofTemplate, given("scalableRef"))),
  ),
  {
    refusal:
      '"{}" says no pod, but must have one of "{podTemplate}", "{podTemplateRef}" and "{scalableRef}"; give the shape of what ' +
      "room is kept for",
    condition: any(ofTemplate, given("scalableRef")),
    stricter: {},
  },
  {
    refusal:
      '"{}" says no number, but must have "{replicas}", "{percentage}" or "{limits}" beside "{scalableRef}"; without one, no ' +
      "room is kept",
    condition: implies(given("scalableRef"), any(given("replicas"), given("percentage"), given("limits"))),
    stricter: {},
  },
  {
    refusal:
      '"{}.{percentage}" is <percentage>, but must be left out without "{scalableRef}", whose replicas it is a part of; give ' +
      '"{replicas}"',
    condition: implies(given("percentage"), any(given("scalableRef"), not(ofTemplate))),
    stricter: {},
  },
];

/** What the fields say that the API does not have. */
export const typedBufferRules: readonly ObjectRule[] = [
  {
    refusal: '"{}" has both "{podTemplate}" and "{podTemplateRef}", but must have one of them; leave one out',
    condition: not(all(given("podTemplate"), given("podTemplateRef"))),
    stricter: {},
  },
  {
    refusal:
      '"{}.{namespace}" is missing, but must be the namespace of what "{scalableRef}" names; without it, the buffer would look ' +
      "for that where the Helm release is",
    condition: implies(given("scalableRef"), given("namespace")),
    stricter: {},
  },
];

/** A PodTemplate of no pod would be made, and no room kept for it. */
export const podTemplateRules: readonly ObjectRule[] = [
  {
    refusal: '"{}.{spec}" is missing, but must be the pod; give its "containers" with what they request',
    condition: given("spec"),
    stricter: {},
  },
];

/** A manifest has the namespace elsewhere. */
export const bufferManifestRules: readonly ObjectRule[] = [
  {
    refusal:
      '"{}.metadata.namespace" is missing, but must be the namespace of what "spec.scalableRef" names; without it, the buffer ' +
      "would look for that where the Helm release is",
    condition: predicate(
      ({ spec, metadata }) =>
        !isFields(spec) || !isGiven(spec.scalableRef)
          ? true
          : !isFields(metadata)
            ? undefined
            : isGiven(metadata.namespace),
      (at) => `try(${at("spec")}.scalableRef == null, true) || try(${at("metadata")}.namespace != null, false)`,
    ),
    stricter: {},
  },
];
