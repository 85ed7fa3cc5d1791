import type { ControllerFacts } from "../../../../cli/doctor/cluster/controller";
import { judgeController, judgeCoreDns } from "../../../../cli/doctor/cluster/controller";
import { releaseOf } from "../../../../cli/kubernetes/controller";

const PENDING = {
  metadata: { name: "a" },
  status: { phase: "Pending", conditions: [{ type: "PodScheduled", status: "False", message: "no nodes available" }] },
};
const PULLING = {
  metadata: { name: "b" },
  status: { containerStatuses: [{ state: { waiting: { reason: "ImagePullBackOff", message: "timeout" } } }] },
};
const FACTS = { namespace: "karpenter", name: "karpenter", version: "1.14.3", wanted: 2, available: 2, pods: [] };

test.each<[string, ControllerFacts, string, RegExp]>([
  ["is not installed", undefined, "ok", /no controller/],
  ["runs", FACTS, "ok", /karpenter\/karpenter, 1\.14\.3, runs with 2 of 2/],
  ["is scaled to 0", { ...FACTS, wanted: 0, available: 0 }, "error", /scaled to 0/],
  [
    "waits",
    { ...FACTS, available: 0, pods: [PENDING, PULLING] },
    "error",
    /no nodes available; ImagePullBackOff: timeout/,
  ],
  ["has no pods", { ...FACTS, available: 0 }, "error", /no pods that say why/],
  ["runs in part", { ...FACTS, available: 1, pods: [PENDING] }, "warning", /^1 of 2 replicas .* no nodes available/],
])("a controller that %s is told", (_, facts, state, text) => {
  expect(judgeController(facts)).toEqual([{ state, text: expect.stringMatching(text) as string }]);
});

test.each([
  ["missing", undefined, "warning"],
  ["waiting", { wanted: 2, available: 0, pods: [PENDING] }, "error"],
  ["running", { wanted: 2, available: 1, pods: [] }, "ok"],
])("CoreDNS that is %s is told", (_, facts, state) => {
  expect(judgeCoreDns(facts)).toMatchObject([{ state }]);
});

test.each([
  ["public.ecr.aws/karpenter/controller:1.14.3@sha256:0123", "1.14.3"],
  ["registry.example:5000/controller:v0.37.0", "0.37.0"],
  ["registry.example:5000/controller@sha256:0123", undefined],
])("the release of the image %s is %s", (image, release) => {
  expect(releaseOf(image)).toBe(release);
});
