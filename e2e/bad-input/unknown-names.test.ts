/** Names that no input has, put to real Terraform: a plan names the path and the likely word that synth names. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { snakeCase } from "../../lib/terraform/readable-stack";
import { Terraform } from "../cloud/terraform";
import { copyModules } from "../support/account";
import { UNKNOWN_NAMES } from "./unknown-names";

/** Every input of the table, each held against its types by a call of its own. */
const ROOT = `
locals {
  inputs = jsondecode(file("\${path.module}/inputs.json"))
}

module "check" {
  source   = "./input-check"
  for_each = local.inputs
  name     = each.value.name
  value    = each.value.value
}
`;

describe("a name that is not known, or a value of a wrong type", () => {
  let folder: string;
  let terraform: Terraform;
  let errors = "";

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "karpenter-unknown-names-"));
    await copyModules(join(folder, "input-check"), "modules/input-check");
    const inputs = UNKNOWN_NAMES.map(({ input, value }, index) => [index, { name: snakeCase(input), value }]);
    await writeFile(join(folder, "main.tf"), ROOT);
    await writeFile(join(folder, "inputs.json"), JSON.stringify(Object.fromEntries(inputs)));
    terraform = await Terraform.in({ folder });
    await terraform.init();
    errors = await terraform.planErrors();
  });

  afterAll(async () => {
    await terraform?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(UNKNOWN_NAMES)("$title is told by a plan", ({ input, path, says }) => {
    expect(errors).toContain(`"${snakeCase(input)}${path}" ${says}`);
  });
});
