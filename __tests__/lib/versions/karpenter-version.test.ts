import { refusalOf } from "../../../lib/inputs/rule";
import { karpenterVersion } from "../../../lib/release";
import {
  DEFAULT_KARPENTER_VERSION,
  MINOR_VERSIONS,
  KARPENTER_VERSIONS,
  minorVersionOf,
  MINOR_VERSIONS_AT_PLAN,
} from "../../../lib/versions";
import { evaluateExpression } from "../../support/hcl";

const atPlan = (version: string) => evaluateExpression(karpenterVersion.terraform("var.v"), { var: { v: version } });
const saidAtPlan = (version: string) =>
  evaluateExpression(karpenterVersion.sentences?.("var.v", "karpenterVersion") ?? "", { var: { v: version } });
const said = (version: string) => refusalOf("karpenterVersion", version, karpenterVersion);

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

  test.each(["", "1.14", "v1.14.3", "1.14.9", "1.14.03", "1.8.0", "1.8.4", "0.26.1", "2.0.0", "1.99.0", "latest"])(
    'refuses "%s" at synth and at plan',
    (version) => {
      expect(karpenterVersion.accepts(version)).toBe(false);
      expect(atPlan(version)).toBe(false);
    },
  );

  test.each(["0.27.7", "0.34.4", "0.35.3"])("refuses %s, which was never published", (version) => {
    expect(karpenterVersion.accepts(version)).toBe(false);
  });

  test.each([
    ["1.8.4", 'must not be that release: it breaks the topology spread of pods; take "1.8.8"'],
    ["1.8.0", 'must not be that release: its controller crashes with the chart\'s own values; take "1.8.8"'],
    ["v1.14.3", 'must be written without the v; take "1.14.3"'],
    ["1.14.9", 'must be a release that is known here; the newest of 1.14 is "1.14.3"'],
  ])("says of %s what to take, in the same words at plan", (version, told) => {
    const whole = `"karpenterVersion" is "${version}", but ${told}`;
    expect(said(version)).toBe(whole);
    expect(saidAtPlan(version)).toEqual([whole]);
  });

  test("says of an unknown minor version which ones there are", () => {
    const rest = 'such as "1.14.3"; a newer minor version needs a newer version of this project';
    const [first, last] = [MINOR_VERSIONS[0].minorVersion, MINOR_VERSIONS[MINOR_VERSIONS.length - 1].minorVersion];
    for (const version of ["2.0.0", "latest", "", "0.26.1"]) {
      const start = `"karpenterVersion" is "${version}", but must be a release of Karpenter`;
      expect(said(version)).toBe(`${start} ${first} to 0.37 or 1.0 to ${last}, ${rest}`);
      expect(saidAtPlan(version)).toEqual([`${start} 1.0 to ${last}, ${rest}, and an older one its TypeScript`]);
    }
  });
});
