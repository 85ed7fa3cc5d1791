import { RuleAtSynth } from "../inputs/cross-rules";
import { MinorVersion } from "../versions/minor-version";
import { MINOR_VERSIONS } from "../versions/minor-versions-by-number";
import { minorVersionOf } from "../versions/karpenter-version";

/** EKS Pod Identity is only for controllers whose AWS SDK knows it. */
export const podIdentityRules: readonly RuleAtSynth[] = [
  {
    properties: ["controllerIdentity", "karpenterVersion"],
    refusal:
      '"{controllerIdentity}" is "pod-identity", but must be "irsa" with Karpenter <karpenterVersion>, which does not know ' +
      'EKS Pod Identity; take "irsa", or Karpenter <first> or later',
    computed: {
      first: { of: () => (MINOR_VERSIONS.find(({ podIdentity }) => podIdentity) as MinorVersion).minorVersion },
    },
    accepts: ({ controllerIdentity, karpenterVersion }) =>
      controllerIdentity !== "pod-identity" || minorVersionOf(String(karpenterVersion)).podIdentity,
  },
];
