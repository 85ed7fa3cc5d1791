import { RuleAtSynth } from "../rules/cross-rules";
import { KarpenterLine } from "./karpenter-line";
import { KARPENTER_LINES } from "./karpenter-lines";
import { karpenterLine } from "./karpenter-version";

/** EKS Pod Identity is only for controllers whose AWS SDK knows it. */
export const podIdentityRules: readonly RuleAtSynth[] = [
  {
    properties: ["controllerIdentity", "karpenterVersion"],
    refusal:
      '"{controllerIdentity}" is "pod-identity", but must be "irsa" with Karpenter <karpenterVersion>, which does not know ' +
      'EKS Pod Identity; take "irsa", or Karpenter <first> or later',
    computed: { first: { of: () => (KARPENTER_LINES.find(({ podIdentity }) => podIdentity) as KarpenterLine).line } },
    accepts: ({ controllerIdentity, karpenterVersion }) =>
      controllerIdentity !== "pod-identity" || karpenterLine(String(karpenterVersion)).podIdentity,
  },
];
