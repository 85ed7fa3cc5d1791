import { TerraformOutput } from "cdktf";
import type { Need } from "../../../lib/release";
import { ReleaseNeeds } from "../../../lib/release";
import type { MinorVersion } from "../../../lib/versions";
import { MINOR_VERSIONS_AT_PLAN, NEWEST_MINOR_VERSION } from "../../../lib/versions";
import { evaluate } from "../../support/hcl";
import { synth } from "../../support/stack";
import { variable } from "../../support/tokens";

const minor = ({ minorVersion }: MinorVersion) => Number(minorVersion.split(".")[1]);

const KNOWN = MINOR_VERSIONS_AT_PLAN.map(({ minorVersion }) => `${minorVersion}.0`);

/** The values that hold for each minor version from 1.0 on, or for other releases, decided by Terraform. */
function atPlan(
  things: (minorVersion: MinorVersion) => Readonly<Record<string, unknown>>,
  releases: readonly string[] = KNOWN,
): unknown[] {
  let needs: readonly Need<unknown>[] = [];
  const synthesized = synth((stack) => {
    needs = new ReleaseNeeds(stack, variable("version")).of(things);
    needs.forEach(({ condition }, index) => new TerraformOutput(stack, `need-${index}`, { value: condition }));
  });
  return releases.map((version) => {
    const variables = { var: { version } };
    const local = { karpenter_minor: evaluate(String(synthesized.local("karpenter_minor") ?? ""), variables) };
    const holding = needs.filter((_, index) => {
      const condition = synthesized.output(`need_${index}`);
      return condition === true || evaluate(String(condition), { local }) === true;
    });
    return Object.fromEntries(holding.map(({ name, value }) => [name, value]));
  });
}

describe("ReleaseNeeds", () => {
  test("are those of the minor version where the release is known", () => {
    synth((stack) => {
      const needs = new ReleaseNeeds(stack, "0.30.0").of(({ minorVersion }) => ({ a: minorVersion }));
      expect(needs).toEqual([{ name: "a", value: "0.30", condition: true }]);
    });
  });

  test.each(["1.16.0", "1.20.3"])(
    "of %s, which is newer than this project, are those of the newest known one",
    (release) => {
      synth((stack) => {
        const needs = new ReleaseNeeds(stack, release).of(({ minorVersion }) => ({ a: minorVersion }));
        expect(needs).toEqual([{ name: "a", value: NEWEST_MINOR_VERSION.minorVersion, condition: true }]);
      });
    },
  );

  test("are the default's where no release is given", () => {
    synth((stack) => {
      expect(new ReleaseNeeds(stack).of(({ minorVersion }) => ({ a: minorVersion }))[0].value).toBe("1.14");
    });
  });

  test.each<[string, (minorVersion: MinorVersion) => Readonly<Record<string, unknown>>]>([
    ["the same everywhere", () => ({ a: 1 })],
    ["one that came", (minorVersion) => (minor(minorVersion) >= 7 ? { a: 1 } : {})],
    ["one that went", (minorVersion): Record<string, unknown> => (minor(minorVersion) <= 7 ? { a: 1 } : {})],
    ["one of a single minor version", (minorVersion) => (minor(minorVersion) === 12 ? { a: 1 } : {})],
    ["one of the first minor version", (minorVersion) => (minor(minorVersion) === 0 ? { a: 1 } : {})],
    [
      "one of the last minor version",
      (minorVersion) => (minorVersion === MINOR_VERSIONS_AT_PLAN.at(-1) ? { a: 1 } : {}),
    ],
    [
      "one that went and came back",
      (minorVersion) => ({ a: minor(minorVersion) >= 3 && minor(minorVersion) <= 8 ? 2 : 1 }),
    ],
    [
      "one that is different everywhere",
      (minorVersion) => ({ a: minorVersion.minorVersion, b: minor(minorVersion) % 2 }),
    ],
  ])("hold at plan for exactly their minor versions: %s", (_, things) => {
    expect(atPlan(things)).toEqual(MINOR_VERSIONS_AT_PLAN.map(things));
    const newest = things(NEWEST_MINOR_VERSION);
    expect(atPlan(things, ["1.16.0", "1.20.3", "1.999.0"])).toEqual([newest, newest, newest]);
  });

  test("read the minor version by one name in a stack, and by another for a second construct", () => {
    const synthesized = synth((stack) => {
      for (const version of ["one", "two"]) {
        const scope = new TerraformOutput(stack, version, { value: version });
        new ReleaseNeeds(scope, variable(version)).of((minorVersion) => ({ a: minorVersion.minorVersion }));
      }
    });
    expect(synthesized.json.locals).toEqual({
      karpenter_minor: '${tonumber(split(".", var.one)[1])}',
      two_karpenter_minor: '${tonumber(split(".", var.two)[1])}',
    });
  });
});
