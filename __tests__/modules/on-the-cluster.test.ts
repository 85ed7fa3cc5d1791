import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { crossPrecondition } from "../../modules/cross-precondition";
import { newerVersionRules } from "../../lib/inputs/catalog/newer-version";
import type { OwnChart } from "../../lib/kubernetes/packaged-chart";
import { chartFolder } from "../../lib/kubernetes/packaged-chart";
import type { ModuleStack } from "../../lib/module";
import { publishedModules } from "../../modules";
import { aliasPrecondition } from "../../modules/node-objects/ami-aliases";
import { controllerCrossRules } from "../../lib/inputs/catalog/controller-cross-rules";
import { preconditionWhere } from "../../modules/cross-precondition";
import { without } from "../../lib/terraform/known-values";
import { tagCountPrecondition } from "../../modules/node-objects/tag-count";
import { referencePrecondition } from "../../modules/node-objects/class-references";
import { gracePrecondition } from "../../modules/node-objects/grace-periods";
import { needsPreconditions } from "../../modules/node-objects/node-class-needs";
import type { Scope } from "../support/hcl";
import { evaluate, evaluateAll, localsOf } from "../support/hcl";
import { ROLE_ARN } from "../support/fixtures";
import { refusedAtPlan } from "../support/input-check";
import { Synthesized } from "../support/stack";

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

/** What a plan finds in a module that checks its inputs: what is wrong, and what its locals are where nothing is. */
function planned(path: string, given: Readonly<Record<string, unknown>>): { told: string[]; scope: Scope } {
  const json = stackOf(path).toModule() as unknown as {
    readonly locals: Readonly<Record<string, unknown>>;
    readonly module: { readonly input_check: { readonly for_each: string } };
  };
  const scope = { var: inputs(path, given) };
  const forEach = evaluate(json.module.input_check.for_each, { ...scope, local: localsOf(json.locals, scope) });
  const calls = Object.entries(forEach as Readonly<Record<string, unknown>>);
  // What input-check finds nothing wrong in, it gives back.
  const checked = Object.fromEntries(calls.map(([name, value]) => [name, { value }]));
  const whole = { ...scope, module: { input_check: checked } };
  return {
    told: calls.flatMap(([name, value]) => refusedAtPlan(name, value)),
    scope: { ...whole, local: localsOf(json.locals, whole) },
  };
}

