import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Construct } from "constructs";
import { Testing } from "cdktf";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { AwsAuth, FargateLogging, Karpenter, KarpenterCharts, Monitoring, NodePools } from "../../../lib";
import type { OwnChart } from "../../../lib/kubernetes/packaged-chart";
import { chartFolder, chartVersion } from "../../../lib/kubernetes/packaged-chart";
import { ModuleStack, PROVIDERS, writeModule } from "../../../lib/module";
import { evaluate } from "../../support/hcl";
import { PLACE, PROVIDER_ARN, ROLE_ARN } from "../../support/fixtures";
import { problemsOf, synth, Synthesized } from "../../support/stack";
import { variable } from "../../support/tokens";

const POOLS = { nodePools: { default: {} }, nodeClasses: { default: { amiAlias: "al2023@v20260714" } } };
const ROLE = { rolearn: ROLE_ARN, username: "nodes", groups: ["system:nodes"] };
const DEFAULTS = {
  role: "nodes",
  subnetSelectorTerms: [{ id: "subnet-1" }],
  securityGroupSelectorTerms: [{ id: "sg-1" }],
};

/** How each release takes its chart. */
const RELEASES: readonly {
  readonly name: OwnChart;
  readonly property: string;
  readonly address: string;
  readonly create: (scope: Construct, own?: string) => Construct;
}[] = [
  {
    name: "aws-auth",
    property: "awsAuthChart",
    address: "it",
    create: (scope, awsAuthChart) => {
      new KubernetesProvider(scope, "kubernetes");
      return new AwsAuth(scope, "it", { mapRoles: [ROLE], awsAuthChart });
    },
  },
  {
    name: "guard",
    property: "guardChart",
    address: "it_guard",
    create: (scope, guardChart) =>
      new KarpenterCharts(scope, "it", { clusterName: "demo", controllerRoleArn: ROLE_ARN, guardChart }),
  },
  {
    name: "fargate-logging",
    property: "fargateLoggingChart",
    address: "it",
    create: (scope, fargateLoggingChart) =>
      new FargateLogging(scope, "it", { region: "eu-north-1", fargateLogGroupName: "a", fargateLoggingChart }),
  },
  {
    name: "flow-schemas",
    property: "flowSchemasChart",
    address: "it_flow_schemas",
    create: (scope, flowSchemasChart) =>
      new KarpenterCharts(scope, "it", { clusterName: "demo", controllerRoleArn: ROLE_ARN, flowSchemasChart }),
  },
  {
    name: "monitoring",
    property: "monitoringChart",
    address: "it",
    create: (scope, monitoringChart) => new Monitoring(scope, "it", { prometheusRule: true, monitoringChart }),
  },
  {
    name: "node-pools",
    property: "nodePoolsChart",
    address: "it",
    create: (scope, nodePoolsChart) =>
      new NodePools(scope, "it", { ...POOLS, nodeClassDefaults: DEFAULTS, nodePoolsChart }),
  },
];

const karpenter = (scope: Construct, charts: { guardChart?: string; nodePoolsChart?: string } = {}) =>
  new Karpenter(scope, "it", {
    ...PLACE,
    ...POOLS,
    ...charts,
    clusterName: "demo",
    oidcProviderArn: PROVIDER_ARN,
    subnetIds: ["subnet-1"],
    securityGroupIds: ["sg-1"],
  });

