import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeModule } from "../lib/module/writer";
import { copyFolder, mirrorFolder, writeIfChanged } from "./folders";
import { publishedModules } from "../modules";

/** The folder of the published modules, below the project's. */
export const PUBLISHED_FOLDER = "terraform-aws-karpenter";

/** Where the examples of the published modules are written by hand. */
const EXAMPLES = join("examples", "terraform");
const LICENSE = "LICENSE";

/**
 * Makes the published folder anew from the constructs, with the hand-written examples and the licence: whatever else is
 * in it is removed, and what stays the same is not touched.
 *
 * @param project the project's folder
 */
export function writePublishedFolder(project: string): void {
  const staging = mkdtempSync(join(tmpdir(), "cdktf-karpenter-"));
  try {
    publishedModules().forEach((module) => writeModule(module, staging));
    copyFolder(join(project, EXAMPLES), join(staging, "examples"));
    if (existsSync(join(project, LICENSE))) {
      writeIfChanged(join(staging, LICENSE), readFileSync(join(project, LICENSE)));
    }
    const published = join(project, PUBLISHED_FOLDER);
    mkdirSync(published, { recursive: true });
    mirrorFolder(staging, published);
  } finally {
    rmSync(staging, { recursive: true });
  }
}
