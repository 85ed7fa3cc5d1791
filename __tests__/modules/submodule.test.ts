import { Testing } from "cdktf";
import { ModuleOutput, ModuleStack, ModuleVariable, PROVIDERS } from "../../lib/module";
import { publishedModules } from "../../modules";
import type { SubmoduleProps } from "../../modules/submodule";
import { Submodule } from "../../modules/submodule";
import { render } from "../support/stack";
import { variableFlag } from "../support/tokens";

function stackOf(path: string, inputs: readonly string[]): ModuleStack {
  const stack = new ModuleStack(Testing.app(), "a-module", {
    title: "",
    description: "",
    path,
    providers: [PROVIDERS.aws],
  });
  inputs.forEach((name) => new ModuleVariable(stack, name, { type: "string", description: "x" }));
  return stack;
}

/** The call of a part with the inputs `name` and `tags`, and outputs that read it. */
function call(props: Partial<SubmoduleProps> = {}) {
  const root = stackOf("", ["name", "tags"]);
  const part = new Submodule(root, "part", { module: stackOf("modules/part", ["name", "tags"]), ...props });
  new ModuleOutput(root, "arn", { description: "x", value: part.output("arn") });
  new ModuleOutput(root, "arn_or", { description: "x", value: part.output("arn", "mine") });
  new ModuleOutput(root, "arns", { description: "x", value: part.all("arn") });
  const json = root.toModule() as { module: Record<string, unknown>; output: Record<string, { value: unknown }> };
  return { block: json.module.part, output: (name: string) => json.output[name].value };
}

describe("Submodule", () => {
  test("passes every input of the part on by its name", () => {
    expect(call().block).toEqual({ source: "./modules/part", name: "${var.name}", tags: "${var.tags}" });
  });

  test("passes what it is told instead", () => {
    expect(call({ inputs: { name: "other" } }).block).toMatchObject({ name: "other", tags: "${var.tags}" });
  });

  test("is read directly when it is there", () => {
    const { output } = call();
    expect([output("arn"), output("arn_or"), output("arns")]).toEqual([
      "${module.part.arn}",
      "${module.part.arn}",
      "${[module.part.arn]}",
    ]);
  });

  test("is counted where Terraform decides, and read by output: who reads one does not wait for the others", () => {
    const { block, output } = call({ condition: variableFlag("create") });
    expect(block).toMatchObject({ count: "${var.create ? 1 : 0}" });
    expect([output("arn"), output("arn_or"), output("arns")]).toEqual([
      "${var.create ? module.part[0].arn : null}",
      '${var.create ? module.part[0].arn : "mine"}',
      "${var.create ? [module.part[0].arn] : []}",
    ]);
  });

  test("fails on an input that the part does not have", () => {
    expect(() => call({ inputs: { nmae: "x" } })).toThrow(
      '"inputs" of the submodule "part" has "nmae", but must only have name, tags',
    );
  });
});

