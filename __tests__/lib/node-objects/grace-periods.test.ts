import { Token } from "cdktf";
import type { NodePoolsProps } from "../../../lib/kubernetes/node-pools";
import { NodePools } from "../../../lib/kubernetes/node-pools";
import type { NodePool } from "../../../lib/node-objects/node-pool";
import { moduleOfPools, ownSpelling } from "../../support/module-of-pools";
import { problemsOf, synth } from "../../support/stack";
import { variable, variableFlag } from "../../support/tokens";

type Pools = Readonly<Record<string, NodePool>>;

const inSpec = (terminationGracePeriod: string) => ({ template: { spec: { terminationGracePeriod } } });
const CLASS = { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "default" };
const asManifest = (period: string) => ({
  apiVersion: "karpenter.sh/v1",
  kind: "NodePool",
  metadata: { name: "m" },
  spec: { template: { spec: { ...inSpec(period).template.spec, requirements: [], nodeClassRef: CLASS } } },
});

const props = (nodePools: Pools, more: Partial<NodePoolsProps>): NodePoolsProps => ({
  nodePools,
  nodeClasses: { default: { amiAlias: "al2023@v20260714" } },
  nodeClassDefaults: {
    role: "nodes",
    subnetSelectorTerms: [{ id: "subnet-0" }],
    securityGroupSelectorTerms: [{ id: "sg-0" }],
  },
  nodePoolsChart: "./chart",
  ...more,
});
const problems = (nodePools: Pools, more: Partial<NodePoolsProps> = {}) =>
  problemsOf((stack) => new NodePools(stack, "pools", props(nodePools, more)));
const timeout = (nodePools: Pools, more: Partial<NodePoolsProps> = {}) =>
  synth((stack) => new NodePools(stack, "pools", props(nodePools, more))).resource("helm_release", "pools").timeout;

/** The same inputs as the module gets them. */
const atPlan = (nodePools: Pools, { manifests = [], nodePoolsTimeout }: Partial<NodePoolsProps> = {}) =>
  moduleOfPools({
    node_pools: nodePools,
    node_classes: { default: {} },
    manifests,
    node_pools_timeout: nodePoolsTimeout ?? null,
  });

describe("the timeout of NodePools", () => {
  test.each<[string, Pools, Partial<NodePoolsProps>, number]>([
    ["half an hour without any period", { a: {} }, {}, 1800],
    ["half an hour with short ones", { a: { terminationGracePeriod: "20m" } }, {}, 1800],
    ["more than one of half an hour", { a: { terminationGracePeriod: "30m" } }, {}, 2400],
    [
      "longer than a day",
      { a: { terminationGracePeriod: "24h" }, b: { terminationGracePeriod: "1h30m5s" } },
      {},
      87_000,
    ],
    ["longer than one in the free form", { a: { spec: inSpec("2h") } }, {}, 7800],
    [
      "that of the typed one where both are there",
      { a: { terminationGracePeriod: "1h", spec: inSpec("9h") } },
      {},
      4200,
    ],
    ["longer than one of a manifest", {}, { manifests: [[asManifest("48h")]] }, 173_400],
    ["one's own", { a: { terminationGracePeriod: "1h30m" } }, { nodePoolsTimeout: 5401 }, 5401],
  ])("is %s, at synth and at plan", (_, nodePools, more, expected) => {
    expect(timeout(nodePools, more)).toBe(expected);
    expect(atPlan(nodePools, more).locals.node_pools_timeout).toBe(expected);
    expect(problems(nodePools, more)).toEqual([]);
    expect(atPlan(nodePools, more).problems).toEqual([]);
  });

  test.each<[string, Pools, Partial<NodePoolsProps>, string, string]>([
    ["typed", { a: { terminationGracePeriod: "1h" }, b: {} }, {}, "nodePools.a.terminationGracePeriod", "1h"],
    [
      "in the free form",
      { a: { spec: inSpec("45m") } },
      {},
      "nodePools.a.spec.template.spec.terminationGracePeriod",
      "45m",
    ],
    [
      "of a manifest",
      {},
      { manifests: [asManifest("30m")] },
      "manifests[0].spec.template.spec.terminationGracePeriod",
      "30m",
    ],
  ])("must be longer than a period %s where it is one's own", (_, nodePools, more, path, period) => {
    const expected =
      `"${path}" is "${period}", but must be shorter than "nodePoolsTimeout", 1800 seconds: a destroy would stop waiting for ` +
      "nodes that still drain; shorten it, give the timeout more seconds than that, or leave the timeout out, which then " +
      "follows the longest period";
    const given = { ...more, nodePoolsTimeout: 1800 };
    expect(problems(nodePools, given)).toEqual([expected]);
    expect(atPlan(nodePools, given).problems.map(ownSpelling)).toEqual([expected]);
  });

  test("leaves periods of a wrong form to the schema, and unknown ones to the plan", () => {
    expect(problems({ a: { terminationGracePeriod: "90" } })).toHaveLength(1);
    expect(problems({ a: { terminationGracePeriod: variable("period") } }, { nodePoolsTimeout: 1 })).toEqual([]);
    expect(
      problems({ a: { terminationGracePeriod: "1h" } }, { nodePoolsTimeout: Token.asNumber(variableFlag("timeout")) }),
    ).toEqual([]);
  });
});
