import { judgeOrphans } from "../../cli/doctor/aws/orphans";
import { NOTHING_KNOWN, orphansOf } from "../../cli/orphans";

const MADE = new Date("2026-11-01T11:00:00Z");
const LATER = new Date("2026-11-01T12:00:00Z");
const LAUNCHED = {
  instances: [{ id: "i-1", type: "m5.large", nodePool: "default", launchedAt: MADE }],
  launchTemplates: [{ id: "lt-1", name: "karpenter.k8s.aws/1", nodeClass: "default", createdAt: MADE }],
  instanceProfiles: [{ name: "prod_1", roles: ["prod-node"], createdAt: MADE }],
};
const NONE = { instances: [], launchTemplates: [], instanceProfiles: [] };
const ALL = { instances: ["i-1"], nodeClasses: ["default"], instanceProfiles: ["prod_1"] };

describe("orphans", () => {
  it("are none as long as the cluster knows what was launched", () => {
    expect(orphansOf({ launched: LAUNCHED, known: ALL, before: LATER })).toEqual(NONE);
  });

  it("are all that it does not know", () => {
    expect(orphansOf({ launched: LAUNCHED, known: NOTHING_KNOWN, before: LATER })).toEqual(LAUNCHED);
    const { instances } = orphansOf({ launched: LAUNCHED, known: { ...ALL, instances: ["i-2"] }, before: LATER });
    expect(instances.map(({ id }) => id)).toEqual(["i-1"]);
  });

  it("are nothing that was made too late for the cluster to know it", () => {
    expect(orphansOf({ launched: LAUNCHED, known: NOTHING_KNOWN, before: MADE })).toEqual(NONE);
  });

  it("are told by what they are", () => {
    const verdicts = judgeOrphans({ launched: LAUNCHED, known: NOTHING_KNOWN, before: LATER });
    expect(verdicts.map(({ state, text }) => [state, text.slice(0, text.indexOf(","))])).toEqual([
      ["warning", "the instance i-1 (m5.large"],
      ["warning", "the launch template karpenter.k8s.aws/1 is of the node class default"],
      ["warning", "no node class uses the instance profile prod_1"],
    ]);
    expect(judgeOrphans({ launched: LAUNCHED, known: ALL, before: LATER })).toMatchObject([{ state: "ok" }]);
  });
});
