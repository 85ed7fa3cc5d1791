import { judgeNodeClaims } from "../../../../cli/doctor/cluster/node-claims";

const NOW = new Date("2026-11-01T12:00:00Z");
const STEPS = ["Launched", "Registered", "Initialized"];

/** A NodeClaim of an age in minutes, that has come to so many steps. */
const claim = (age: number, steps: number, goingFor?: number) => ({
  metadata: {
    name: "a",
    creationTimestamp: new Date(NOW.getTime() - age * 60_000).toISOString(),
    ...(goingFor === undefined ? {} : { deletionTimestamp: new Date(NOW.getTime() - goingFor * 60_000).toISOString() }),
  },
  status: {
    conditions: STEPS.map((type, index) => ({
      type,
      status: index < steps ? "True" : "Unknown",
      ...(index < steps ? {} : { reason: index === 1 ? "NodeNotFound" : "Waiting", message: "waiting" }),
    })),
  },
});

test.each([
  ["just made", claim(1, 0), "ok", /1 NodeClaims/],
  ["without an instance", claim(3, 0), "error", /^NodeClaim a, 3 minutes old: AWS has given it no instance\. Launched/],
  ["that boots", claim(4, 1), "ok", /1 NodeClaims/],
  [
    "that has never registered",
    claim(6, 1),
    "error",
    /launched and has never registered\. Registered is Unknown \(NodeN/,
  ],
  ["that becomes ready", claim(9, 2), "ok", /1 NodeClaims/],
  ["that does not become ready", claim(11, 2), "error", /registered and is not ready for pods/],
  ["of a node that works", claim(1000, 3), "ok", /1 NodeClaims/],
  ["that drains", claim(1000, 3, 59), "ok", /1 NodeClaims/],
  ["that drains for ever", claim(1000, 3, 61), "warning", /has been going for 61 minutes/],
])("a NodeClaim %s is told by its age", (_, found, state, text) => {
  expect(judgeNodeClaims({ claims: [found], now: NOW })).toEqual([
    { state, text: expect.stringMatching(text) as string },
  ]);
});

test("a NodeClaim that nobody looks at is told", () => {
  const { metadata } = claim(10, 0);
  expect(judgeNodeClaims({ claims: [{ metadata }], now: NOW })).toMatchObject([
    { state: "error", text: expect.stringContaining("no controller looks at it") as string },
  ]);
});
