import fc from "fast-check";
import { generatedName, NAME_LIMITS, nameOr, shortHash } from "../../lib/names";
import { evaluate } from "../support/hcl";
import { render } from "../support/stack";
import { variable } from "../support/tokens";

/** What the library makes of each limit. */
const NAMES = [
  ["a role", "-karpenter-controller", NAME_LIMITS.role],
  ["a node role", "-karpenter-node", NAME_LIMITS.role],
  ["a policy", "-karpenter-resource-discovery", NAME_LIMITS.policy],
  ["an instance profile", "-karpenter-instance-profile", NAME_LIMITS.instanceProfile],
  ["a queue", "-karpenter", NAME_LIMITS.queue],
  ["an event rule", "-karpenter-capacity-reservation-interruption", NAME_LIMITS.eventRule],
  ["a Fargate profile", "-karpenter", NAME_LIMITS.fargateProfile - 9],
] as const;

const LENGTHS = Array.from({ length: 100 }, (_, index) => index + 1);

/** A prefix of that many characters; two of one length and different seeds differ in their last character only. */
function prefixOf(length: number, seed = "a"): string {
  return "cluster-0123456789_".repeat(6).slice(0, length - 1) + seed;
}

describe("NAME_LIMITS", () => {
  test("are those of AWS", () => {
    expect(NAME_LIMITS).toEqual({
      role: 64,
      policy: 128,
      instanceProfile: 128,
      queue: 80,
      eventRule: 64,
      fargateProfile: 63,
      alarm: 255,
    });
  });
});

describe("generatedName", () => {
  test("is the prefix and what the thing is", () => {
    expect(generatedName("prod", "-karpenter-node", 64)).toBe("prod-karpenter-node");
  });

  test("fills the limit to the last character before it cuts", () => {
    const fits = prefixOf(49);
    expect(generatedName(fits, "-karpenter-node", 64)).toBe(`${fits}-karpenter-node`);
    expect(generatedName(fits, "-karpenter-node", 64)).toHaveLength(64);
  });

  test("cuts a longer prefix and puts 8 digits of its SHA-256 behind it", () => {
    const name = generatedName("a".repeat(50), "-karpenter-node", 64);
    expect(name).toBe(`${"a".repeat(40)}-${shortHash("a".repeat(50))}-karpenter-node`);
    expect(name).toHaveLength(64);
  });

  test.each(NAMES)("of %s (%s) is never longer than its limit %i", (_, suffix, limit) => {
    const lengths = LENGTHS.map((length) => generatedName(prefixOf(length), suffix, limit).length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(limit);
  });

  test.each(NAMES)("of %s (%s) keeps what the thing is", (_, suffix, limit) => {
    expect(LENGTHS.every((length) => generatedName(prefixOf(length), suffix, limit).endsWith(suffix))).toBe(true);
  });

  test.each(NAMES)("of %s (%s) differs for prefixes that differ in the last character", (_, suffix, limit) => {
    const names = LENGTHS.flatMap((length) => [
      generatedName(prefixOf(length, "a"), suffix, limit),
      generatedName(prefixOf(length, "b"), suffix, limit),
    ]);
    expect(new Set(names).size).toBe(2 * LENGTHS.length);
  });

  test.each(NAMES)("of %s (%s) is the same every time", (_, suffix, limit) => {
    const once = LENGTHS.map((length) => generatedName(prefixOf(length), suffix, limit));
    expect(LENGTHS.map((length) => generatedName(prefixOf(length), suffix, limit))).toEqual(once);
  });

  test("writes one expression for a prefix that only Terraform knows", () => {
    expect(render(generatedName(variable("c"), "-karpenter-node", 64))).toBe(
      '${length(var.c) <= 49 ? "${var.c}-karpenter-node" : ' +
        '"${substr(var.c, 0, 40)}-${substr(sha256(var.c), 0, 8)}-karpenter-node"}',
    );
  });

  test.each(NAMES)("of %s (%s) is the same in Terraform for every length", (_, suffix, limit) => {
    const expression = String(render(generatedName(variable("c"), suffix, limit)));
    const inTerraform = LENGTHS.map((length) => evaluate(expression, { var: { c: prefixOf(length) } }));
    expect(inTerraform).toEqual(LENGTHS.map((length) => generatedName(prefixOf(length), suffix, limit)));
  });
});

describe("generatedName of any two clusters", () => {
  const name = fc.stringMatching(/^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/);
  /** One name, and another that differs from it in one place. */
  const alike = fc
    .tuple(name, fc.nat(99), fc.constantFrom(..."aZ09_-"))
    .map(([one, at, other]): [string, string] => [
      one,
      `${one.slice(0, at + 1)}${other}${one.slice(at + 2)}`.slice(0, 100),
    ]);

  test.each(NAMES)("of %s (%s) fits, tells them apart, and is the same in Terraform", (_, suffix, limit) => {
    const expression = String(render(generatedName(variable("c"), suffix, limit)));
    fc.assert(
      fc.property(fc.oneof(alike, fc.tuple(name, name)), (clusters) => {
        const made = clusters.map((cluster) => generatedName(cluster, suffix, limit));
        expect(made[0] === made[1]).toBe(clusters[0] === clusters[1]);
        expect(made.every((text) => /^[0-9A-Za-z][\w-]*$/.test(text) && text.length <= limit)).toBe(true);
        expect(made).toEqual(clusters.map((cluster) => evaluate(expression, { var: { c: cluster } })));
      }),
      { seed: 14, numRuns: 200 },
    );
  });
});

describe("nameOr", () => {
  test("takes the name that is given as it is", () => {
    expect(nameOr("mine", "prod", "-karpenter", 80)).toBe("mine");
  });

  test("generates a name where none is given", () => {
    expect(nameOr(undefined, "prod", "-karpenter", 80)).toBe("prod-karpenter");
  });

  test("generates a name where Terraform finds a null", () => {
    const expression = String(render(nameOr(variable("given"), "prod", "-karpenter", 80)));
    expect(expression).toBe('${coalesce(var.given, "prod-karpenter")}');
    expect(evaluate(expression, { var: { given: null } })).toBe("prod-karpenter");
    expect(evaluate(expression, { var: { given: "mine" } })).toBe("mine");
  });

  test("does both in one expression where Terraform knows neither", () => {
    const expression = String(render(nameOr(variable("given"), variable("prefix"), "-karpenter", 80)));
    const prefix = prefixOf(100);
    expect(evaluate(expression, { var: { given: null, prefix } })).toBe(generatedName(prefix, "-karpenter", 80));
    expect(evaluate(expression, { var: { given: "mine", prefix } })).toBe("mine");
  });
});

describe("shortHash", () => {
  test("is the first 8 hexadecimal digits of the SHA-256", () => {
    expect(shortHash("karpenter")).toMatch(/^[0-9a-f]{8}$/);
    expect(shortHash("")).toBe("e3b0c442");
  });

  test("is the same in Terraform", () => {
    const expression = String(render(shortHash(variable("c"))));
    expect(expression).toBe("${substr(sha256(var.c), 0, 8)}");
    expect(evaluate(expression, { var: { c: "karpenter" } })).toBe(shortHash("karpenter"));
  });
});
