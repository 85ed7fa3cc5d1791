import { amiParameterRules } from "../../../../lib/inputs/catalog/ami-parameters";
import { breaks, crossRefusal } from "../../../../lib/inputs/cross-rule";
import { crossPrecondition } from "../../../../modules/cross-precondition";
import { evaluate } from "../../../support/hcl";

const [rule] = amiParameterRules;
const values = (karpenterVersion: string, ...amiParameterArns: string[]) => ({ karpenterVersion, amiParameterArns });

describe("SSM parameters of AMIs", () => {
  test.each([
    ["0.37.7", ["a"], false],
    ["1.3.3", ["a"], false],
    ["1.3.3", [], true],
    ["1.4.0", ["a"], true],
    ["1.15.1", ["a"], true],
  ])("with Karpenter %s, %j: %s, at synth and at plan", (version, arns, expected) => {
    expect(!breaks(rule, values(version, ...arns))).toBe(expected);
    if (version.startsWith("1.")) {
      const scope = { var: { karpenter_version: version, ami_parameter_arns: arns } };
      expect(evaluate(crossPrecondition(rule).condition, scope)).toBe(expected);
    }
  });

  test("are refused with the first minor version whose node classes name any", () => {
    expect(crossRefusal(rule, values("1.3.3", "a"))).toBe(
      '"amiParameterArns" is ["a"], but must be left out with Karpenter "1.3.3", whose node classes name no ' +
        '"ssmParameter"; leave it out, or take Karpenter 1.4 or later',
    );
  });
});
