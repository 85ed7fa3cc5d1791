/** What only an apply knows, and what must not be shown, is no bad input: the rules wait, and say nothing of it. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { karpenterCharts } from "../cloud/charts";
import { standInMirrors } from "../cloud/stand-in-providers";
import { Terraform } from "../cloud/terraform";
import { copyModules } from "../support/account";

const ROOT = (charts: string): string => `
resource "terraform_data" "later" {
  input = "arn:aws:iam::123456789012:role/karpenter"
}

variable "secret" {
  sensitive = true
  default   = "replicas: 1"
}

module "controller" {
  source                 = "./karpenter/modules/controller"
  chart_repository       = "${charts}"
  cluster_name           = "prod"
  controller_role_arn    = terraform_data.later.output
  controller_size        = { cpu = terraform_data.later.id }
  controller_tolerations = [{ key = terraform_data.later.id }]
  service_monitor_labels = { release = terraform_data.later.id }
  controller_helm_values = [yamlencode({ podLabels = { a = terraform_data.later.id } }), var.secret]
}

module "node_pools" {
  source = "./karpenter/modules/node-pools"
  node_pools = {
    default = {
      limits       = { cpu = terraform_data.later.id }
      disruption   = { budgets = [{ nodes = terraform_data.later.id }] }
      requirements = [{ key = "a", operator = "In", values = [terraform_data.later.id] }]
    }
  }
  node_classes = {
    default = {
      amiFamily        = "AL2023"
      amiSelectorTerms = [{ id = terraform_data.later.id }]
      role             = terraform_data.later.id
      spec             = { context = terraform_data.later.id }
      userData         = var.secret
    }
  }
}
`;

describe("values that only an apply knows, and secret ones", () => {
  let folder: string;
  let terraform: Terraform;

  afterAll(async () => {
    await terraform?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("pass the rules of the controller and of the NodePools at plan", async () => {
    folder = await mkdtemp(join(tmpdir(), "karpenter-unknown-"));
    await copyModules(join(folder, "karpenter"));
    await writeFile(join(folder, "main.tf"), ROOT(dirname((await karpenterCharts("1.14.3")).karpenter)));
    terraform = await Terraform.in({ folder, mirrors: await standInMirrors() });
    await terraform.init();
    const { json } = await terraform.plan();
    expect((json.resource_changes ?? []).map(({ type }) => type).sort()).toEqual([
      "helm_release",
      "helm_release",
      "helm_release",
      "helm_release",
      "terraform_data",
    ]);
  });
});