describe("the module controller", () => {
  const path = "modules/controller";
  const releases = (given: Readonly<Record<string, unknown>> = {}) => {
    const synthesized = moduleAt(path);
    const known = { var: inputs(path, { cluster_name: "demo", ...given }) };
    const minor = evaluate(String(synthesized.local("karpenter_minor")), known);
    const scope = { ...known, local: { karpenter_minor: minor } };
    const release = (name: string) => without(synthesized.resource("helm_release", name), "lifecycle");
    const { values, ...controller } = release("karpenter_controller");
    expect(values).toMatch(
      /^\$\{concat\(\[yamlencode\(.*\)\], \[for values in local\.checked_controller_helm_values : .*\]\)\}$/,
    );
    return {
      crd: evaluateAll(release("karpenter_crd"), scope),
      controller: evaluateAll(controller, scope),
    };
  };

  test("asks for what goes together before Helm looks for a chart", () => {
    const asked = ["karpenter_crd", "karpenter_controller"].map(
      (name) => moduleAt(path).resource("helm_release", name).lifecycle,
    );
    const expected = { precondition: controllerCrossRules.map(preconditionWhere("check_inputs")) };
    expect(asked).toEqual([expected, expected]);
  });

  test("takes both charts of one version from the public registry", () => {
    const common = {
      namespace: "karpenter",
      repository: "oci://public.ecr.aws/karpenter",
      repository_username: null,
      repository_password: null,
      repository_ca_file: null,
      max_history: 10,
      version: "1.14.3",
      wait: true,
      timeout: 600,
    };
    expect(releases()).toEqual({
      crd: {
        ...common,
        name: "karpenter-crd",
        chart: "karpenter-crd",
        create_namespace: true,
        take_ownership: true,
        values: [],
        count: 1,
      },
      controller: {
        ...common,
        name: "karpenter",
        chart: "karpenter",
        create_namespace: false,
        skip_crds: true,
        atomic: false,
        cleanup_on_fail: false,
        depends_on: ["helm_release.karpenter_crd", "helm_release.karpenter_flow_schemas"],
      },
    });
  });

  test("guards the controller with the chart that ships with it", () => {
    expect(moduleAt(path).resource("helm_release", "karpenter_guard")).toMatchObject({
      chart: '${coalesce(var.guard_chart, "${path.module}/charts/guard")}',
      namespace: "${var.namespace}",
      depends_on: ["helm_release.karpenter_controller"],
    });
  });

  test("tells the CRDs of a release that converts between versions where its webhook is", () => {
    expect(releases({ karpenter_version: "1.0.8", namespace: "platform" }).crd).toMatchObject({
      values: ['{"webhook":{"serviceName":"karpenter","serviceNamespace":"platform"}}'],
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
      chart: '${coalesce(var.node_pools_chart, "${path.module}/charts/node-pools")}',
      name: "${var.release_name}",
      wait: true,
    });
  });

  const GIVEN = {
    // The chart takes out what is null.
    node_pools: { a: { nodeClass: "b", weight: 10, limits: null } },
    manifests: [
      {
        apiVersion: "karpenter.sh/v1",
        kind: "NodePool",
        metadata: { name: "whole" },
        spec: {
          limits: { cpu: "1" },
          weight: null,
          template: {
            spec: {
              requirements: [{ key: "kubernetes.io/arch", operator: "In", values: ["arm64"] }],
              nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "b" },
            },
          },
        },
      },
    ],
    node_classes: { b: { amiAlias: "al2023@v20260714" } },
    node_class_defaults: { role: "nodes" },
  };

  test.each([true, false])("passes its inputs on as they are, with check_inputs = %p", (check_inputs) => {
    const { told, scope } = planned(path, { ...GIVEN, check_inputs });
    expect(told).toEqual([]);
    const [values] = moduleAt(path).resource("helm_release", "karpenter").values as string[];
    const encoded = values.replace("yamlencode(", "jsonencode(");
    expect(JSON.parse(String(evaluate(encoded, scope)))).toEqual({
      nodePools: GIVEN.node_pools,
      nodeClasses: GIVEN.node_classes,
      nodeOverlays: {},
      capacityBuffers: {},
      nodeClassDefaults: GIVEN.node_class_defaults,
      existingNodeClasses: [],
      completeManifests: true,
      manifests: GIVEN.manifests,
    });
  });

  test("refuses a node class that has too many tags with those of all classes", () => {
    const many = (count: number, prefix: string) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}`, "x"]));
    const { condition, error_message } = tagCountPrecondition();
    const told = (ofAll: number) => {
      const { scope } = planned(path, {
        node_class_defaults: { ...GIVEN.node_class_defaults, tags: many(ofAll, "all") },
        node_classes: { default: { ...GIVEN.node_classes.b, tags: many(24, "own") } },
      });
      return evaluate(condition, scope) === true ? [] : [evaluate(error_message, scope)];
    };
    expect(told(20)).toEqual([]);
    expect(told(21)).toEqual([
      '"node_classes.default.tags" and what every node class gets from "tags" are 45 tags together, but must be at most 44; ' +
        "leave some out: EC2 takes 50 on an instance, and Karpenter sets six of its own",
    ]);
  });

  test.each<[string, unknown, string]>([
    [
      "node_classes",
      { default: {}, other: { amiAlias: "al2023@v20260714" } },
      '"node_classes.default.amiAlias" is missing, but must be given when "amiSelectorTerms" is not; name a release, "al2023@v20260714"',
    ],
    [
      "node_pools",
      { default: { weight: 101 } },
      '"node_pools.default.weight" is 101, but must be a whole number from 1 to 100; the highest is tried first',
    ],
    [
      "node_overlays",
      { default: { capacity: { gpus: "two" } } },
      '"node_overlays.default.capacity.gpus" is "two", but must be a Kubernetes quantity such as "2", "500m" or "4Gi"; ' +
        'write a number with at most one unit behind it, without a space, "4Gi" and not "4 GB"',
    ],
  ])("refuses %s at plan with what is wrong, and no more", (name, value, problem) => {
    expect(planned(path, { [name]: value }).told).toEqual([problem]);
    expect(planned(path, { [name]: {} }).told).toEqual([]);
    // The root module has looked itself then.
    expect(planned(path, { [name]: value, check_inputs: false }).told).toEqual([]);
  });

  test("refuses a pool without a class or one that drains too long, a class that lacks something, and what the release does not know at plan", () => {
    expect(stackOf(path).toModule().output).toMatchObject({
      release_name: {
        precondition: [
          ...newerVersionRules.map(crossPrecondition),
          referencePrecondition(),
          gracePrecondition(),
          aliasPrecondition(),
          tagCountPrecondition(),
          ...needsPreconditions(),
        ],
      },
    });
  });
});

describe("a module that has a chart", () => {
  test.each<[string, OwnChart]>([
    ["modules/node-pools", "node-pools"],
    ["modules/controller", "guard"],
    ["modules/controller", "flow-schemas"],
    ["modules/fargate-logging", "fargate-logging"],
    ["modules/monitoring", "monitoring"],
    ["modules/aws-auth", "aws-auth"],
  ])("%s is committed with the chart %s as it is in the library", (path, name) => {
    const published = join(__dirname, "../../terraform-aws-karpenter", path, "charts", name);
    const source = chartFolder(name);
    const files = readdirSync(source, { recursive: true, encoding: "utf8" }).sort();
    expect(files).toContain("Chart.yaml");
    expect(readdirSync(published, { recursive: true, encoding: "utf8" }).sort()).toEqual(files);
    for (const file of files.filter((file) => /\.\w+$/.test(file))) {
      expect(readFileSync(join(published, file), "utf8")).toBe(readFileSync(join(source, file), "utf8"));
    }
  });
});

describe("the module monitoring", () => {
  const path = "modules/monitoring";
  const { output } = stackOf(path).toModule() as unknown as {
    readonly output: {
      readonly release_name: { readonly precondition: { condition: string; error_message: string }[] };
    };
  };
  const told = (given: Readonly<Record<string, unknown>>) => {
    const scope = { var: inputs(path, given) };
    return output.release_name.precondition
      .filter(({ condition }) => evaluate(condition, scope) !== true)
      .map(({ error_message }) => evaluate(error_message, scope));
  };

  test("makes something, and labels nothing that it does not make", () => {
    expect(told({})).toEqual([
      '"prometheus_rule" is false and "grafana_dashboard" is false, but one of them must be true; set what you want to true',
    ]);
    expect(told({ grafana_dashboard: true, runbook_url: "https://git.example/docs" })).toEqual([
      '"runbook_url" is "https://git.example/docs", but must be left out while "prometheus_rule" is false: there is nothing ' +
        'to link; set "prometheus_rule" to true, or leave this out',
    ]);
    expect(told({ prometheus_rule: true, prometheus_rule_labels: { release: "prometheus" } })).toEqual([]);
  });

  test("leaves out alerts that the release has no metrics for", () => {
    const synthesized = moduleAt(path);
    const without = (karpenter_version: string) => {
      const scope = { var: inputs(path, { prometheus_rule: true, karpenter_version }) };
      const local = localsOf({ karpenter_minor: synthesized.local("karpenter_minor") }, scope);
      const [values] = synthesized.resource("helm_release", "karpenter").values as string[];
      const { prometheusRule } = JSON.parse(String(evaluate(values, { ...scope, local }))) as {
        prometheusRule: { without: string[] };
      };
      return prometheusRule.without;
    };
    expect(without("1.13.1")).toEqual(["KarpenterSubnetAddresses"]);
    expect(without("1.14.3")).toEqual([]);
  });
});

describe("the module aws-auth", () => {
  test("writes the mappings it is given, and may be told to drop others", () => {
    const synthesized = moduleAt("modules/aws-auth");
    const map_roles = [{ rolearn: ROLE_ARN, username: "nodes", groups: ["system:nodes"] }];
    const { told, scope } = planned("modules/aws-auth", { map_roles });
    expect([told, evaluate(String(synthesized.local("aws_auth_wanted")), scope)]).toEqual([[], map_roles]);
    expect(planned("modules/aws-auth", { map_roles: [{ rolearn: ROLE_ARN, user: "nodes" }] }).told).not.toEqual([]);
    expect(synthesized.resource("helm_release", "aws_auth")).toMatchObject({
      chart: '${coalesce(var.aws_auth_chart, "${path.module}/charts/aws-auth")}',
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
