import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ITerraformDependable } from "cdktf";
import { App, TerraformStack, Testing } from "cdktf";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KarpenterCharts } from "../../../lib/kubernetes/karpenter-charts";
import type { NodePoolsProps } from "../../../lib/kubernetes/node-pools";
import { NodePools } from "../../../lib/kubernetes/node-pools";
import { chartFolder } from "../../../lib/kubernetes/packaged-chart";
import { ROLE_ARN } from "../../support/fixtures";
import { synth, Synthesized } from "../../support/stack";
import { variable, variableFlag, variableMap } from "../../support/tokens";
import { decodeValues } from "./on-cluster";

const NODE_POOLS = chartFolder("node-pools");
const ALIAS = "al2023@v20260714";
const PROPS: NodePoolsProps = { nodePools: { default: {} }, nodeClasses: { default: { amiAlias: ALIAS } } };
const DEFAULTS = {
  role: "nodes",
  subnetSelectorTerms: [{ id: "subnet-0" }],
  securityGroupSelectorTerms: [{ id: "sg-0" }],
};

const releaseOf = (props: Partial<NodePoolsProps> = {}) =>
  synth((stack) => new NodePools(stack, "pools", { ...PROPS, nodePoolsChart: "./chart", ...props })).resource(
    "helm_release",
    "pools",
  );

