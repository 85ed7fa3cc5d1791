/** Defaults stand below the free form, and the free form below typed fields: each field of the catalogue, through the chart. */
import { fieldSamples, LATER_FIELDS, type ObjectsByName, placeOf, type Sample } from "./support/field-samples";
import { freeSamples, OLDER, olderObjectsOf, typedSamples } from "./support/older-samples";
import { renderPools } from "./support/rendered-pools";
import type { Rendered } from "./charts/rendered-chart";

const DEFAULTS = {
  instanceProfile: "default-profile",
  subnetSelectorTerms: [{ id: "subnet-0" }],
  securityGroupSelectorTerms: [{ id: "sg-0" }],
};

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
const within = (path: readonly string[], value: unknown): Record<string, unknown> =>
  path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Record<string, unknown>;

/** Every object of one kind by the number of its sample, rendered in one call. */
async function specsOf(
  of: ObjectsByName,
  samples: readonly Sample[],
  make: (sample: Sample) => object,
): Promise<unknown[]> {
  const objects = Object.fromEntries(samples.map((sample, index) => [`case-${index}`, make(sample)]));
  const values = { nodePools: {}, nodeClasses: {}, nodeClassDefaults: DEFAULTS, [of]: objects };
  const rendered = new Map(
    (await renderPools(JSON.stringify(values))).map(({ metadata, spec }: Rendered) => [metadata.name, spec]),
  );
  return samples.map((_, index) => rendered.get(`case-${index}`));
}

describe.each(["nodePools", "nodeClasses", "nodeOverlays", "capacityBuffers"] as const)("%s of v1", (kind) => {
  const samples = fieldSamples(kind);

  it("has every field of the catalogue among its samples", () => {
    expect(new Set(samples.map(({ path }) => path[0]))).toEqual(new Set(LATER_FIELDS[kind]));
  });

  it("takes each field as the free form says it", async () => {
    const specs = await specsOf(kind, samples, ({ path, below }) => ({ spec: within(placeOf(kind, path), below) }));
    const found = samples.map(({ path }, index) => [path.join("."), at(specs[index], placeOf(kind, path))]);
    expect(found).toEqual(samples.map(({ path, below }) => [path.join("."), below]));
  });

  it("lets each typed field win over the free form, false, 0 and nothing too", async () => {
    const specs = await specsOf(kind, samples, ({ path, below, above }) => ({
      ...within(path, above),
      spec: within(placeOf(kind, path), below),
    }));
    const found = samples.map(({ path }, index) => [path.join("."), at(specs[index], placeOf(kind, path))]);
    expect(found).toEqual(samples.map(({ path, above }) => [path.join("."), above]));
  });

  it("keeps labels and annotations of the object itself, which are no part of the spec", async () => {
    const metadata = { labels: { a: "1" }, annotations: { "b/c": "true" } };
    const values = { [kind]: { one: { metadata } } };
    const [object] = await renderPools(JSON.stringify(values));
    expect(object?.metadata).toMatchObject({ name: "one", ...metadata });
    expect(object?.spec).not.toHaveProperty("metadata");
  });
});

describe.each(OLDER)("%s of Karpenter %s", (kind, release) => {
  const specs = async (inputs: readonly object[]): Promise<unknown[]> => {
    const objects = olderObjectsOf(kind, release, inputs);
    return (await renderPools(JSON.stringify({ objects }))).map(({ spec }) => spec);
  };

  it("takes each field as the free form says it", async () => {
    const samples = freeSamples(kind, release);
    expect(samples.length).toBeGreaterThan(25);
    const found = await specs(samples.map(({ path, below }) => ({ spec: within(path, below) })));
    expect(samples.map(({ path }, index) => [path.join("."), at(found[index], path)])).toEqual(
      samples.map(({ path, below }) => [path.join("."), below]),
    );
  });

  it("lets each typed field win over the free form, false, 0 and nothing too", async () => {
    const samples = typedSamples(kind, release);
    const found = await specs(
      samples.map(({ path, place, below, above }) => ({ ...within(path, above), spec: within(place, below) })),
    );
    expect(samples.map(({ path, place }, index) => [path.join("."), at(found[index], place)])).toEqual(
      samples.map(({ path, above }) => [path.join("."), above]),
    );
  });
});

