import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import type { BadInput } from "../e2e/bad-input/cases";
import { answerOf, BAD_INPUTS, combined, GOOD, patched } from "../e2e/bad-input/cases";
import type { KarpenterProps } from "../lib";
import { Karpenter } from "../lib";

/** What synth says of a stack with these properties; nothing when it accepts them. */
function complaintsOf(cases: readonly BadInput[]): string {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AwsProvider(stack, "aws", { region: "eu-north-1" });
  new HelmProvider(stack, "helm");
  new Karpenter(stack, "karpenter", patched(GOOD, cases) as KarpenterProps);
  try {
    Testing.synth(stack, true);
    return "";
  } catch (error) {
    return String(error);
  }
}

const named = (item: BadInput): string => answerOf(item, (property) => property);

describe("bad input to Karpenter", () => {
  it("is not seen where there is none", () => {
    expect(complaintsOf([])).toBe("");
  });

  it.each(BAD_INPUTS)("$title: is answered once, with property, value, what is allowed and the way out", (item) => {
    expect(complaintsOf([item]).split(named(item))).toHaveLength(2);
  });

  it.each(combined(BAD_INPUTS).map((group) => [group.length, group] as const))(
    "is reported in one error, all %i problems of a configuration",
    (_, group) => {
      const complaints = complaintsOf(group);
      expect(group.map(named).filter((answer) => !complaints.includes(answer))).toEqual([]);
    },
  );
});
