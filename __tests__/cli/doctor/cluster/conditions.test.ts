import type { Condition } from "../../../../cli/doctor/cluster/conditions";
import { judgeReady } from "../../../../cli/doctor/cluster/conditions";

const pool = (...conditions: readonly Condition[]) => ({ metadata: { name: "default" }, status: { conditions } });
const READY = { type: "Ready", status: "True" };
const NOT_READY = { type: "Ready", status: "False", reason: "UnhealthyDependents", message: "SubnetsReady=False" };

describe("conditions", () => {
  it("are fine where all is Ready", () => {
    expect(judgeReady("NodePool", [pool(READY)])).toEqual([{ state: "ok", text: "Ready: default" }]);
    expect(judgeReady("NodePool", [])).toEqual([{ state: "ok", text: "there is no NodePool" }]);
  });

  it("are told by what they come from, with what that means", () => {
    const subnets = { type: "SubnetsReady", status: "False", reason: "SubnetsNotFound", message: "did not match" };
    const waiting = {
      type: "ValidationSucceeded",
      status: "False",
      reason: "DependenciesNotReady",
      message: "Awaiting",
    };
    expect(judgeReady("EC2NodeClass", [pool(NOT_READY, waiting, subnets)])).toEqual([
      {
        state: "error",
        text: "EC2NodeClass default: SubnetsReady is False (SubnetsNotFound): its subnetSelectorTerms match nothing in this account and region; compare ids, or tags",
      },
    ]);
  });

  it("are told in the controller's words where a reason is not known", () => {
    const strange = { type: "NodeClassReady", status: "Unknown", reason: "Odd", message: "something odd" };
    expect(judgeReady("NodePool", [pool(NOT_READY, strange)])).toEqual([
      { state: "error", text: "NodePool default: NodeClassReady is Unknown (Odd): something odd" },
    ]);
    expect(judgeReady("NodePool", [pool(NOT_READY)])).toEqual([
      { state: "error", text: "NodePool default: Ready is False (UnhealthyDependents): SubnetsReady=False" },
    ]);
  });

  it("warn of a pool whose nodes do not register, Ready as it is", () => {
    const registration = { type: "NodeRegistrationHealthy", status: "False", reason: "NodeNotFound" };
    expect(judgeReady("NodePool", [pool(READY, registration)])).toMatchObject([{ state: "warning" }]);
    expect(judgeReady("NodePool", [pool(READY, { ...registration, status: "Unknown" })])).toMatchObject([
      { state: "ok" },
    ]);
  });

  it("are missing where no controller looks", () => {
    expect(judgeReady("NodePool", [{ metadata: { name: "a" } }])).toEqual([
      { state: "error", text: "NodePool a has no conditions: no controller looks at it" },
    ]);
  });
});