/** The folder of a plain stack with the chart in it, for as long as the work takes. */
function inSynthesizedApp<T>(work: (stackFolder: string, chart: string) => T): T {
  const outdir = mkdtempSync(join(tmpdir(), "node-pools-"));
  try {
    const app = Testing.stubVersion(new App({ outdir, stackTraces: false }));
    const stack = new TerraformStack(app, "plain");
    new HelmProvider(stack, "helm", {});
    new NodePools(stack, "pools", { ...PROPS, nodeClassDefaults: DEFAULTS });
    app.synth();
    const folder = join(outdir, "stacks", "plain");
    const json = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as Record<string, unknown>;
    const [address] = new Synthesized(json).resources;
    const { chart } = new Synthesized(json).resource("helm_release", address.replace("helm_release.", ""));
    return work(folder, String(chart));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

describe("NodePools", () => {
  test("are one release that waits until the last node is gone", () => {
    const { values, ...release } = releaseOf();
    expect(release).toEqual({
      name: "karpenter-node-pools",
      namespace: "karpenter",
      chart: "./chart",
      wait: true,
      timeout: 1800,
      max_history: 10,
    });
    expect(decodeValues((values as string[])[0])).toEqual({ ...PROPS, nodeOverlays: {}, nodeClassDefaults: {} });
  });

  test("take a namespace and a timeout of one's own", () => {
    expect(releaseOf({ namespace: "kube-system", nodePoolsTimeout: 60 })).toMatchObject({
      namespace: "kube-system",
      timeout: 60,
    });
  });

  test("pass everything on as it is, whatever only Terraform knows with its reference", () => {
    const objects = {
      nodePools: {
        default: {
          requirements: [{ key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] }],
          limits: { cpu: "1000", memory: "1000Gi" },
          spec: { template: { spec: { expireAfter: "Never" } } },
        },
      },
      nodeOverlays: { cheap: { priceAdjustment: "-10%", weight: 1 } },
      capacityBuffers: { spare: { podTemplate: { spec: { containers: [] } }, replicas: 2 } },
    } as const satisfies Partial<NodePoolsProps>;
    const { values } = releaseOf({
      ...objects,
      nodeClasses: { default: { amiAlias: ALIAS, role: variable("role") } },
      nodeClassDefaults: { subnetSelectorTerms: [{ id: variable("subnet") }] },
    });
    expect(decodeValues((values as string[])[0], { var: { role: "nodes", subnet: "subnet-1" } })).toEqual({
      ...objects,
      nodeClasses: { default: { amiAlias: ALIAS, role: "nodes" } },
      nodeClassDefaults: { subnetSelectorTerms: [{ id: "subnet-1" }] },
    });
  });

  test("take objects that only Terraform knows", () => {
    const { values } = releaseOf({
      nodePools: variableFlag("pools") as never,
      nodeClasses: variableMap("classes") as never,
    });
    expect(values).toEqual([
      '${yamlencode({"nodePools" = var.pools, "nodeClasses" = var.classes, "nodeOverlays" = {}, "nodeClassDefaults" = {}})}',
    ]);
  });

  test("wait for what they depend on, and go before it", () => {
    const synthesized = synth((stack) => {
      const first = new NodePools(stack, "first", { ...PROPS, nodePoolsChart: "./chart" });
      new NodePools(stack, "second", { ...PROPS, nodePoolsChart: "./chart", dependsOn: [first.release] });
    });
    expect(synthesized.resource("helm_release", "second").depends_on).toEqual(["helm_release.first"]);
  });

  test.each<[string, (charts: KarpenterCharts) => ITerraformDependable[]]>([
    ["dependables", ({ dependables }) => dependables],
    ["the controller alone", ({ controller }) => [controller]],
    ["the CRDs alone", ({ crds }) => [crds].filter((release) => release !== undefined)],
  ])("beside KarpenterCharts go before its guard is asked, given %s", (_, dependsOn) => {
    const synthesized = synth((stack) => {
      const clusterAndRole = { clusterName: "demo", controllerRoleArn: ROLE_ARN };
      const charts = new KarpenterCharts(stack, "charts", { ...clusterAndRole, guardChart: "./chart" });
      new NodePools(stack, "pools", { ...PROPS, nodePoolsChart: "./chart", dependsOn: dependsOn(charts) });
    });
    expect(synthesized.resource("helm_release", "charts_guard").depends_on).toEqual(["helm_release.charts_controller"]);
    expect(synthesized.resource("helm_release", "pools").depends_on).toContain("helm_release.charts_guard");
  });

  test("leave out what is null or undefined, and keep it in manifests where it is null", () => {
    const whole = { apiVersion: "karpenter.sh/v1alpha1", kind: "NodeOverlay", metadata: { name: "a" } };
    const spec = { requirements: [], capacity: { "example.com/a": 2, "example.com/b": "1" }, price: null };
    const manifests = [{ ...whole, spec: { ...spec, weight: undefined } }];
    const { values } = releaseOf({
      nodePools: { default: { weight: undefined, limits: null as never } },
      manifests: [[...manifests], { kind: "List", items: manifests }, null as never],
      existingNodeClasses: ["other"],
      completeManifests: false,
    });
    const kept = { ...whole, spec };
    expect(decodeValues((values as string[])[0])).toEqual({
      nodePools: { default: {} },
      nodeClasses: PROPS.nodeClasses,
      nodeOverlays: {},
      nodeClassDefaults: {},
      existingNodeClasses: ["other"],
      completeManifests: false,
      manifests: [kept, kept],
    });
  });

  test.each(["1.14.3", "0.35.0", "0.31.5"])(
    "take manifests with Karpenter %s, also what only Terraform knows",
    (karpenterVersion) => {
      const { values } = releaseOf({
        karpenterVersion,
        nodeClasses: {},
        nodePools: {},
        manifests: variableFlag("x") as never,
      });
      const scope = { var: { x: [{ kind: "NodePool" }] } };
      expect(decodeValues((values as string[])[0], scope)).toMatchObject({ manifests: [{ kind: "NodePool" }] });
    },
  );

  test("carry their chart along with a plain stack", () => {
    inSynthesizedApp((folder, chart) => {
      expect(chart).toMatch(/^assets\//);
      const files = readdirSync(NODE_POOLS, { recursive: true, encoding: "utf8" }).sort();
      expect(readdirSync(join(folder, chart), { recursive: true, encoding: "utf8" }).sort()).toEqual(files);
    });
  });

  test("can be there twice in a namespace under names of their own, each with its chart", () => {
    const { json } = synth((stack) => {
      new NodePools(stack, "a", PROPS);
      new NodePools(stack, "b", { ...PROPS, releaseName: "more-node-pools" });
    });
    const charts = Object.values((json.resource as { helm_release: Record<string, { chart: string }> }).helm_release);
    expect(new Set(charts.map(({ chart }) => chart)).size).toBe(2);
  });
});

describe("the chart of NodePools", () => {
  test("is one of its own name with a template for each kind", () => {
    expect(readFileSync(join(NODE_POOLS, "Chart.yaml"), "utf8")).toMatch(/^name: karpenter-node-pools$/m);
    for (const name of [
      "node-pools.yaml",
      "node-classes.yaml",
      "node-overlays.yaml",
      "capacity-buffers.yaml",
      "_helpers.tpl",
    ]) {
      expect(existsSync(join(NODE_POOLS, "templates", name))).toBe(true);
    }
  });

  test.each(["nodePools", "nodeClasses", "nodeOverlays", "capacityBuffers", "nodeClassDefaults"])(
    "has the value %s, empty",
    (value) => {
      expect(readFileSync(join(NODE_POOLS, "values.yaml"), "utf8")).toMatch(new RegExp(`^${value}: \\{\\}$`, "m"));
    },
  );

  test.each(["manifests", "existingNodeClasses", "objects"])("has the value %s, an empty list", (value) => {
    expect(readFileSync(join(NODE_POOLS, "values.yaml"), "utf8")).toMatch(new RegExp(`^${value}: \\[\\]$`, "m"));
  });
});
