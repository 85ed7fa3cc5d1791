import { differences } from "../../../../cli/doctor/cluster/differences";
import { judgeDrift, objectsOf } from "../../../../cli/doctor/cluster/drift";

const pathsOf = (wanted: unknown, found: unknown) => differences(wanted, found).map(({ path }) => path);

describe("an object is as it was asked for", () => {
  test.each([
    ["defaults of the server", { a: 1 }, { a: 1, b: 2, status: {} }],
    ["what is empty", { a: {}, b: null, c: [], d: { e: null } }, {}],
    ["quantities in another spelling", { cpu: "1000m", memory: "1024Mi" }, { cpu: "1", memory: "1Gi" }],
    ["numbers as text", { port: 80, on: "true" }, { port: "80", on: true }],
    ["lists in another order, by name", [{ name: "a", v: 1 }, { name: "b" }], [{ name: "b" }, { name: "a", v: 1 }]],
    ["fields that items have more of", [{ name: "a" }], [{ name: "a", protocol: "TCP" }]],
  ])("but for %s", (_, wanted, found) => {
    expect(pathsOf(wanted, found)).toEqual([]);
  });
});

describe("an object is another than was asked for", () => {
  test.each([
    ["a value", { spec: { replicas: 2 } }, { spec: { replicas: 0 } }, "spec.replicas"],
    ["a missing field", { spec: { replicas: 2 } }, {}, "spec.replicas"],
    ["an item more", { args: ["a"] }, { args: ["a", "b"] }, "args"],
    ["an item less", { args: ["a", "b"] }, { args: ["a"] }, "args"],
    ["an item's field", { env: [{ name: "A", value: "1" }] }, { env: [{ name: "A", value: "2" }] }, "env[A].value"],
    ["another quantity", { cpu: "1" }, { cpu: "100m" }, "cpu"],
    ["an object for a text", { a: "b" }, { a: { b: 1 } }, "a"],
  ])("by %s", (_, wanted, found, path) => {
    expect(pathsOf(wanted, found)).toEqual([path]);
  });
});

describe("drift", () => {
  const wanted = {
    kind: "Deployment",
    metadata: { name: "karpenter", namespace: "karpenter" },
    spec: { replicas: 2, a: 1, b: 1, c: 1 },
  };
  const judged = (found: typeof wanted | undefined) =>
    judgeDrift([{ release: "karpenter", namespace: "karpenter", wanted, found }]);

  it("is none where objects are as the release says", () => {
    expect(judged(wanted)).toEqual([{ state: "ok", text: "1 objects of the releases are as these say" }]);
  });

  it("names what is gone, and what brings it back", () => {
    expect(judged(undefined)).toEqual([
      {
        state: "error",
        text: "Deployment karpenter/karpenter of the release karpenter is gone; no plan sees it; helm -n karpenter get manifest karpenter | kubectl -n karpenter apply --server-side --force-conflicts -f -",
      },
    ]);
  });

  it("names what was changed, the first three of it", () => {
    expect(judged({ ...wanted, spec: { replicas: 0, a: 2, b: 2, c: 2 } })).toEqual([
      {
        state: "warning",
        text: expect.stringMatching(
          /was changed: spec\.replicas is 0, and was 2, spec\.a .*, spec\.b .* and 1 more;/,
        ) as string,
      },
    ]);
  });

  it("is looked for in every object of a manifest", () => {
    expect(objectsOf({ manifest: "---\n# Source: a\nkind: A\n---\n---\nkind: B\n" })).toEqual([
      { kind: "A" },
      { kind: "B" },
    ]);
  });
});
