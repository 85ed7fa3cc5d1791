import type { FargateFacts } from "../../../../cli/doctor/aws/fargate";
import { judgeFargate } from "../../../../cli/doctor/aws/fargate";

const PROFILE = {
  name: "karpenter",
  status: "ACTIVE",
  issues: [],
  subnets: [],
  selectors: [{ namespace: "karpenter", labels: {} }],
};

test.each<[string, FargateFacts, string]>([
  ["none", { profiles: [], controller: undefined }, "ok"],
  ["an active one", { profiles: [PROFILE], controller: { namespace: "karpenter", isAvailable: true } }, "ok"],
  ["one that is not", { profiles: [{ ...PROFILE, status: "DELETING" }], controller: undefined }, "error"],
  ["one with an issue", { profiles: [{ ...PROFILE, issues: ["AccessDenied: role"] }], controller: undefined }, "error"],
  [
    "one that selects no controller that waits",
    { profiles: [PROFILE], controller: { namespace: "other", isAvailable: false } },
    "warning",
  ],
  [
    "one beside a controller that runs on nodes",
    { profiles: [PROFILE], controller: { namespace: "other", isAvailable: true } },
    "ok",
  ],
])("Fargate profiles: %s", (_, facts, state) => {
  expect(judgeFargate(facts).map((verdict) => verdict.state)).toEqual([state]);
});