describe.each(RELEASES)("the chart $name", ({ name, property, address, create }) => {
  const release = (own?: string) => synth((stack) => create(stack, own)).resource("helm_release", address);
  const source = (own: string | undefined) => [release(own).chart, release(own).version];

  test("says its version in the configuration, so that a changed template is a changed plan", () => {
    expect(release().version).toBe(chartVersion(name));
  });

  test("comes from a registry of one's own in just that version", () => {
    const own = `oci://registry.example/charts/karpenter-${name}`;
    expect(source(own)).toEqual([own, chartVersion(name)]);
  });

  test.each(["./charts/mine", "../mine", "/charts/mine", "~/mine", "https://charts.example/mine-1.2.3.tgz"])(
    "comes from %s in the version that it has there",
    (own) => {
      expect(source(own)).toEqual([own, undefined]);
    },
  );

  test("comes from where only Terraform knows", () => {
    const { chart, version } = release(variable("chart"));
    const at = (own: string | null) =>
      [chart, version].map((value) => evaluate(String(value), { var: { chart: own } }));
    expect(at("./mine")).toEqual(["./mine", null]);
    expect(at("https://charts.example/mine-1.2.3.tgz")).toEqual(["https://charts.example/mine-1.2.3.tgz", null]);
    expect(at("oci://registry.example/mine")).toEqual(["oci://registry.example/mine", chartVersion(name)]);
    expect(at(null)).toEqual([expect.stringMatching(/^assets\//), chartVersion(name)]);
  });

  test.each(["mine", "charts/mine", "registry.example/mine", "oci://a b"])("is not taken from %p", (own) => {
    expect(problemsOf((stack) => create(stack, own))).toEqual([
      `"${property}" is "${own}", but must be an address that begins with oci:// or https://, the chart's name included, or ` +
        "the path of a folder that begins with / or ./; package and push the chart that ships with this project, or leave " +
        "it out to take that one",
    ]);
  });
});

describe("Karpenter", () => {
  test("takes the guard and the NodePools' chart from a place of one's own", () => {
    const charts = { guardChart: "./guard", nodePoolsChart: "oci://registry.example/pools" };
    const synthesized = synth((stack) => karpenter(stack, charts));
    expect(synthesized.resource("helm_release", "it_charts_guard").chart).toBe("./guard");
    expect(synthesized.resource("helm_release", "it_node_pools").chart).toBe("oci://registry.example/pools");
  });

  test("refuses a chart that is nowhere", () => {
    expect(problemsOf((stack) => karpenter(stack, { guardChart: "a", nodePoolsChart: "b" }))).toEqual([
      expect.stringMatching(/^"nodePoolsChart" is "b", but must be an address /),
      expect.stringMatching(/^"guardChart" is "a", but must be an address /),
    ]);
  });
});

/** A module of one's own with all that ships with a chart, written as `writeModule` writes it. */
function inWrittenModule<T>(work: (folder: string, synthesized: Synthesized) => T): T {
  const root = mkdtempSync(join(tmpdir(), "module-"));
  const stack = new ModuleStack(Testing.app(), "mine", {
    title: "Mine",
    description: "Mine.",
    path: "modules/mine",
    providers: [PROVIDERS.aws, PROVIDERS.helm, PROVIDERS.kubernetes],
  });
  karpenter(stack);
  new AwsAuth(stack, "auth", { mapRoles: [ROLE] });
  new NodePools(stack, "more", { ...POOLS, nodeClassDefaults: DEFAULTS, releaseName: "more" });
  try {
    writeModule(stack, root);
    const folder = join(root, "modules/mine");
    const json = JSON.parse(readFileSync(join(folder, "main.tf.json"), "utf8")) as Record<string, unknown>;
    return work(folder, new Synthesized(json));
  } finally {
    rmSync(root, { recursive: true });
  }
}

describe("a module of one's own", () => {
  test("has the charts of its releases beside its files, each once", () => {
    inWrittenModule((folder) => {
      expect(readdirSync(join(folder, "charts")).sort()).toEqual(["aws-auth", "flow-schemas", "guard", "node-pools"]);
      expect(readdirSync(join(folder, "charts/guard"), { recursive: true }).sort()).toEqual(
        readdirSync(chartFolder("guard"), { recursive: true }).sort(),
      );
      expect(existsSync(join(folder, "assets"))).toBe(false);
    });
  });

  test("finds them wherever it is called from", () => {
    inWrittenModule((folder, synthesized) => {
      for (const [address, name] of [
        ["it_charts_guard", "guard"],
        ["it_charts_flow_schemas", "flow-schemas"],
        ["it_node_pools", "node-pools"],
        ["more", "node-pools"],
        ["auth", "aws-auth"],
      ]) {
        const { chart } = synthesized.resource("helm_release", address);
        expect(chart).toBe(`\${path.module}/charts/${name}`);
        expect(existsSync(join(String(evaluate(String(chart), { path: { module: folder } })), "Chart.yaml"))).toBe(
          true,
        );
      }
    });
  });
});
