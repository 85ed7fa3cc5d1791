/** Names that no input has, put to real Terraform and OpenTofu: a plan names the path and the likely word that synth names. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { isFields } from "../../lib/terraform/known-values";
import { snakeCase } from "../../lib/terraform/readable-stack";
import { Terraform } from "../cloud/terraform";
import { installOpenTofu, installTerraformFloor, TERRAFORM_FLOOR } from "../cloud/terraform-floor";
import { copyModules } from "../support/account";
import { UNKNOWN_NAMES } from "./unknown-names";

/** Whether one path is the other, or leads to it. */
function meet(one: string, other: string): boolean {
  const [short, long] = [one, other].sort((a, b) => a.length - b.length);
  return long === short || (long.startsWith(short) && /^[.[]/.test(long.slice(short.length)));
}

/** Both values in one, a list's items by their place; undefined where both say something of one place. */
function merged(one: unknown, other: unknown): unknown {
  const isList = Array.isArray(one) && Array.isArray(other);
  if (!isList && !(isFields(one) && isFields(other))) {
    return one === other ? one : undefined;
  }
  const both: Record<string, unknown> = { ...(one as object) };
  for (const [key, value] of Object.entries(other as object)) {
    both[key] = key in both ? merged(both[key], value) : value;
    if (both[key] === undefined) {
      return undefined;
    }
  }
  return isList ? Object.values(both) : both;
}

/** The table in few values: a plan evaluates the whole check for each of them, and tells all that is wrong in one. */
const WRONG_TOGETHER = UNKNOWN_NAMES.reduce<{ name: string; value: unknown; paths: string[] }[]>((inputs, item) => {
  const name = snakeCase(item.input);
  for (const one of inputs) {
    const value =
      one.name === name && !one.paths.some((path) => meet(path, item.path)) ? merged(one.value, item.value) : undefined;
    if (value !== undefined) {
      Object.assign(one, { value, paths: [...one.paths, item.path] });
      return inputs;
    }
  }
  return [...inputs, { name, value: item.value, paths: [item.path] }];
}, []);

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
    await writeFile(join(folder, "inputs.json"), JSON.stringify({ ...WRONG_TOGETHER }));
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
