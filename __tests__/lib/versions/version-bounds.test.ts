import { fieldProblems } from "../../../lib/inputs/field-problems";
import { nodeClassSchema, nodePoolSchema } from "../../../lib/inputs/catalog/objects";
import { isIn, minorNumber } from "../../../lib/versions/version-bounds";

describe("minor versions", () => {
  test("grow with their numbers, not with their letters", () => {
    const minorVersions = ["0.27", "0.37.8", "1.0", "1.9.3", "1.14.3", "1.15"];
    expect([...minorVersions].reverse().sort((a, b) => minorNumber(a) - minorNumber(b))).toEqual(minorVersions);
  });

  test.each([
    [{ since: "1.9" }, "1.8.2", false],
    [{ since: "1.9" }, "1.9.0", true],
    [{ since: "1.9" }, "1.14.3", true],
    [{ until: "1.15" }, "1.14.3", true],
    [{ until: "1.15" }, "1.15.0", false],
    [{}, "0.27.0", true],
  ])("%j have %s: %p", (minorVersions, release, expected) => {
    expect(isIn(minorVersions, release)).toBe(expected);
  });
});

describe("what an API before v1 cannot say", () => {
  test("names the field and the first release that can", () => {
    expect(fieldProblems("nodePools.default", { terminationGracePeriod: "1h" }, nodePoolSchema, "0.35.0")).toEqual([
      '"nodePools.default.terminationGracePeriod" is given, but must be left out with Karpenter 0.35.0, which does not ' +
        'know it; leave it out, or set "karpenterVersion" to a release from 1.0 on',
    ]);
  });

  test.each<[string, object, string, boolean]>([
    ["role", { role: "nodes" }, "0.31.4", false],
    ["role", { role: "nodes" }, "0.32.0", true],
    ["instanceStorePolicy", { instanceStorePolicy: "RAID0" }, "0.33.0", false],
    ["associatePublicIPAddress", { associatePublicIPAddress: true }, "0.35.0", true],
    ["amiFamily", { amiFamily: "AL2023" }, "0.34.0", false],
    ["ssmParameter", { amiSelectorTerms: [{ ssmParameter: "/a" }] }, "1.3.3", false],
  ])("is %s of a node class: %j with %s is right: %p", (field, given, release, right) => {
    const problems = fieldProblems("it", { amiAlias: undefined, ...given }, nodeClassSchema, release);
    expect(problems.some((problem) => problem.includes(field) && problem.includes(`Karpenter ${release}`))).toBe(
      !right,
    );
  });
});
