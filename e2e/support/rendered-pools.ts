/** What becomes of NodePools on their way to the cluster: real Terraform encodes the values, helm renders the chart. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { TerraformOutput, type TerraformStack, TerraformVariable, Testing } from "cdktf";

import { NodePools, type NodePoolsProps } from "../../lib/kubernetes/node-pools";
import { chartFolder } from "../../lib/kubernetes/packaged-chart";
import { readableStack } from "../../__tests__/support/stack";
import { renderChart, type Rendered } from "../charts/rendered-chart";
import { standInMirrors } from "../cloud/stand-in-providers";
import { Terraform } from "../cloud/terraform";
import { copyModules } from "./account";

/** What the chart makes of values. */
export function renderPools(values: string): Promise<Rendered[]> {
  return renderChart({ name: "karpenter-node-pools", chart: chartFolder("node-pools"), values: [values] });
}

/**
 * The objects that the constructs make, with the values as Terraform encodes them.
 *
 * @param make the properties; what only Terraform knows are variables of the stack, with defaults
 */
export async function renderedByConstructs(make: (stack: TerraformStack) => NodePoolsProps): Promise<Rendered[]> {
  const stack = readableStack();
  const { release } = new NodePools(stack, "pools", { nodePoolsChart: "./chart", ...make(stack) });
  new TerraformOutput(stack, "values", { value: release.valuesInput?.[0] });
  // What is refused is left out of what is synthesized, so it must not be overlooked.
  const { output, variable } = JSON.parse(Testing.synth(stack, true)) as Record<string, unknown>;
  return inFolder(async (folder) => {
    await writeFile(join(folder, "main.tf.json"), JSON.stringify({ output, variable }));
    const terraform = await Terraform.in({ folder });
    await terraform.apply();
    return renderPools(String((await terraform.output()).values));
  });
}

/** A variable with a default, as a token. */
export function known(stack: TerraformStack, name: string, value: unknown): string {
  return new TerraformVariable(stack, name, { default: value }).stringValue;
}

/**
 * The objects that the published module makes of a configuration of Terraform's own language.
 *
 * @param call the inputs of the module, one `name = value` a line
 */
export async function renderedByModule(
  call: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Rendered[]> {
  return inFolder(async (folder) => {
    await copyModules(join(folder, "karpenter"));
    await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
    await writeFile(
      join(folder, "main.tf"),
      `module "pools" {\n  source = "./karpenter/modules/node-pools"\n${call}\n}\n`,
    );
    const terraform = await Terraform.in({ folder, mirrors: await standInMirrors() });
    try {
      await terraform.init();
      const { json } = await terraform.plan();
      const release = json.resource_changes?.find(({ type }) => type === "helm_release");
      return await renderPools((release?.change.after?.values as string[])[0] as string);
    } finally {
      await terraform.close();
    }
  });
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "node-pools-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
