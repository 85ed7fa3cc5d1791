import { drawGraph, embedGraph } from "../../scripts/draw-graph";
import type { SynthesizedModule } from "../../scripts/module-graph";
import { moduleGraph } from "../../scripts/module-graph";

/** A module of one provider with one resource of a type. */
function part(name: string, provider: string, type: string): SynthesizedModule {
  return {
    path: `modules/${name}`,
    json: { terraform: { required_providers: { [provider]: {} } }, resource: { [type]: { this: {} } } },
  };
}

const role = part("role", "aws", "aws_iam_role");
const queue = part("queue", "aws", "aws_sqs_queue");
const chart = part("chart", "helm", "helm_release");

/** The picture of a root module that makes these calls. */
function drawn(calls: Record<string, object>, root: object = {}): string {
  return drawGraph(moduleGraph([{ path: "", json: { module: calls, ...root } }, role, queue, chart]));
}

describe("the picture of the root module", () => {
  it("shows each part with what it makes, below where it makes it", () => {
    const picture = drawn({ role: { source: "./modules/role" }, chart: { source: "./modules/chart" } });
    expect(picture).toContain('  subgraph aws["AWS"]\n    role["<b>role</b><br/>IAM role"]\n  end');
    expect(picture).toContain('  subgraph helm["Kubernetes"]\n    chart["<b>chart</b><br/>Helm release"]\n  end');
  });

  it("leads from the part that gives a value to the part that takes it, and names the value", () => {
    const picture = drawn({
      role: { source: "./modules/role" },
      chart: { source: "./modules/chart", role: "${var.on ? module.role[0].role_arn : null}" },
    });
    expect(picture).toContain("role -->|role_arn| chart");
  });

  it("finds a value that is handed on by locals", () => {
    const picture = drawn(
      { queue: { source: "./modules/queue" }, chart: { source: "./modules/chart", queue: "${local.name}" } },
      { locals: { name: "${local.given}", given: "${module.queue.queue_name}" } },
    );
    expect(picture).toContain("queue -->|queue_name| chart");
  });

  it("names no value where it is just an order, or there are several", () => {
    const picture = drawn({
      role: { source: "./modules/role" },
      queue: { source: "./modules/queue", depends_on: ["module.role"] },
      chart: { source: "./modules/chart", a: "${module.queue.queue_name}", b: "${module.queue.queue_arn}" },
    });
    expect(picture).toContain("role --> queue\n");
    expect(picture).toContain("queue --> chart\n");
  });

  it("leaves out what follows from other arrows", () => {
    const picture = drawn({
      role: { source: "./modules/role" },
      queue: { source: "./modules/queue", role: "${module.role.arn}" },
      chart: { source: "./modules/chart", role: "${module.role.arn}", queue: "${module.queue.arn}" },
    });
    expect(picture.match(/-->.*/g)).toEqual(["-->|arn| queue", "-->|arn| chart"]);
  });

  it("shows a resource of the root itself where a part depends on it, and no other", () => {
    const picture = drawn(
      { chart: { source: "./modules/chart", depends_on: ["terraform_data.needs"] } },
      { resource: { terraform_data: { needs: {}, unused: {} } } },
    );
    expect(picture).toContain('needs(["needs"])');
    expect(picture).toContain("needs --> chart");
    expect(picture).not.toContain("unused");
  });

  it("takes Terraform's own word for what it has none for", () => {
    const topic = part("topic", "aws", "aws_sns_topic");
    const root = { path: "", json: { module: { topic: { source: "./modules/topic" } } } };
    expect(drawGraph(moduleGraph([root, topic]))).toContain("<b>topic</b><br/>aws_sns_topic");
  });

  it("refuses a call of a module that is not there", () => {
    expect(() => drawn({ other: { source: "./modules/other" } })).toThrow('"module.other"');
  });

  it("goes below its comment in a page, in the place of the one before", () => {
    const page = "# Page\n\n<!-- graph -->\n```mermaid\nold\n```\n\nText.\n";
    expect(embedGraph(page, () => "new\n")).toBe("# Page\n\n<!-- graph -->\n```mermaid\nnew\n```\n\nText.\n");
  });
});
