import { text } from "../../../lib/inputs/field-builders";
import { fieldProblems } from "../../../lib/inputs/field-problems";
import { karpenterVersion } from "../../../lib/inputs/catalog/karpenter-version";
import {
  DEFAULT_KARPENTER_VERSION,
  MINOR_VERSIONS,
  KARPENTER_VERSIONS,
  minorVersionOf,
  missingPatches,
  releaseTakenFor,
  MINOR_VERSIONS_AT_PLAN,
} from "../../../lib/versions";
import { evaluateExpression } from "../../support/hcl";

const atPlan = (version: string) => evaluateExpression(karpenterVersion.terraform("var.v"), { var: { v: version } });
const saidAtPlan = (version: string) =>
  evaluateExpression(karpenterVersion.sentences?.("var.v", "karpenterVersion") ?? "", { var: { v: version } });
const said = (version: string) => fieldProblems("karpenterVersion", version, text(karpenterVersion))[0];

describe("the default release", () => {
  test("is the newest of the newest minor version with long-term support", () => {
    const longTerm = MINOR_VERSIONS.filter(({ support }) => typeof support === "object");
    expect(longTerm.at(-1)?.releases.at(-1)).toBe(DEFAULT_KARPENTER_VERSION);
    expect(DEFAULT_KARPENTER_VERSION).toBe("1.14.3");
  });
});

describe("minorVersionOf", () => {
  test.each(KARPENTER_VERSIONS)("has %s in its minor version", (version) => {
    expect(minorVersionOf(version).releases).toContain(version);
  });

  test("gives an unknown release the default's minor version, as it is refused at synth anyway", () => {
    expect(minorVersionOf("9.9.9")).toBe(minorVersionOf(DEFAULT_KARPENTER_VERSION));
  });
});

describe("karpenterVersion", () => {
  test("accepts every release, and Terraform those from 1.0 on", () => {
    const one = MINOR_VERSIONS_AT_PLAN.flatMap(({ releases }) => releases);
    expect(KARPENTER_VERSIONS.filter((version) => !karpenterVersion.accepts(version))).toEqual([]);
    expect(KARPENTER_VERSIONS.filter((version) => atPlan(version) === true)).toEqual(one);
    expect(one[0]).toBe("1.0.0");
  });

  test.each([
    "",
    "1.14",
    "v1.14.3",
    "1.14.03",
    "01.14.3",
    "1.14.3-rc.1",
    "1.14.1000",
    "1.1000.0",
    "1.8.0",
    "1.8.4",
    "0.26.1",
    "2.0.0",
    "v1.16.0",
    "latest",
  ])('refuses "%s" at synth and at plan', (version) => {
    expect(karpenterVersion.accepts(version)).toBe(false);
    expect(atPlan(version)).toBe(false);
  });

  test.each(["1.14.4", "1.14.9", "1.15.2", "1.0.15", "1.8.9", "1.14.999"])("takes %s, a later patch", (version) => {
    expect(karpenterVersion.accepts(version)).toBe(true);
    expect(atPlan(version)).toBe(true);
    expect(minorVersionOf(version).minorVersion).toBe(version.split(".").slice(0, 2).join("."));
  });

  test("takes a later patch of a minor version before 1.0 at synth, and no minor version between the two majors", () => {
    expect(["0.37.9", "0.27.9", "0.38.0", "0.99.1"].map((version) => karpenterVersion.accepts(version))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(atPlan("0.37.9")).toBe(false);
  });

  test.each(["1.16.0", "1.20.3", "1.999.999"])(
    "leaves %s, of a newer minor version, to the rule for those",
    (version) => {
      expect(karpenterVersion.accepts(version)).toBe(true);
      expect(atPlan(version)).toBe(true);
      expect(minorVersionOf(version)).toBe(MINOR_VERSIONS[MINOR_VERSIONS.length - 1]);
      expect(releaseTakenFor(version)).toBe(KARPENTER_VERSIONS[KARPENTER_VERSIONS.length - 1]);
    },
  );

  test("refuses a yanked release that is newer than all good ones of its minor version", () => {
    const yanked = [{ release: "1.99.2", reason: "it is bad", instead: "1.99.1" }];
    const minorVersion = { ...MINOR_VERSIONS[MINOR_VERSIONS.length - 1], releases: ["1.99.0", "1.99.1"], yanked };
    expect(missingPatches({ ...minorVersion, minorVersion: "1.99" })).toEqual(["1.99.2"]);
  });

  test.each(["0.27.7", "0.34.4", "0.35.3"])("refuses %s, which was never published", (version) => {
    expect(karpenterVersion.accepts(version)).toBe(false);
  });

  test.each([
    ["1.8.4", 'must not be that release: it breaks the topology spread of pods; take "1.8.8"'],
    ["1.8.0", 'must not be that release: its controller crashes with the chart\'s own values; take "1.8.8"'],
    ["v1.14.3", 'must be written without the v; take "1.14.3"'],
    ["1.14", 'must be a published release; the newest of 1.14 that is known here is "1.14.3"'],
    ["1.14.03", 'must be a published release; the newest of 1.14 that is known here is "1.14.3"'],
  ])("says of %s what to take, in the same words at plan", (version, told) => {
    const whole = `"karpenterVersion" is "${version}", but ${told}`;
    expect(said(version)).toBe(whole);
    expect(saidAtPlan(version)).toEqual([whole]);
  });

  test("says of an unknown minor version which ones there are", () => {
    const rest = 'such as "1.14.3"; a newer major version needs a newer version of this project';
    const [first, last] = [MINOR_VERSIONS[0].minorVersion, MINOR_VERSIONS[MINOR_VERSIONS.length - 1].minorVersion];
    for (const version of ["2.0.0", "latest", "", "0.26.1", "v1.14"]) {
      const start = `"karpenterVersion" is "${version}", but must be a release of Karpenter`;
      expect(said(version)).toBe(`${start} ${first} to 0.37 or 1.0 to ${last}, ${rest}`);
      expect(saidAtPlan(version)).toEqual([`${start} 1.0 to ${last}, ${rest}, and an older one its TypeScript`]);
    }
  });
});
