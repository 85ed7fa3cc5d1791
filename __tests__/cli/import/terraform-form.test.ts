import type { MovingIn } from "../../../cli/import/moving-in";
import { movingIn } from "../../../cli/import/moving-in";
import type { StateObject } from "../../../cli/import/state";
import type { TerraformFormOptions } from "../../../cli/import/terraform-form";
import { terraformForm } from "../../../cli/import/terraform-form";
import { BY_HAND, object, policy, stateOfObjects } from "../../support/states";

const OPTIONS: TerraformFormOptions = {
  moduleName: "karpenter",
  moduleSource: "./modules/karpenter",
  sameState: true,
  terraformVersion: "1.11.4",
};
const moving = (...more: readonly StateObject[]): MovingIn => movingIn(stateOfObjects(...BY_HAND, ...more));
const written = (options: Partial<TerraformFormOptions> = {}) => terraformForm(moving(), { ...OPTIONS, ...options });

describe("a move as Terraform", () => {
  test("calls the module with the inputs in its words, aligned", () => {
    const document = policy({ Action: "a:B", Resource: "*" });
    const audit = object("aws_iam_role_policy.audit", { role: "scaler", name: "audit", policy: document });
    const call = terraformForm(moving(audit), OPTIONS).files["karpenter.tf"];
    expect(call).toMatch(
      /^module "karpenter" \{\n {2}source = "\.\/modules\/karpenter"\n\n {2}cluster_name {11}= "prod"\n/,
    );
    expect(call).toContain('  fargate_selectors             = [{ namespace = "karpenter" }]\n');
    expect(call).toContain(
      '  controller_inline_policies = {\n    audit = jsonencode({ Version = "2012-10-17", Statement = ',
    );
    expect(call).toMatch(/\n\}\n$/);
  });

  test("moves within a state, and forgets what is not taken", () => {
    const { files } = written();
    expect(Object.keys(files)).toEqual(["karpenter.tf", "moved.tf", "removed.tf"]);
    expect(files["moved.tf"]).toContain(
      [
        "moved {",
        '  from = aws_cloudwatch_event_rule.this["spot"]',
        "  to   = module.karpenter.module.interruption_queue[0].aws_cloudwatch_event_rule.interruption_spot_interruption[0]",
        "}",
      ].join("\n"),
    );
    expect(files["removed.tf"]).toBe(
      "removed {\n  from = aws_iam_role_policy.controller\n\n  lifecycle {\n    destroy = false\n  }\n}\n",
    );
  });

  test("imports into another state, and has the old one forget all of it, each resource once", () => {
    const { files } = written({ sameState: false });
    expect(Object.keys(files)).toEqual(["karpenter.tf", "imports.tf", "old-root/removed.tf"]);
    expect(files["imports.tf"]).toContain(
      [
        "import {",
        "  to = module.karpenter.module.node_identity.aws_iam_role_policy_attachment.node_amazon_eks_worker_node_policy[0]",
        '  id = "workers/arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"',
        "}",
      ].join("\n"),
    );
    const removed = [...files["old-root/removed.tf"].matchAll(/from = (.*)/g)].map(([, address]) => address);
    expect(removed).toHaveLength(new Set(removed).size);
    expect(removed).toContain("aws_cloudwatch_event_rule.this");
    expect(removed).toHaveLength(BY_HAND.length);
  });

  test("has commands for a Terraform that knows no removed blocks", () => {
    const { files, commands } = written({ terraformVersion: "1.6.6" });
    expect(Object.keys(files)).toEqual(["karpenter.tf", "moved.tf"]);
    expect(commands).toEqual(["terraform state rm 'aws_iam_role_policy.controller'"]);
  });
});

describe("what an object is imported by", () => {
  test("is what the provider asks of its type", () => {
    const ids = [
      ...terraformForm(moving(), { ...OPTIONS, sameState: false }).files["imports.tf"].matchAll(/id = (.*)/g),
    ];
    expect(ids.map(([, id]) => id)).toEqual([
      '"scaler"',
      '"workers"',
      '"workers/arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"',
      '"prod:karpenter"',
      '"fargate"',
      '"https://sqs.eu-north-1.amazonaws.com/111122223333/prod"',
      '"default/spot"',
      '"default/spot/KarpenterInterruptionQueueTarget"',
    ]);
  });
});
