import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { OwnChart } from "../../lib/kubernetes/packaged-chart";
import { chartVersion, versionOf } from "../../lib/kubernetes/packaged-chart";
import { INPUTS } from "../../lib/inputs/catalog/inputs";
import { fieldProblems } from "../../lib/inputs/field-problems";
import { DEFAULT_KARPENTER_VERSION } from "../../lib/versions";
import { publishedModules } from "../../modules";
import { evaluate } from "../support/hcl";

const PUBLISHED = join(__dirname, "../../terraform-aws-karpenter");
const modules = new Map(publishedModules().map((stack) => [stack.props.path, stack.toModule()]));

const CHARTS: readonly {
  path: string;
  name: OwnChart;
  address: string;
  input: string;
  property:
    "fargateLoggingChart" | "flowSchemasChart" | "guardChart" | "monitoringChart" | "nodePoolsChart" | "awsAuthChart";
}[] = [
  {
    path: "modules/aws-auth",
    name: "aws-auth",
    address: "aws_auth",
    input: "aws_auth_chart",
    property: "awsAuthChart",
  },
  {
    path: "modules/controller",
    name: "flow-schemas",
    address: "karpenter_flow_schemas",
    input: "flow_schemas_chart",
    property: "flowSchemasChart",
  },
  {
    path: "modules/controller",
    name: "guard",
    address: "karpenter_guard",
    input: "guard_chart",
    property: "guardChart",
  },
  {
    path: "modules/fargate-logging",
    name: "fargate-logging",
    address: "karpenter",
    input: "fargate_logging_chart",
    property: "fargateLoggingChart",
  },
  {
    path: "modules/monitoring",
    name: "monitoring",
    address: "karpenter",
    input: "monitoring_chart",
    property: "monitoringChart",
  },
  {
    path: "modules/node-pools",
    name: "node-pools",
    address: "karpenter",
    input: "node_pools_chart",
    property: "nodePoolsChart",
  },
];

interface Variable {
  readonly validation: readonly { condition: string; error_message: string }[];
}

describe.each(CHARTS)("the chart of $path", ({ path, name, address, input, property }) => {
  const json = modules.get(path) as {
    resource: { helm_release: Record<string, { chart: string; version: string }> };
    variable: Record<string, Variable>;
  };
  const source = (own: string | null) => {
    const { chart, version } = json.resource.helm_release[address];
    const scope = { var: { [input]: own }, path: { module: `./${path}` } };
    return [evaluate(chart, scope), evaluate(version, scope)];
  };

  test("is the one beside the module, and its version stands in the configuration", () => {
    expect(source(null)).toEqual([`./${path}/charts/${name}`, chartVersion(name)]);
  });

  test("has that version in the published folder, too", () => {
    const file = join(PUBLISHED, path, "charts", name, "Chart.yaml");
    expect(versionOf(readFileSync(file, "utf8"))).toBe(chartVersion(name));
    expect(existsSync(join(PUBLISHED, path, "charts", name, "templates"))).toBe(true);
  });

  test("comes from a registry of one's own in just that version, and from elsewhere in its own", () => {
    expect(source("oci://registry.example/charts/mine")).toEqual([
      "oci://registry.example/charts/mine",
      chartVersion(name),
    ]);
    expect(source("../mine")).toEqual(["../mine", null]);
    expect(source("https://charts.example/mine-1.2.3.tgz")).toEqual(["https://charts.example/mine-1.2.3.tgz", null]);
  });

  test.each([
    ["./mine", true],
    ["../mine", true],
    ["/charts/mine", true],
    ["~/mine", true],
    ["oci://registry.example/mine", true],
    ["https://charts.example/mine-1.2.3.tgz", true],
    [null, true],
    ["mine", false],
    ["registry.example/mine", false],
    ["http://charts.example/mine.tgz", false],
    ["", false],
  ])("may be %p: %p", (own, accepted) => {
    const { validation } = json.variable[input];
    const scope = { var: { [input]: own } };
    expect(validation.map(({ condition }) => evaluate(condition, scope))).toEqual([accepted]);
    const told = validation.map(({ error_message }) => evaluate(error_message, scope));
    // In the words of synth.
    const atSynth = fieldProblems(input, own, INPUTS[property], DEFAULT_KARPENTER_VERSION);
    expect(accepted ? [] : told).toEqual(atSynth);
    expect(atSynth).toHaveLength(accepted ? 0 : 1);
  });
});

test("the root module passes on the charts of the parts that it calls", () => {
  const { controller, fargate_logging, monitoring, node_pools } = modules.get("")?.module as Record<string, object>;
  expect(controller).toMatchObject({
    guard_chart: "${var.guard_chart}",
    flow_schemas_chart: "${var.flow_schemas_chart}",
  });
  expect(fargate_logging).toMatchObject({ fargate_logging_chart: "${var.fargate_logging_chart}" });
  expect(monitoring).toMatchObject({ monitoring_chart: "${var.monitoring_chart}" });
  expect(node_pools).toMatchObject({ node_pools_chart: "${var.node_pools_chart}" });
});
