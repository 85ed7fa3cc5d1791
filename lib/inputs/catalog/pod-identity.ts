import type { CrossRule } from "../cross-rule";
import { predicate } from "../predicate";
import { MINOR_VERSIONS } from "../../versions/minor-versions-by-number";
import { minorVersionOf } from "../../versions/karpenter-version";

const FIRST = MINOR_VERSIONS.find(({ podIdentity }) => podIdentity);

/** EKS Pod Identity is only for controllers whose AWS SDK knows it. */
export const podIdentityRules: readonly CrossRule[] = [
  {
    refusal:
      '"{controllerIdentity}" is "pod-identity", but must be "irsa" with Karpenter <karpenterVersion>, which does not know ' +
      `EKS Pod Identity; take "irsa", or Karpenter ${FIRST?.minorVersion} or later`,
    condition: predicate(
      ({ controllerIdentity, karpenterVersion }) =>
        controllerIdentity !== "pod-identity" || minorVersionOf(String(karpenterVersion)).podIdentity,
      // Every release that the published modules take knows it.
      () => "true",
    ),
  },
];
