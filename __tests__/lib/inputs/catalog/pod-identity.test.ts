import { breaks, crossRefusal } from "../../../../lib/inputs/cross-rule";
import { podIdentityRules } from "../../../../lib/inputs/catalog/pod-identity";

const [podIdentity] = podIdentityRules;

describe("EKS Pod Identity", () => {
  const identity = (controllerIdentity: string, karpenterVersion: string) => ({ controllerIdentity, karpenterVersion });

  test.each([
    ["irsa", "0.27.0", true],
    ["pod-identity", "0.33.12", false],
    ["pod-identity", "0.34.0", true],
    ["pod-identity", "1.14.3", true],
  ])("%s with Karpenter %s: %s", (controllerIdentity, version, expected) => {
    expect(!breaks(podIdentity, identity(controllerIdentity, version))).toBe(expected);
  });

  test("is refused with the first minor version that knows it", () => {
    expect(crossRefusal(podIdentity, identity("pod-identity", "0.33.1"))).toBe(
      '"controllerIdentity" is "pod-identity", but must be "irsa" with Karpenter "0.33.1", which does not know EKS Pod ' +
        'Identity; take "irsa", or Karpenter 0.34 or later',
    );
  });
});
