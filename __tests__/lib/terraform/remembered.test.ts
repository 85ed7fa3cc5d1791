import type { Construct } from "constructs";
import type { KarpenterChartsProps, NodePoolsProps, NodeRoleProps } from "../../../lib";
import { KarpenterCharts, NodePools, NodeRole } from "../../../lib";
import { evaluate, evaluateAll, localsOf } from "../../support/hcl";
import { PLACE, ROLE_ARN } from "../../support/fixtures";
import { synth } from "../../support/stack";
import { variable } from "../../support/tokens";

interface Instance {
  readonly for_each?: string;
  readonly input: string;
  readonly lifecycle: {
    readonly ignore_changes: readonly string[];
    readonly postcondition: readonly { readonly condition: string; readonly error_message: string }[];
  };
}

/** What a stack remembers under an address, with its locals in the given scope. */
function remembered(
  address: string,
  build: (scope: Construct) => unknown,
  scope: Readonly<Record<string, unknown>> = {},
) {
  const synthesized = synth(build);
  const instance = synthesized.resource("terraform_data", address) as unknown as Instance;
  const local = localsOf((synthesized.json.locals ?? {}) as Readonly<Record<string, unknown>>, scope);
  return { instance, values: evaluateAll(instance.input, { ...scope, local }), scope: { ...scope, local } };
}

/** The refusal of a plan after an apply with other properties; undefined where there is none. */
function refusal(address: string, before: (scope: Construct) => unknown, now: (scope: Construct) => unknown) {
  const { instance, scope } = remembered(address, now);
  const [{ condition, error_message: message }] = instance.lifecycle.postcondition;
  const at = { ...scope, self: { output: remembered(address, before).values } };
  return evaluate(condition, at) === true ? undefined : String(evaluate(message, at));
}

const node =
  (props: Partial<NodeRoleProps> = {}) =>
  (scope: Construct) =>
    new NodeRole(scope, "node", { ...PLACE, clusterName: "demo", ...props });
const charts =
  (props: Partial<KarpenterChartsProps> = {}) =>
  (scope: Construct) =>
    new KarpenterCharts(scope, "charts", { clusterName: "demo", controllerRoleArn: ROLE_ARN, ...props });
const pools =
  (props: Partial<NodePoolsProps> = {}) =>
  (scope: Construct) =>
    new NodePools(scope, "pools", {
      existingNodeClasses: ["own"],
      nodePools: { a: { nodeClass: "own" } },
      nodeClasses: {},
      ...props,
    });

describe("what nodes run as", () => {
  test.each<[string, NodeRoleProps | object]>([
    ["nothing", {}],
    ["tags", { tags: { team: "a" } }],
    ["a name that is the generated one", { nodeRoleName: "demo-karpenter-node" }],
  ])("may stay with another plan: %s", (_, props) => {
    expect(refusal("node_in_use", node(), node(props))).toBeUndefined();
  });

  test.each<[string, object]>([
    ["another prefix", { namePrefix: "other" }],
    ["another name of the role", { nodeRoleName: "other" }],
    ["another name of the profile", { instanceProfileName: "other" }],
    ["another path", { iamPath: "/other/" }],
    ["a role of one's own", { nodeRoleArn: ROLE_ARN }],
    ["no profile", { createInstanceProfile: false }],
  ])("is not taken from them: %s", (_, props) => {
    expect(refusal("node_in_use", node(), node(props))).toBe(
      "this plan takes the role or the instance profile from nodes that run: they are of " +
        '{"instance_profile":"demo-karpenter-instance-profile","role":"/demo-karpenter-node","role_of":"this module"}; give them ' +
        'others first, as docs/changes.md has it, and once no node is of these, or where none is, say so in "acceptedChange"',
    );
  });

  test("may get a profile, and a role of one's own may not become one made here", () => {
    expect(refusal("node_in_use", node({ createInstanceProfile: false }), node())).toBeUndefined();
    expect(refusal("node_in_use", node({ nodeRoleArn: ROLE_ARN }), node())).toContain('"role_of":"others"');
  });
});

describe("the namespace and the CRDs of the controller", () => {
  test("cannot be changed but as an outage", () => {
    expect(refusal("charts_installed", charts(), charts({ logLevel: "debug" }))).toBeUndefined();
    expect(refusal("charts_installed", charts(), charts({ namespace: "other" }))).toBe(
      '"namespace" would take CRDs and controller from where they are, {"namespace":"karpenter"}, and every node goes with the ' +
        'CRDs; leave it as it was, or plan an outage of all that runs on these nodes, and say so in "acceptedChange"',
    );
  });

  test("become others' only after they were kept", () => {
    const at = "charts_crds_installed";
    expect(refusal(at, charts(), charts({ crds: "existing" }))).toBe(
      '"crds" would remove the CRDs, which were {"crds":"managed"}, and every NodePool and node with them; apply "kept" first, ' +
        'and "existing" then',
    );
    expect(refusal(at, charts({ crds: "existing" }), charts())).toBeUndefined();
    expect(() => remembered(at, charts({ crds: "kept" }))).toThrow(at);
    const { instance, scope } = remembered(at, charts({ crds: variable("crds") as "kept" }), { var: { crds: "kept" } });
    expect(evaluate(instance.for_each!, scope)).toEqual([]);
  });
});

test("the release of NodePools keeps its name and its namespace", () => {
  expect(refusal("pools_installed", pools(), pools({ tags: {} } as object))).toBeUndefined();
  for (const props of [{ namespace: "other" }, { releaseName: "other" }]) {
    expect(refusal("pools_installed", pools(), pools(props))).toContain(
      'which is {"namespace":"karpenter","release_name":"karpenter-node-pools"}, and every node goes with the old one',
    );
  }
});

test("other words for an accepted change are another instance, and none are as before", () => {
  const instance = (props: NodeRoleProps | object) => remembered("node_in_use", node(props)).instance;
  expect(instance({}).for_each).toBeUndefined();
  expect(instance({ acceptedChange: "no node runs" })).toMatchObject({
    for_each: '${toset([coalesce("no node runs", "-")])}',
    lifecycle: { ignore_changes: ["input"] },
  });
});
