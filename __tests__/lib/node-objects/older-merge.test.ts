import { isIn } from "../../../lib/versions/version-bounds";
import type { NodeClass } from "../../../lib/node-objects/node-class";
import type { NodePool } from "../../../lib/node-objects/node-pool";
import type { NodePoolsProps } from "../../../lib/kubernetes/node-pools";
import { olderObjects } from "../../../lib/node-objects/older-objects";
import { valueAt } from "../../../lib/node-objects/manifests";
import type { Sample } from "../../../e2e/support/field-samples";
import { fieldSamples, placeOf } from "../../../e2e/support/field-samples";

type Kind = "nodePools" | "nodeClasses";
type Path = readonly string[];

/** Where an older API has a field of a pool or a class; undefined where it says it in other words, which other tests hold. */
const PLACES: Readonly<Record<string, Readonly<Record<Kind, (path: Path) => Path | undefined>>>> = {
  "0.37.8": {
    nodePools: (path) =>
      path[0] === "expireAfter"
        ? ["disruption", "expireAfter"]
        : path[0] === "disruption" && path[1] !== "budgets"
          ? undefined
          : placeOf("nodePools", path),
    // The kubelet is one of the pool there.
    nodeClasses: (path) => (path[0] === "kubelet" ? undefined : path),
  },
  "0.31.5": {
    nodePools: ([first, ...rest]) =>
      first === "limits"
        ? ["limits", "resources", ...rest]
        : first === "expireAfter" || first === "disruption"
          ? undefined
          : [first, ...rest],
    nodeClasses: (path) => (path[0] === "kubelet" || path[0].endsWith("SelectorTerms") ? undefined : path),
  },
};

const within = (path: Path, value: unknown) =>
  path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Record<string, unknown>;

function specOf(kind: Kind, karpenterVersion: string, object: object): unknown {
  const props: NodePoolsProps = {
    nodePools: {},
    nodeClasses: {},
    karpenterVersion,
    nodeClassDefaults: { instanceProfile: "default", subnetSelectorTerms: [{ id: "subnet-0" }] },
    [kind]: { one: object as NodePool & NodeClass },
  };
  return olderObjects(props)?.[0].spec;
}

/** Samples of the fields that the release knows, with their place in its API. */
function samplesOf(kind: Kind, release: string): { readonly sample: Sample; readonly place: Path }[] {
  const all = fieldSamples(kind);
  const isKnown = ({ path }: Sample) =>
    all
      .filter(({ path: other }) => other.every((key, index) => path[index] === key))
      .every(({ field }) => isIn(field, release));
  return all.filter(isKnown).flatMap((sample) => {
    const place = PLACES[release][kind](sample.path);
    return place === undefined ? [] : [{ sample, place }];
  });
}

describe.each(
  Object.keys(PLACES).flatMap((release) =>
    (["nodePools", "nodeClasses"] as const).map((kind) => [kind, release] as const),
  ),
)("%s of Karpenter %s", (kind, release) => {
  const samples = samplesOf(kind, release);

  test("have samples of many fields", () => {
    expect(samples.length).toBeGreaterThan(10);
  });

  test("take each field as the free form says it", () => {
    const found = samples.map(({ sample, place }) =>
      valueAt(specOf(kind, release, { spec: within(place, sample.below) }), ...place),
    );
    expect(found).toEqual(samples.map(({ sample }) => sample.below));
  });

  test("let each typed field win over the free form, false, 0 and nothing too", () => {
    const found = samples.map(({ sample: { path, below, above }, place }) =>
      valueAt(specOf(kind, release, { ...within(path, above), spec: within(place, below) }), ...place),
    );
    expect(found).toEqual(samples.map(({ sample }) => sample.above));
  });

  test("keep labels and annotations of the object itself", () => {
    const metadata = { labels: { a: "1" }, annotations: { "b/c": "true" } };
    const props = { nodePools: {}, nodeClasses: {}, karpenterVersion: release, [kind]: { one: { metadata } } };
    const [object] = olderObjects(props as NodePoolsProps) ?? [];
    expect(object.metadata).toEqual({ name: "one", ...metadata });
    expect(object.spec).not.toHaveProperty("metadata");
  });
});

describe("what an older API says in other words", () => {
  const beta = (kind: Kind, object: object) => specOf(kind, "0.37.8", object);
  const alpha = (kind: Kind, object: object) => specOf(kind, "0.31.5", object);

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