describe("the root module", () => {
  const [root, ...parts] = publishedModules();
  const calls = root.toModule().module as Record<string, Record<string, unknown>>;

  test("calls every part by its folder", () => {
    expect(
      Object.values(calls)
        .map(({ source }) => source)
        .sort(),
    ).toEqual(
      parts
        .filter(({ props }) => Object.values(calls).some(({ source }) => source === `./${props.path}`))
        .map(({ props }) => `./${props.path}`)
        .sort(),
    );
    expect(Object.keys(calls).sort()).toEqual([
      "controller",
      "controller_identity",
      "discovery_tags",
      "fargate_logging",
      "fargate_profile",
      "input_check",
      "interruption_queue",
      "monitoring",
      "node_identity",
      "node_pools",
    ]);
  });

  test("checks its inputs itself, and tells the parts that check the same ones not to", () => {
    const checking = parts.filter(({ variables }) => variables.some(({ name }) => name === "check_inputs"));
    expect(checking.map(({ props }) => props.path).sort()).toEqual([
      "modules/controller",
      "modules/controller-identity",
      "modules/fargate-profile",
      "modules/interruption-queue",
      "modules/node-pools",
    ]);
    const told = Object.values(calls).filter(({ check_inputs }) => check_inputs === false);
    expect(told.map(({ source }) => source).sort()).toEqual(checking.map(({ props }) => `./${props.path}`).sort());
  });

  test("passes on only inputs of its own", () => {
    const own = root.variables.map(({ name }) => name);
    const passed = [...JSON.stringify(calls).matchAll(/var\.(\w+)/g)].map(([, name]) => name);
    expect(passed.filter((name) => !own.includes(name))).toEqual([]);
  });

  test("makes the parts that its toggles ask for", () => {
    const counts = Object.entries(calls).map(([name, { count }]) => [name, count]);
    expect(Object.fromEntries(counts)).toEqual({
      controller: "${var.install_controller ? 1 : 0}",
      controller_identity: "${var.create_controller_role ? 1 : 0}",
      discovery_tags: undefined,
      fargate_logging: '${(var.create_fargate_profile && var.fargate_logging == "managed") ? 1 : 0}',
      fargate_profile: "${var.create_fargate_profile ? 1 : 0}",
      input_check: undefined,
      interruption_queue:
        "${(var.interruption_handling && (var.create_interruption_queue || coalesce(var.create_event_rules, false))) ? 1 : 0}",
      monitoring: "${(var.prometheus_rule || var.grafana_dashboard) ? 1 : 0}",
      node_identity: undefined,
      node_pools:
        "${coalesce(var.create_node_pools, (sum([try(length(var.node_pools), 0), try(length(var.node_classes), 0), " +
        "try(length(var.node_overlays), 0), try(length(var.capacity_buffers), 0), try(length(var.manifests), 0)]) > 0)) ? 1 : 0}",
    });
  });

  test("holds its inputs with objects against their rules, and passes on what came through, so that no part does it again", () => {
    const { for_each, source, karpenter_version } = calls.input_check;
    expect({ source, karpenter_version }).toEqual({
      source: "./modules/input-check",
      karpenter_version: "${var.karpenter_version}",
    });
    const checked = [...String(for_each).matchAll(/"(\w+)" = (?:var|local)\.\1\b/g)].map(([, name]) => name);
    const withObjects = root.variables.filter(({ props }) => props.type === "any").map(({ name }) => name);
    expect([...checked].sort()).toEqual(withObjects.sort());
    const inputs = Object.entries(calls).filter(([part]) => part !== "input_check");
    expect(
      inputs.filter(([, call]) => "check_inputs" in call).map(([part, call]) => [part, call.check_inputs]),
    ).toEqual([
      ["interruption_queue", false],
      ["controller_identity", false],
      ["fargate_profile", false],
      ["controller", false],
      ["node_pools", false],
    ]);
    // Whether there is a part at all is decided by what is given.
    const passed = JSON.stringify(inputs.map(([, call]) => ({ ...call, count: undefined })));
    const unchecked = checked.filter((name) => new RegExp(`\\bvar\\.${name}\\b`).test(passed));
    expect(unchecked).toEqual([]);
  });

  test("has no controller before what it needs, no NodePool before the controller, and waits for no queue's policy", () => {
    expect(calls.controller.depends_on).toEqual([
      "aws_iam_service_linked_role.spot",
      "module.controller_identity",
      "module.fargate_profile",
      "module.fargate_logging",
      "module.node_identity",
      "terraform_data.nodes_depend_on",
    ]);
    expect(calls.node_pools.depends_on).toEqual([
      "module.controller",
      "module.discovery_tags",
      "terraform_data.nodes_depend_on",
    ]);
    expect(calls.controller.interruption_queue_name).toBe("${local.interruption_queue_name}");
  });

  test("writes a value that is always there without a detour", () => {
    expect(render("${module.node_identity.node_role_arn}")).toBe(
      (root.toModule().output as Record<string, { value: unknown }>).node_role_arn.value,
    );
  });
});
