/** Objects as Helm makes them of a chart that ships with this package: what an apply would install. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { chartFolder } from "../../lib/kubernetes/packaged-chart";
import type { Fields } from "../../lib/terraform/known-values";
import { isFields } from "../../lib/terraform/known-values";
import { UserError } from "../../stacks/user-error";
import { escaped } from "./yaml";

/**
 * Renders the chart of NodePools, EC2NodeClasses, NodeOverlays and CapacityBuffers.
 *
 * @throws UserError where there is no Helm, or where it refuses the values
 */
export function helmTemplate(values: Fields, namespace: string): Fields[] {
  const folder = mkdtempSync(join(tmpdir(), "cdktf-karpenter-"));
  try {
    const file = join(folder, "values.json");
    writeFileSync(file, escaped(JSON.stringify(values)));
    const chart = ["karpenter-node-pools", chartFolder("node-pools")];
    const { error, status, stdout, stderr } = spawnSync(
      "helm",
      ["template", ...chart, "--namespace", namespace, "--values", file],
      { encoding: "utf8", maxBuffer: Infinity, env: process.env },
    );
    if (error !== undefined) {
      throw new UserError("helm", [
        `it cannot be run (${error.message}), but renders the chart that makes the objects; install Helm 3 or later, or name its folder in PATH`,
      ]);
    }
    if (status !== 0) {
      throw new UserError("helm", [stderr.trim()]);
    }
    return parseAllDocuments(stdout)
      .map((document): unknown => document.toJS())
      .filter(isFields);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
