import { valueAt } from "../../../lib/node-objects/manifests";
import type { OlderKind } from "../../../e2e/support/older-samples";
import { freeSamples, OLDER, olderObjectsOf, typedSamples } from "../../../e2e/support/older-samples";

const within = (path: readonly string[], value: unknown) =>
  path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Record<string, unknown>;
const specOf = (kind: OlderKind, release: string, object: object): unknown =>
  olderObjectsOf(kind, release, [object])[0].spec;

describe.each(OLDER)("%s of Karpenter %s", (kind, release) => {
  const free = freeSamples(kind, release);
  const typed = typedSamples(kind, release);

  test("have samples of many fields", () => {
    expect(free.length).toBeGreaterThan(25);
    expect(typed.length).toBeGreaterThanOrEqual(10);
  });

  test("take each field as the free form says it", () => {
    const found = free.map(({ path, below }) => valueAt(specOf(kind, release, { spec: within(path, below) }), ...path));
    expect(found).toEqual(free.map(({ below }) => below));
  });

  test("let each typed field win over the free form, false, 0 and nothing too", () => {
    const found = typed.map(({ path, place, below, above }) =>
      valueAt(specOf(kind, release, { ...within(path, above), spec: within(place, below) }), ...place),
    );
    expect(found).toEqual(typed.map(({ above }) => above));
  });

  test("keep labels and annotations of the object itself", () => {
    const metadata = { labels: { a: "1" }, annotations: { "b/c": "true" } };
    const [object] = olderObjectsOf(kind, release, [{ metadata }]);
    expect(object.metadata).toEqual({ name: "case-0", ...metadata });
    expect(object.spec).not.toHaveProperty("metadata");
  });
});

describe("what an older API says in other words", () => {
  const beta = (kind: OlderKind, object: object) => specOf(kind, "0.37.8", object);
  const alpha = (kind: OlderKind, object: object) => specOf(kind, "0.31.5", object);

  test.each<[string, object, object]>([
    ["no identity", {}, { instanceProfile: "default" }],
    ["a role in the free form", { spec: { role: "r" } }, { role: "r" }],
    [
      "a profile beside a role in the free form",
      { instanceProfile: "p", spec: { role: "r" } },
      { instanceProfile: "p" },
    ],
    ["a family beside an alias", { amiAlias: "al2@latest", spec: { amiFamily: "Ubuntu" } }, { amiFamily: "Ubuntu" }],
  ])("a v1beta1 class with %s", (_, nodeClass, expected) => {
    const { subnetSelectorTerms, ...rest } = beta("nodeClasses", nodeClass) as Record<string, unknown>;
    expect(subnetSelectorTerms).toEqual([{ id: "subnet-0" }]);
    expect(rest).toMatchObject(expected);
    expect("role" in rest && "instanceProfile" in rest).toBe(false);
  });

  test.each<[object, object]>([
    [{ disruption: { budgets: [] } }, { consolidationPolicy: "WhenUnderutilized", budgets: [] }],
    [
      { disruption: { budgets: [] }, spec: { disruption: { consolidationPolicy: "WhenEmpty" } } },
      { consolidationPolicy: "WhenEmpty", consolidateAfter: "0s", budgets: [] },
    ],
    [
      { disruption: { consolidationPolicy: "WhenEmpty" }, spec: { disruption: { consolidateAfter: "1h" } } },
      { consolidationPolicy: "WhenEmpty", consolidateAfter: "1h" },
    ],
    [
      {
        disruption: { consolidationPolicy: "WhenEmptyOrUnderutilized" },
        spec: { disruption: { consolidationPolicy: "WhenEmpty" } },
      },
      { consolidationPolicy: "WhenUnderutilized" },
    ],
  ])("a v1beta1 disruption of %j", (pool, disruption) => {
    expect(valueAt(beta("nodePools", pool), "disruption")).toEqual(disruption);
  });

  test("a v1beta1 pool of a class that its free form names", () => {
    const spec = { template: { spec: { nodeClassRef: { name: "gpu" } } } };
    const ref = (pool: object) => valueAt(beta("nodePools", pool), "template", "spec", "nodeClassRef");
    expect(ref({ spec })).toMatchObject({ kind: "EC2NodeClass", name: "gpu" });
    expect(ref({ spec, nodeClass: "mine" })).toMatchObject({ kind: "EC2NodeClass", name: "mine" });
  });

  test("a v1alpha5 pool with a provider of its own has no reference, unless a class is named", () => {
    const spec = { provider: { subnetSelector: { a: "b" } } };
    expect(alpha("nodePools", { spec })).toMatchObject(spec);
    expect(alpha("nodePools", { spec })).not.toHaveProperty("providerRef");
    expect(alpha("nodePools", { spec, nodeClass: "mine" })).toMatchObject({ providerRef: { name: "mine" } });
    expect(alpha("nodePools", { spec, nodeClass: "mine" })).not.toHaveProperty("provider");
    expect(alpha("nodePools", { spec: { providerRef: { name: "gpu" } } })).toMatchObject({
      providerRef: { name: "gpu" },
    });
  });

  test("a v1alpha5 pool answers once when nodes go", () => {
    const spec = { ttlSecondsAfterEmpty: 30, ttlSecondsUntilExpired: 60 };
    expect(alpha("nodePools", { spec })).toMatchObject(spec);
    expect(alpha("nodePools", { spec })).not.toHaveProperty("consolidation");
    const typed = alpha("nodePools", { spec, disruption: {}, expireAfter: "1h" });
    expect(typed).toMatchObject({ consolidation: { enabled: true }, ttlSecondsUntilExpired: 3600 });
    expect(typed).not.toHaveProperty("ttlSecondsAfterEmpty");
    expect(alpha("nodePools", { spec, expireAfter: "Never" })).not.toHaveProperty("ttlSecondsUntilExpired");
  });
});
