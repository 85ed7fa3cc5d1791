import { MINOR_VERSIONS, MINOR_VERSIONS_AT_PLAN, supportInWords } from "../../../lib/versions";
import { publishedModules } from "../../../modules";
import { evaluate } from "../../support/hcl";

describe("the support of a minor version", () => {
  test.each([
    ["1.14", "long-term support until July 2027"],
    ["1.13", "ended"],
    [MINOR_VERSIONS[MINOR_VERSIONS.length - 1].minorVersion, "until the next minor version appears"],
  ])("of %s is in words: %s", (minorVersion, words) => {
    const found = MINOR_VERSIONS.find((candidate) => candidate.minorVersion === minorVersion);
    expect(found && supportInWords(found.support)).toBe(words);
  });
});

describe("the root module's check of support", () => {
  const json = publishedModules()[0].toModule() as unknown as {
    readonly check: Record<string, { readonly assert: readonly { condition: string; error_message: string }[] }>;
    readonly locals: Record<string, string>;
  };
  const [assertion] = json.check.karpenter_end_of_support.assert;

  test.each(MINOR_VERSIONS_AT_PLAN)(
    "warns of $minorVersion exactly when its support has ended",
    ({ minorVersion, releases, support }) => {
      const variables = { var: { karpenter_version: releases[0], acknowledge_warnings: {} } };
      const scope = { ...variables, local: { karpenter_minor: evaluate(json.locals.karpenter_minor, variables) } };
      expect(evaluate(assertion.condition, scope)).toBe(support !== "ended");
      expect(evaluate(assertion.error_message, scope)).toBe(
        `Karpenter ${minorVersion} gets no fixes any more; take "1.14.3" (long-term support until July 2027) ` +
          "[karpenter-end-of-support]",
      );
    },
  );
});
