import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nodeClassesRule, nodePoolsPrecondition } from "../../../lib/kubernetes/node-checks";
import { NODE_POOLS_CHART } from "../../../lib/kubernetes/node-pools";
import { ModuleStack } from "../../../lib/module";
import { publishedModules } from "../../../stacks/modules";
import { evaluate, evaluateAll } from "../../support/hcl";
import { Synthesized } from "../../support/stack";

const modules = new Map(publishedModules().map((stack) => [stack.props.path, stack]));

function stackOf(path: string): ModuleStack {
  const stack = modules.get(path);
  if (stack === undefined) {
    throw new Error(`no module ${path}`);
  }
  return stack;
}

const moduleAt = (path: string) => new Synthesized(stackOf(path).toModule());

/** What a caller's inputs are to Terraform: those that are left out have their defaults. */
function inputs(path: string, given: Readonly<Record<string, unknown>>) {
  return { ...Object.fromEntries(stackOf(path).variables.map(({ name, props }) => [name, props.default])), ...given };
}

describe("the module controller", () => {
  const path = "modules/controller";
  const releases = (given: Readonly<Record<string, unknown>> = {}) => {
    const synthesized = moduleAt(path);
    const scope = { var: inputs(path, { cluster_name: "demo", ...given }) };
    const { values, ...controller } = synthesized.resource("helm_release", "karpenter_controller");
    expect(values).toMatch(/^\$\{concat\(\[yamlencode\(.*\)\], var\.controller_helm_values\)\}$/);
    return {
      crd: evaluateAll(synthesized.resource("helm_release", "karpenter_crd"), scope),
      controller: evaluateAll(controller, scope),
    };
  };

  test("takes both charts of one version from the public registry", () => {
    const common = {
      namespace: "karpenter",
      repository: "oci://public.ecr.aws/karpenter",
      repository_username: null,
      repository_password: null,
      version: "1.14.3",
      wait: true,
      timeout: 600,
    };
    expect(releases()).toEqual({
      crd: { ...common, name: "karpenter-crd", chart: "karpenter-crd", create_namespace: true, take_ownership: true },
      controller: {
        ...common,
        name: "karpenter",
        chart: "karpenter",
        skip_crds: true,
        depends_on: ["helm_release.karpenter_crd"],
      },
    });
  });

  test("takes both charts from a folder that only Terraform knows", () => {
    expect(releases({ chart_repository: "./charts" })).toMatchObject({
      crd: { chart: "./charts/karpenter-crd", repository: null },
      controller: { chart: "./charts/karpenter", repository: null },
    });
  });

  test("keeps the registry's password out of what is printed", () => {
    expect(stackOf(path).toModule().variable).toMatchObject({ chart_repository_password: { sensitive: true } });
  });
});

describe("the module node-pools", () => {
  const path = "modules/node-pools";

  test("renders the chart that ships with it", () => {
    const { chart, name, wait } = moduleAt(path).resource("helm_release", "karpenter");
    expect({ chart, name, wait }).toEqual({
      chart: "${path.module}/charts/node-pools",
      name: "karpenter-node-pools",
      wait: true,
    });
  });

  test("passes our own words on as the chart spells them", () => {
    const [values] = moduleAt(path).resource("helm_release", "karpenter").values as string[];
    const encoded = values.replace("yamlencode(", "jsonencode(");
    const given = {
      node_pools: { a: { node_class: "b", weight: 10 } },
      node_classes: { b: { ami_alias: "al2023@v20251108" } },
      node_class_defaults: { role: "nodes" },
    };
    expect(JSON.parse(String(evaluate(encoded, { var: inputs(path, given) })))).toEqual({
      nodePools: { a: { node_class: "b", nodeClass: "b", weight: 10 } },
      nodeClasses: { b: { ami_alias: "al2023@v20251108", amiAlias: "al2023@v20251108" } },
      nodeOverlays: {},
      nodeClassDefaults: { role: "nodes" },
    });
  });

  test("refuses node classes at plan by the rule on them", () => {
    const { variable, output } = stackOf(path).toModule();
    expect(variable).toMatchObject({
      node_classes: {
        validation: [
          {
            condition: `\${${nodeClassesRule.terraform("var.node_classes")}}`,
            error_message: `"node_classes" is \${jsonencode(var.node_classes)}, but must be ${nodeClassesRule.allowed}; ${nodeClassesRule.wayOut}`,
          },
        ],
      },
    });
    expect(output).toMatchObject({ release_name: { precondition: [nodePoolsPrecondition] } });
  });

  test("is committed with the chart as it is in the library", () => {
    const published = join(__dirname, "../../../terraform-aws-karpenter", path, "charts/node-pools");
    const files = readdirSync(NODE_POOLS_CHART, { recursive: true, encoding: "utf8" }).sort();
    expect(readdirSync(published, { recursive: true, encoding: "utf8" }).sort()).toEqual(files);
    for (const file of files.filter((name) => /\.\w+$/.test(name))) {
      expect(readFileSync(join(published, file), "utf8")).toBe(readFileSync(join(NODE_POOLS_CHART, file), "utf8"));
    }
    expect(existsSync(join(published, "Chart.yaml"))).toBe(true);
  });
});

describe("the module aws-auth", () => {
  test("writes the mappings it is given, and may be told to drop others", () => {
    const synthesized = moduleAt("modules/aws-auth");
    expect(synthesized.local("aws_auth_wanted")).toBe("${var.map_roles}");
    expect(synthesized.resource("kubernetes_config_map_v1_data", "aws_auth")).toMatchObject({
      data: { mapRoles: "${yamlencode(local.aws_auth_wanted)}" },
      lifecycle: {
        precondition: [{ condition: "${var.drop_other_mappings || length(local.aws_auth_others) == 0}" }],
      },
    });
  });
});

describe("the module smoke-test", () => {
  test("asks for no room by default and for what it is told otherwise", () => {
    const path = "modules/smoke-test";
    const replicas = (given: Readonly<Record<string, unknown>>) =>
      (
        evaluateAll(moduleAt(path).resource("kubernetes_deployment_v1", "inflate"), { var: inputs(path, given) }) as {
          spec: { replicas: unknown };
        }
      ).spec.replicas;
    expect([replicas({}), replicas({ replicas: 10 })]).toEqual([0, 10]);
  });
});