describe("what depends on more than one field", () => {
  const spec = async (values: object): Promise<unknown> => (await renderPools(JSON.stringify(values)))[0]?.spec;
  const classOf = (nodeClass: object) => spec({ nodeClasses: { a: nodeClass }, nodeClassDefaults: DEFAULTS });
  const poolOf = (pool: object, more: object = {}) => spec({ nodePools: { a: pool }, ...more });
  const { instanceProfile, ...networks } = DEFAULTS;

  it.each<[string, object, object]>([
    ["nothing", {}, { instanceProfile }],
    ["a role in the free form", { spec: { role: "own" } }, { role: "own" }],
    ["a role", { role: "own" }, { role: "own" }],
    ["a role beside a profile in the free form", { role: "own", spec: { instanceProfile: "p" } }, { role: "own" }],
    [
      "a profile beside a role in the free form",
      { instanceProfile: "p", spec: { role: "r" } },
      { instanceProfile: "p" },
    ],
  ])("a node class with %s has one identity", async (_, nodeClass, identity) => {
    expect(await classOf(nodeClass)).toEqual({ ...networks, ...identity });
  });

  it("a node class's tags stand over those of all classes, tag by tag", async () => {
    const nodeClass = { tags: { team: "", stage: "prod" }, spec: { tags: { cost: "2" } } };
    const nodeClassDefaults = { ...DEFAULTS, tags: { team: "all", cost: "1", owner: "x" } };
    expect(at(await spec({ nodeClasses: { a: nodeClass }, nodeClassDefaults }), ["tags"])).toEqual({
      team: "",
      cost: "2",
      owner: "x",
      stage: "prod",
    });
  });

  it("a pool's reference is filled up, and left alone where it is of another kind", async () => {
    const own = { group: "karpenter.k8s.aws", kind: "EC2NodeClass" };
    const ref = async (nodeClassRef: object | undefined, more?: object, pool: object = {}) =>
      at(await poolOf({ ...pool, spec: { template: { spec: { nodeClassRef } } } }, more), [
        "template",
        "spec",
        "nodeClassRef",
      ]);
    expect(await ref({ name: "gpu" })).toEqual({ ...own, name: "gpu" });
    expect(await ref(undefined)).toEqual({ ...own, name: "default" });
    expect(await ref(undefined, { existingNodeClasses: ["elsewhere"] })).toEqual({ ...own, name: "elsewhere" });
    const manifest = { kind: "EC2NodeClass", apiVersion: "karpenter.k8s.aws/v1", metadata: { name: "m" } };
    const list = [[{ kind: "List", items: [manifest] }]];
    const rendered = await renderPools(JSON.stringify({ nodePools: { a: {} }, manifests: list }));
    const pool = rendered.find(({ kind }) => kind === "NodePool");
    expect(at(pool, ["spec", "template", "spec", "nodeClassRef", "name"])).toBe("m");
    const autoMode = { group: "eks.amazonaws.com", kind: "NodeClass", name: "default" };
    expect(await ref(autoMode)).toEqual(autoMode);
    expect(await ref(autoMode, {}, { nodeClass: "mine" })).toEqual({ ...own, name: "mine" });
  });

  it.each<[object, object]>([
    [
      { disruption: { budgets: [] }, spec: { disruption: { consolidateAfter: "1h" } } },
      { budgets: [], consolidateAfter: "1h" },
    ],
    [{ disruption: { budgets: [] } }, { budgets: [], consolidateAfter: "0s" }],
    [{ spec: { disruption: { budgets: [] } } }, { budgets: [], consolidateAfter: "0s" }],
  ])("a disruption of %j has a consolidateAfter", async (pool, disruption) => {
    expect(await poolOf(pool)).toMatchObject({ disruption });
  });

  it("maps are laid over each other key by key, and nulls are nothing", async () => {
    expect(
      await poolOf({ limits: { cpu: "1", memory: null }, spec: { limits: { memory: "2Gi", pods: null } } }),
    ).toMatchObject({
      limits: { cpu: "1", memory: "2Gi" },
    });
  });
});
