import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import type { App } from "cdktf";
import { TerraformAsset, TerraformVariable, Testing } from "cdktf";
import type { ModuleStackProps } from "../../../lib/module";
import { NodePools } from "../../../lib";
import { ModuleFile, ModuleOutput, ModuleStack, ModuleVariable, PROVIDERS } from "../../../lib/module";

const PROPS: ModuleStackProps = {
  title: "A queue",
  description: "Makes a queue.",
  path: "modules/queue",
  providers: [PROVIDERS.aws],
};

function module(props: Partial<ModuleStackProps> = {}, app: App = Testing.app()): ModuleStack {
  const stack = new ModuleStack(app, "queue", { ...PROPS, ...props });
  const name = new ModuleVariable(stack, "name", { type: "string", description: "The name." });
  const queue = new SqsQueue(stack, "Queue", { name: name.stringValue });
  new ModuleOutput(stack, "queue_arn", { description: "The ARN.", value: queue.arn });
  return stack;
}

describe("ModuleStack", () => {
  test("is a module: what it makes, its inputs, its outputs, and what it needs", () => {
    expect(module().toModule()).toEqual({
      terraform: {
        required_version: ">= 1.5.7",
        required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100" } },
      },
      variable: { name: { type: "string", description: "The name.", nullable: false } },
      resource: { aws_sqs_queue: { queue: { name: "${var.name}" } } },
      output: { queue_arn: { value: "${aws_sqs_queue.queue.arn}", description: "The ARN." } },
    });
  });

  test("has no backend, no provider block and no metadata", () => {
    const json = module().toModule();
    expect(json).not.toHaveProperty("provider");
    expect(json.terraform).not.toHaveProperty("backend");
    expect(JSON.stringify(json)).not.toContain('"//"');
  });

  test("tells nothing of the machine that it was made on", () => {
    const app = Testing.app();
    const json = JSON.stringify(module({}, app).toModule());
    expect(json).not.toContain(app.outdir);
    expect(json).not.toContain(process.cwd());
  });

  test("names each provider by its full source, from a version on", () => {
    const providers = [PROVIDERS.aws, { name: "helm", source: "hashicorp/helm", version: ">= 3.1" }];
    expect((module({ providers }).toModule().terraform as { required_providers: unknown }).required_providers).toEqual({
      aws: { source: "hashicorp/aws", version: ">= 5.100" },
      helm: { source: "hashicorp/helm", version: ">= 3.1" },
    });
  });

  test("states every move of a resource", () => {
    const stack = module();
    stack.addMoved({ from: "aws_sqs_queue.old", to: "aws_sqs_queue.queue" });
    stack.addMoved({ from: "aws_sqs_queue.older", to: "aws_sqs_queue.old" });
    expect(stack.toModule().moved).toEqual([
      { from: "aws_sqs_queue.old", to: "aws_sqs_queue.queue" },
      { from: "aws_sqs_queue.older", to: "aws_sqs_queue.old" },
    ]);
  });

  test("knows its inputs in the order they were declared", () => {
    const stack = module();
    new ModuleVariable(stack, "a_later_one", { type: "string", description: "x" });
    expect(stack.variables.map(({ name }) => name)).toEqual(["name", "a_later_one"]);
  });

  test("gives the same module every time it is asked", () => {
    const stack = module();
    expect(stack.toModule()).toEqual(stack.toModule());
  });

  test("has what ships with it beside its file, also by cdktf's own app.synth()", () => {
    const app = Testing.app();
    const stack = module({ providers: [PROVIDERS.aws, PROVIDERS.helm] }, app);
    new NodePools(stack, "pools", {
      nodePools: { default: {} },
      nodeClasses: {},
      existingNodeClasses: ["default"],
    });
    new ModuleFile(stack, "types", { path: "types/a.json", content: "{}" });
    app.synth();
    const folder = join(app.outdir, "stacks", "queue");
    expect(readFileSync(join(folder, "types/a.json"), "utf8")).toBe("{}");
    const { resource } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as {
      resource: { helm_release: { pools: { chart: string } } };
    };
    const { chart } = resource.helm_release.pools;
    expect(chart).toMatch(/^\$\{path\.module\}\//);
    expect(existsSync(join(folder, chart.replace("${path.module}", "."), "Chart.yaml"))).toBe(true);
  });

  test("refuses an asset of cdktf, whose path a caller of the module does not have", () => {
    const stack = module();
    new TerraformAsset(stack, "asset", { path: __filename });
    expect(() => stack.toModule()).toThrow(
      '"queue/asset" is a TerraformAsset, but a module can only carry files that lie beside its own; take a ModuleAsset, whose ' +
        "modulePath begins with path.module",
    );
  });

  test("lets cdktf's own app.synth() pass without a backend", () => {
    const app = Testing.app();
    module({}, app);
    expect(() => app.synth()).not.toThrow();
  });

  test("fails when two resources would share an address", () => {
    const stack = module();
    new SqsQueue(stack, "queue", {});
    expect(() => stack.toModule()).toThrow('two constructs would share the Terraform address "aws_sqs_queue.queue"');
  });

  test("fails when a resource's provider is not required", () => {
    expect(() => module({ providers: [] }).toModule()).toThrow(/provider/);
  });

  // https://github.com/hashicorp/terraform-cdk/issues/2473
  test("stands in for cdktf's own variable, which cannot hold a null default", () => {
    const stack = module();
    new TerraformVariable(stack, "broken", { type: "string", default: null });
    expect(() => stack.toModule()).toThrow(TypeError);
  });
});
