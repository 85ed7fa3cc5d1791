import { minorVersionOf } from "../../../../lib/versions";
import { atRelease } from "../../../../lib/versions/minor-version";
import type { DefinitionFacts } from "../../../../cli/doctor/cluster/definitions";
import { judgeDefinitions } from "../../../../cli/doctor/cluster/definitions";

const WANTED = atRelease(minorVersionOf("1.14.3").crds, "1.14.3");
const ALL = WANTED.map(({ group, kind, served }) => ({
  metadata: { name: kind },
  spec: { group, names: { kind }, versions: served.map((name) => ({ name, served: true })) },
}));
const OLD = {
  ...ALL[0],
  spec: {
    ...ALL[0].spec,
    versions: [
      { name: "v1beta1", served: true },
      { name: "v1", served: false },
    ],
  },
};

test.each<[string, Partial<DefinitionFacts>, string, RegExp]>([
  ["all there", {}, "ok", /CRDs of Karpenter 1\.14\.3 are there/],
  ["none, and no controller", { definitions: [], isInstalled: false }, "ok", /none of Karpenter's CRDs/],
  ["one missing", { definitions: ALL.slice(1) }, "error", new RegExp(`CRD of ${WANTED[0].kind} .* is missing`)],
  [
    "one that serves an old version alone",
    { definitions: [OLD, ...ALL.slice(1)] },
    "error",
    /serves v1beta1, but must v1/,
  ],
])("CRDs: %s", (_, facts, state, text) => {
  const verdicts = judgeDefinitions({ karpenterVersion: "1.14.3", isInstalled: true, definitions: ALL, ...facts });
  expect(verdicts).toEqual([{ state, text: expect.stringMatching(text) as string }]);
});

test("without any CRD a controller misses each", () => {
  const verdicts = judgeDefinitions({ karpenterVersion: "1.14.3", isInstalled: true, definitions: [] });
  expect(verdicts.map(({ state }) => state)).toEqual(WANTED.map(() => "error"));
});
