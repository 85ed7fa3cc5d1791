import { Token } from "cdktf";
import { DEFAULT_KARPENTER_VERSION, MINOR_VERSIONS } from "../versions";
import type { NodeClass } from "./node-class";
import type { NodePool } from "./node-pool";
import type { NodeObjects } from "./node-objects";
import { alphaSelector } from "./alpha-selector";
import { amiFamilyOf } from "./ami-family";
import { apiVersionOf } from "./older-objects";
import { isFields, isGiven, isKnownText } from "../terraform/known-values";
import { valueAt } from "./manifests";

/** Settings that a pre-v1 API cannot express although the field exists. */
export function apiVersionProblems(props: NodeObjects): string[] {
  const { nodePools, nodeClasses, karpenterVersion: release = DEFAULT_KARPENTER_VERSION } = props;
  const apiVersion = apiVersionOf(release);
  if (apiVersion === "v1") {
    return [];
  }
  const parts = { nodePools, nodeClasses };
  return Object.entries(parts).flatMap(([part, objects]) =>
    !isFields(objects)
      ? unknownAtSynth(part, objects, release)
      : Object.entries(objects).flatMap(([name, object]) => {
          const path = `${part}.${name}`;
          if (!isFields(object)) {
            return unknownAtSynth(path, object, release);
          }
          return part === "nodePools" ? poolProblems(path, object, release) : classProblems(path, object, release);
        }),
  );
}

function poolProblems(path: string, pool: NodePool, release: string): string[] {
  const { consolidationPolicy, consolidateAfter } = isFields(pool.disruption) ? pool.disruption : {};
  const rendered = {
    nodeClass: pool.nodeClass,
    disruption: pool.disruption,
    "disruption.consolidationPolicy": consolidationPolicy,
    "disruption.consolidateAfter": consolidateAfter,
    expireAfter: apiVersionOf(release) === "v1alpha5" ? pool.expireAfter : undefined,
    spec: pool.spec,
  };
  return [
    ...Object.entries(rendered).flatMap(([name, value]) => unknownAtSynth(`${path}.${name}`, value, release)),
    ...waitingProblems(path, pool, release),
  ];
}

/** Before 1.0, only what is empty is waited for. The free form of v1alpha5 has no such word. */
function waitingProblems(path: string, { disruption, spec }: NodePool, release: string): string[] {
  const typed = isFields(disruption) ? disruption : {};
  const free = (name: string): unknown => valueAt(spec, "disruption", name);
  const policy = typed.consolidationPolicy ?? free("consolidationPolicy");
  const isTyped = isGiven(typed.consolidateAfter);
  const after = isTyped ? typed.consolidateAfter : free("consolidateAfter");
  // What a pool says itself is put into the words of the API, which has none for "0s" here.
  const allowed = isTyped ? ["0s", "Never"] : ["Never"];
  return !isKnownText(after) || allowed.includes(after) || Token.isUnresolved(policy) || policy === "WhenEmpty"
    ? []
    : [
        `"${path}${isTyped ? "" : ".spec"}.disruption.consolidateAfter" is ${JSON.stringify(after)}, but must be ` +
          `${allowed.map((value) => `"${value}"`).join(" or ")} with Karpenter ${release}, which waits for empty nodes only; ` +
          'leave it out, or set "consolidationPolicy" to "WhenEmpty"',
      ];
}

function classProblems(path: string, nodeClass: NodeClass, release: string): string[] {
  const { amiAlias, spec } = nodeClass;
  const pinned = isKnownText(amiAlias) && amiFamilyOf(amiAlias) === undefined;
  return [
    ...unknownAtSynth(`${path}.amiAlias`, amiAlias, release),
    ...unknownAtSynth(`${path}.spec`, spec, release),
    ...(pinned
      ? [
          `"${path}.amiAlias" is ${JSON.stringify(amiAlias)}, but must end in "@latest" with Karpenter ${release}, which pins ` +
            'no release by an alias; set "allowLatestAmi" to true with it, or pin AMIs by id or name with "amiSelectorTerms" ' +
            'and "amiFamily"',
        ]
      : []),
    ...(apiVersionOf(release) === "v1alpha5" ? selectorProblems(path, nodeClass, release) : []),
  ];
}

const SELECTORS = ["subnetSelectorTerms", "securityGroupSelectorTerms", "amiSelectorTerms"] as const;

function selectorProblems(path: string, nodeClass: NodeClass, release: string): string[] {
  return SELECTORS.filter((name) => Array.isArray(nodeClass[name])).flatMap((name) =>
    alphaSelector(nodeClass[name]) !== undefined
      ? []
      : [
          `"${path}.${name}" has ${nodeClass[name]?.length} terms, but must have one, or terms of an id alone, with Karpenter ` +
            `${release}, which selects by one map of tags; give what belongs together a tag of its own, or name ids`,
        ],
  );
}

const FIRST_OF_V1 = MINOR_VERSIONS.find(({ apiVersion }) => apiVersion === "v1")?.releases[0];

/** Terraform cannot turn one API's words into another's. */
function unknownAtSynth(path: string, value: unknown, release: string): string[] {
  return Token.isUnresolved(value)
    ? [
        `"${path}" is known only to Terraform, but must be known at synth with Karpenter ${release}; ` +
          `write it out in the app, or take a release from ${FIRST_OF_V1} on`,
      ]
    : [];
}
