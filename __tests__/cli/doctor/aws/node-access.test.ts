import type { NodeAccess, NodeAccessFacts } from "../../../../cli/doctor/aws/node-access";
import { judgeNodeAccess } from "../../../../cli/doctor/aws/node-access";

const ROLE = { arn: "arn:aws:iam::123456789012:role/path/prod-node", createdAt: new Date("2026-01-01") };
const ENTRY = { type: "EC2_LINUX", createdAt: new Date("2026-01-02") };
const NODE: NodeAccess = { nodeClass: "default", named: "prod-node", role: ROLE, entry: ENTRY };
const MAPPED = "- rolearn: arn:aws:iam::123456789012:role/prod-node\n";

test.each<[string, Partial<NodeAccess>, Partial<NodeAccessFacts>, string, RegExp]>([
  ["an entry of nodes", {}, {}, "ok", /1 node classes may enter/],
  ["one of Windows", { entry: { ...ENTRY, type: "EC2_WINDOWS" } }, {}, "ok", /may enter/],
  ["no entry", { entry: undefined }, {}, "error", /may not enter the cluster/],
  ["one of users", { entry: { ...ENTRY, type: "STANDARD" } }, {}, "error", /of type STANDARD/],
  [
    "one from before the role",
    { entry: { ...ENTRY, createdAt: new Date("2025-12-31") } },
    {},
    "error",
    /older than the role/,
  ],
  ["a role that is not there", { role: undefined }, {}, "error", /names prod-node, which is not there/],
  [
    "a line in aws-auth",
    { entry: undefined },
    { authenticationMode: "CONFIG_MAP", mapRoles: MAPPED },
    "ok",
    /may enter/,
  ],
  ["a line in aws-auth that is not read", { entry: undefined }, { mapRoles: MAPPED }, "error", /may not enter/],
])("a node class with %s is told", (_, node, facts, state, text) => {
  const verdicts = judgeNodeAccess({
    authenticationMode: "API",
    mapRoles: undefined,
    nodes: [{ ...NODE, ...node }],
    ...facts,
  });
  expect(verdicts).toEqual([{ state, text: expect.stringMatching(text) as string }]);
});
