/** What becomes of Karpenter's CRDs, for a cluster that has others' beside: EKS Auto Mode brings NodePools and NodeClaims of its own. */
import { isOfNewerMinorVersion, MINOR_VERSIONS, MINOR_VERSIONS_AT_PLAN, minorVersionOf } from "../../versions";
import type { CrossRule } from "../cross-rule";
import type { Field } from "../field";
import { about, oneOfStrings } from "../field-builders";
import { any, implies, is, predicate } from "../predicate";
import { isNewerAtPlan, minorVersionAtPlan } from "./karpenter-version";

/** Which CRDs are installed, and whether they are removed. */
export type Crds = "managed" | "kept" | "existing";

/** The CRDs. */
export const CRD_INPUTS = {
  crds: about(
    'What becomes of the CRDs: "managed" upgrades them with the controller, adopts those that are there, and removes them with it; "kept" leaves them behind; "existing" touches none that is there, as beside EKS Auto Mode, and makes the missing ones once.',
    oneOfStrings("managed", "kept", "existing"),
    "managed",
  ),
} as const satisfies Readonly<Record<string, Field>>;

const FIRST = MINOR_VERSIONS.find(({ chart }) => chart.crdAnnotations === true)?.minorVersion ?? "";
const known = MINOR_VERSIONS_AT_PLAN.filter(({ chart }) => chart.crdAnnotations === true);

/** Before, CRDs name the webhook of their own release, or take no annotation by which Helm keeps them. */
const canBeKept = predicate(
  ({ karpenterVersion: release }) =>
    isOfNewerMinorVersion(String(release)) || minorVersionOf(String(release)).chart.crdAnnotations === true,
  (at) =>
    `contains([${known.map(({ minorVersion }) => `"${minorVersion}"`).join(", ")}], ` +
    `${minorVersionAtPlan(at("karpenterVersion"))}) || ${isNewerAtPlan(at("karpenterVersion"))}`,
);

/** On the CRDs, wherever charts are installed. */
export const crdRules: readonly CrossRule[] = [
  {
    refusal:
      '"{crds}" is <crds>, but must be "managed" with Karpenter <karpenterVersion>, whose CRDs go with its own controller only; ' +
      `leave it out, or set "{karpenterVersion}" to a release from ${FIRST} on`,
    condition: any(is("crds", "managed"), canBeKept),
  },
];

/** On CRDs that are installed elsewhere. */
export const unusedCrdRules: readonly CrossRule[] = [
  {
    refusal:
      '"{crds}" is <crds>, but must be left out while "{installController}" is false: whoever installs the controller decides ' +
      "on its CRDs; leave one of the two out",
    condition: implies(is("installController", false), is("crds", "managed")),
  },
];
