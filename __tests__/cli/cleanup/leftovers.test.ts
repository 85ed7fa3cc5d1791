import type { CleanupFacts, ClusterState } from "../../../cli/cleanup/leftovers";
import { leftovers } from "../../../cli/cleanup/leftovers";
import type { HelmRevision } from "../../../cli/kubernetes/helm-releases";

const MADE = new Date("2026-11-01T11:00:00Z");
const LATER = new Date("2026-11-01T12:00:00Z");

const revision = (release: string, number: number, status: string): HelmRevision => ({
  release,
  namespace: "karpenter",
  revision: number,
  status,
  updatedAt: MADE,
  chart: release,
  chartVersion: "1.14.3",
  manifest: "",
  secret: { metadata: { name: `${release}.v${number}` }, data: { release: "" } },
});

const FACTS: CleanupFacts = {
  clusterName: "prod",
  cluster: { is: "known", runs: false },
  launched: {
    instances: ["i-known", "i-orphan"].map((id) => ({ id, type: "m5.large", nodePool: "default", launchedAt: MADE })),
    launchTemplates: [{ id: "lt-1", name: "template", nodeClass: "gone", createdAt: MADE }],
    instanceProfiles: [{ name: "profile", roles: ["node"], createdAt: MADE }],
  },
  known: { instances: ["i-known"], nodeClasses: ["default"], instanceProfiles: [] },
  revisions: [],
  before: LATER,
  whileKarpenterRuns: false,
};

const found = (facts: Partial<CleanupFacts>) =>
  leftovers({ ...FACTS, ...facts }).found.map((left) => (left.kind === "revision" ? left.text : left.id));

describe("what is left of a cluster", () => {
  it("is what it does not know, instances first and profiles last", () => {
    expect(found({})).toEqual(["i-orphan", "lt-1", "profile"]);
  });

  it("is all of it once the cluster is gone", () => {
    expect(found({ cluster: { is: "gone" } })).toEqual(["i-known", "i-orphan", "lt-1", "profile"]);
  });

  it("is nothing that is young", () => {
    expect(found({ before: MADE, revisions: [revision("karpenter", 1, "pending-install")] })).toEqual([]);
  });

  test.each<[string, ClusterState, boolean, RegExp | undefined]>([
    ["is gone", { is: "gone" }, false, undefined],
    ["has no controller", { is: "known", runs: false }, false, undefined],
    ["has a controller that runs", { is: "known", runs: true }, false, /Karpenter runs on prod/],
    ["has one, and that was said", { is: "known", runs: true }, true, undefined],
    ["does not answer", { is: "unknown", because: "it sleeps" }, true, /still knows is not known: it sleeps/],
  ])("may be removed, or not, where the cluster %s", (_, cluster, whileKarpenterRuns, refusal) => {
    const answer = leftovers({ ...FACTS, cluster, whileKarpenterRuns });
    expect(answer.refusal ?? "").toMatch(refusal ?? /^$/);
  });

  it("is no refusal where nothing is left in AWS", () => {
    const launched = { instances: [], launchTemplates: [], instanceProfiles: [] };
    expect(leftovers({ ...FACTS, launched, cluster: { is: "known", runs: true } })).toEqual({
      found: [],
      refusal: undefined,
    });
  });
});

describe("Helm releases", () => {
  const launched = { instances: [], launchTemplates: [], instanceProfiles: [] };

  it("are let go on from the revision before the one that is pending", () => {
    const revisions = [revision("karpenter", 3, "pending-upgrade"), revision("karpenter", 2, "deployed")];
    expect(found({ launched, revisions })).toEqual([
      expect.stringMatching(/karpenter\/karpenter: revision 3 is pending-upgrade since 2026.*goes on from revision 2$/),
    ]);
  });

  it("are installed anew where the first one is pending", () => {
    expect(found({ launched, revisions: [revision("karpenter", 1, "pending-install")] })).toEqual([
      expect.stringMatching(/the next run installs the release$/),
    ]);
  });

  it("are left alone where the pending one is not the newest, or none is", () => {
    const revisions = [revision("karpenter", 3, "deployed"), revision("karpenter", 2, "pending-upgrade")];
    expect(found({ launched, revisions: [...revisions, revision("karpenter-crd", 1, "failed")] })).toEqual([]);
  });
});
