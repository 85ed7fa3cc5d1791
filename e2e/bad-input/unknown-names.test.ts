/** Names that no input has, put to real Terraform and OpenTofu: a plan names the path and the likely word that synth names. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { snakeCase } from "../../lib/terraform/readable-stack";
import { Terraform } from "../cloud/terraform";
import { installOpenTofu, installTerraformFloor, TERRAFORM_FLOOR } from "../cloud/terraform-floor";
import { copyModules } from "../support/account";
import { UNKNOWN_NAMES } from "./unknown-names";
import { UNKNOWN_TOGETHER } from "./unknown-together";

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

/** Each is asked once for all of them: they differ in what they evaluate, and in what they make of an error. */
const PROGRAMS: readonly [string, (() => Promise<string>)?][] = [
  ["the machine's Terraform"],
  [`Terraform ${TERRAFORM_FLOOR}`, installTerraformFloor],
  ["OpenTofu", installOpenTofu],
];

describe.each(PROGRAMS)("with %s, a name that is not known, or a value of a wrong type", (_, install) => {
  let folder: string;
  let terraform: Terraform;
  let errors = "";

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "karpenter-unknown-names-"));
    await copyModules(join(folder, "input-check"), "modules/input-check");
    await writeFile(join(folder, "main.tf"), ROOT);
    await writeFile(
      join(folder, "inputs.json"),
      JSON.stringify({ ...UNKNOWN_TOGETHER.map(({ input, value }) => ({ name: snakeCase(input), value })) }),
    );
    terraform = await Terraform.in({ folder, binary: await install?.() });
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
