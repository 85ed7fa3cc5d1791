import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lineLocals, linePrecondition, nodePoolsPreconditions } from "../../lib/node-objects/node-checks";
import { needsPreconditions } from "../../lib/node-objects/node-class-needs";
import { chartFolder, OwnChart } from "../../lib/kubernetes/packaged-chart";
import { moduleSpelling } from "../support/module-input";
import { ObjectField } from "../../lib/inputs/field";
import { nodeClassSchema, nodeOverlaySchema, nodePoolSchema } from "../../lib/inputs/catalog/objects";
import { ModuleStack } from "../../lib/module";
import { publishedModules } from "../../modules";
import { evaluate, evaluateAll } from "../support/hcl";
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

interface Validation {
  readonly condition: string;
  readonly error_message: string;
}

/** An object as Terraform passes it: what is left out is null. */
function given(field: ObjectField, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const snake: Readonly<Record<string, string>> = {
    nodeClass: "node_class",
    amiAlias: "ami_alias",
    allowLatestAmi: "allow_latest_ami",
  };
  return { ...Object.fromEntries(Object.keys(field.fields).map((name) => [snake[name] ?? name, null])), ...values };
}

describe("the module controller", () => {
  const path = "modules/controller";
  const releases = (given: Readonly<Record<string, unknown>> = {}) => {
    const synthesized = moduleAt(path);
    const known = { var: inputs(path, { cluster_name: "demo", ...given }) };
    const minor = evaluate(String(synthesized.local("karpenter_minor")), known);
    const scope = { ...known, local: { karpenter_minor: minor } };
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
      crd: {
        ...common,
        name: "karpenter-crd",
        chart: "karpenter-crd",
        create_namespace: true,
        take_ownership: true,
        values: [],
      },
      controller: {
        ...common,
        name: "karpenter",
        chart: "karpenter",
        skip_crds: true,
        depends_on: ["helm_release.karpenter_crd"],
      },
    });
  });

  test("guards the controller with the chart that ships with it", () => {
    expect(moduleAt(path).resource("helm_release", "karpenter_guard")).toMatchObject({
      chart: "${path.module}/charts/guard",
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

  test.each<[string, unknown, string]>([
    [
      "node_classes",
      { default: given(nodeClassSchema, {}), other: given(nodeClassSchema, { ami_alias: "al2023@v20251108" }) },
      '"node_classes.default.ami_alias" is missing, but must be given when "amiSelectorTerms" is not; name a release, "al2023@v20251108"',
    ],
    [
      "node_pools",
      { default: given(nodePoolSchema, { weight: 101 }) },
      '"node_pools.default.weight" is 101, but must be a whole number from 1 to 100; the highest is tried first',
    ],
    [
      "node_overlays",
      { default: given(nodeOverlaySchema, { capacity: { gpus: "two" } }) },
      '"node_overlays.default.capacity.gpus" is "two", but must be a Kubernetes quantity such as "2", "500m" or "4Gi"; ' +
        'write a number with at most one unit behind it, without a space, "4Gi" and not "4 GB"',
    ],
  ])("refuses %s at plan with what is wrong, and no more", (name, value, problem) => {
    const { validation } = (stackOf(path).toModule().variable as Record<string, { validation: Validation[] }>)[name];
    const scope = { var: { [name]: value } };
    expect(validation.map(({ condition }) => evaluate(condition, scope))).toEqual([false]);
    expect(validation.map(({ error_message }) => evaluate(error_message, scope))).toEqual([problem]);
    expect(validation.map(({ condition }) => evaluate(condition, { var: { [name]: {} } }))).toEqual([true]);
  });

  test("refuses a pool without a class or one that drains too long, a class that lacks something, and what the release does not know at plan", () => {
    expect(stackOf(path).toModule().output).toMatchObject({
      release_name: {
        precondition: [...nodePoolsPreconditions, ...needsPreconditions(moduleSpelling), linePrecondition],
      },
    });
    expect(stackOf(path).toModule().locals).toEqual(lineLocals(moduleSpelling));
  });
});

describe("a module that has a chart", () => {
  test.each<[string, OwnChart]>([
    ["modules/node-pools", "node-pools"],
    ["modules/controller", "guard"],
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

describe("the module aws-auth", () => {
  test("writes the mappings it is given, and may be told to drop others", () => {
    const synthesized = moduleAt("modules/aws-auth");
    expect(synthesized.local("aws_auth_wanted")).toBe("${var.map_roles}");
    expect(synthesized.resource("helm_release", "aws_auth")).toMatchObject({
      chart: "${path.module}/charts/aws-auth",
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
