import type { PropertyValues } from "../../../../lib/inputs/cross-rule";
import { breaks, crossRefusal } from "../../../../lib/inputs/cross-rule";
import { crossPrecondition } from "../../../../modules/cross-precondition";
import {
  kubernetesRangeAtPlan,
  kubernetesRangeRules,
  kubernetesVersion,
} from "../../../../lib/inputs/catalog/kubernetes-range";
import { atRelease, minorVersionOf, MINOR_VERSIONS, MINOR_VERSIONS_AT_PLAN } from "../../../../lib/versions";
import { evaluate, evaluateExpression } from "../../../support/hcl";

const [rangeRule] = kubernetesRangeRules;

function scope(karpenter_version: string, kubernetes_version: string | null) {
  const own = { var: { karpenter_version, kubernetes_version } };
  return {
    ...own,
    local: { kubernetes_range: evaluateExpression(kubernetesRangeAtPlan("var.karpenter_version"), own) },
  };
}

const atPlan = (karpenter: string, kubernetes: string | null) =>
  evaluate(crossPrecondition(rangeRule).condition, scope(karpenter, kubernetes));
const saidAtPlan = (karpenter: string, kubernetes: string) =>
  evaluate(crossPrecondition(rangeRule).error_message, scope(karpenter, kubernetes));
const values = (karpenterVersion: string, kubernetes?: string): PropertyValues => ({
  karpenterVersion,
  kubernetesVersion: kubernetes,
});

describe("the Kubernetes that a release is made for", () => {
  test.each([
    ["0.27.0", "1.21", "1.25"],
    ["0.30.0", "1.23", "1.27"],
    ["0.33.12", "1.23", "1.28"],
    ["0.36.0", "1.23", "1.29"],
    ["0.37.8", "1.23", "1.30"],
    ["1.0.4", "1.25", "1.30"],
    ["1.0.5", "1.25", "1.31"],
    ["1.1.0", "1.25", "1.31"],
    ["1.4.4", "1.25", "1.32"],
    ["1.5.0", "1.26", "1.33"],
    ["1.8.8", "1.26", "1.34"],
    ["1.12.2", "1.26", "1.35"],
    ["1.14.3", "1.26", "1.36"],
    ["1.15.1", "1.26", "1.37"],
  ])("is of %s from %s to %s", (release, from, to) => {
    expect(atRelease(minorVersionOf(release).kubernetes, release)).toEqual({ from, to });
  });

  test.each(MINOR_VERSIONS)("never goes back, in $minorVersion as in all", ({ kubernetes }) => {
    const index = MINOR_VERSIONS.findIndex((minorVersion) => minorVersion.kubernetes === kubernetes);
    const minor = (version: string) => Number(version.split(".")[1]);
    const before = MINOR_VERSIONS.slice(0, index).flatMap((minorVersion) => Object.values(minorVersion.kubernetes));
    const later = Object.values(kubernetes).filter(
      ({ from, to }) => !before.every((range) => minor(range.from) <= minor(from) && minor(range.to) <= minor(to)),
    );
    expect(later).toEqual([]);
  });

  test("is the same at plan as at synth, for every release and every Kubernetes", () => {
    const kubernetes = Array.from({ length: 15 }, (_, index) => `1.${24 + index}`);
    const { condition } = crossPrecondition(rangeRule);
    const different = MINOR_VERSIONS_AT_PLAN.flatMap(({ releases }) => releases).flatMap((release) => {
      const { local } = scope(release, null);
      const atPlanToo = (version: string) =>
        evaluate(condition, { var: { kubernetes_version: version }, local }) as boolean;
      return kubernetes.filter((version) => !breaks(rangeRule, values(release, version)) !== atPlanToo(version));
    });
    expect(different).toEqual([]);
    expect(atPlan("1.14.3", null)).toBe(true);
    expect(!breaks(rangeRule, values("1.14.3"))).toBe(true);
  });

  test.each([
    ["1.0.3", "1.31", "1.25 to 1.30", 'take "1.0.14"'],
    ["1.2.0", "1.33", "1.25 to 1.32", 'take "1.5.8"'],
    ["1.14.3", "1.37", "1.26 to 1.36", 'take "1.15.1"'],
    ["1.14.3", "1.25", "1.26 to 1.36", 'take "1.4.4"'],
  ])("is told to a user of %s on Kubernetes %s, with the nearest release", (karpenter, kubernetes, range, remedy) => {
    const said = `is "${karpenter}", but must be a release for Kubernetes "${kubernetes}", and is for ${range}; ${remedy}`;
    expect(!breaks(rangeRule, values(karpenter, kubernetes))).toBe(false);
    expect(crossRefusal(rangeRule, values(karpenter, kubernetes))).toBe(`"karpenterVersion" ${said}`);
    expect(saidAtPlan(karpenter, kubernetes)).toBe(`"karpenter_version" ${said}`);
  });

  test("may be newer than every release that is known here, which is told with the way out", () => {
    const said = (property: string, word: string) =>
      `"${property}" is "1.14.3", but must be a release for Kubernetes "1.99", and is for 1.26 to 1.36; none that is known ` +
      `here is; take a newer minor version of Karpenter with "${word}" set to true`;
    expect(crossRefusal(rangeRule, values("1.14.3", "1.99"))).toBe(
      said("karpenterVersion", "allowNewerKarpenterVersion"),
    );
    expect(saidAtPlan("1.14.3", "1.99")).toBe(said("karpenter_version", "allow_newer_karpenter_version"));
  });

  test.each([
    ["1.14.9", "1.36", true],
    ["1.14.9", "1.37", false],
    ["1.16.0", "1.37", true],
    ["1.16.0", "1.38", true],
    ["1.200.3", "1.99", true],
    ["1.16.0", "1.26", true],
    ["1.16.0", "1.25", false],
  ])(
    "of %s, which is newer than this project, has no end but a beginning: %s is taken: %p",
    (release, kubernetes, taken) => {
      expect(!breaks(rangeRule, values(release, kubernetes))).toBe(taken);
      expect(atPlan(release, kubernetes)).toBe(taken);
    },
  );

  test("of a newer release begins where that of the newest known one does, in the same words at plan", () => {
    const said = 'is "1.16.0", but must be a release for Kubernetes "1.25", and is for 1.26 to 1.37; take "1.4.4"';
    expect(crossRefusal(rangeRule, values("1.16.0", "1.25"))).toBe(`"karpenterVersion" ${said}`);
    expect(saidAtPlan("1.16.0", "1.25")).toBe(`"karpenter_version" ${said}`);
  });

  test("may be that of a minor version before 1.0 at synth, and of none", () => {
    expect(crossRefusal(rangeRule, values("1.14.3", "1.24"))).toContain('take "0.37.8"');
    expect(crossRefusal(rangeRule, values("0.37.8", "1.20"))).toContain(
      "none that is known here is; update the cluster",
    );
    expect(saidAtPlan("1.14.3", "1.24")).toContain("none that is known here is; update the cluster");
  });

  test("is not asked about values that are refused by themselves", () => {
    expect(!breaks(rangeRule, values("9.9.9", "1.30"))).toBe(true);
    expect(!breaks(rangeRule, values("1.14.3", "v1.99"))).toBe(true);
  });

  test.each(["1.33", "1.30"])("is a minor version such as %s", (version) => {
    expect(kubernetesVersion.accepts(version)).toBe(true);
  });

  test.each(["v1.33", "1.33.1", "1", "1.3", "2.0", ""])('is not "%s"', (version) => {
    expect(kubernetesVersion.accepts(version)).toBe(false);
  });
});
