import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeModule } from "../lib/module/writer";
import { copyFolder, mirrorFolder, writeIfChanged } from "./folders";
import { publishedModules } from "../modules";

/** The folder of the published modules, below the project's. */
export const PUBLISHED_FOLDER = "terraform-aws-karpenter";

/** What is written by hand for the published modules, and where it goes there. */
const BY_HAND: Readonly<Record<string, string>> = {
  [join("examples", "terraform")]: "examples",
  [join("examples", "tests")]: "tests",
  docs: "docs",
};
/** A module as it is named in a registry, which an example beside it has at hand. */
const IN_REGISTRY = /"<namespace>\/karpenter\/aws(?:\/(\/[^"]*))?"/g;
const LICENSE = "LICENSE";

/**
 * Makes the published folder anew from the constructs, with what is written for them by hand and the licence: whatever else is
 * in it is removed, and what stays the same is not touched.
 *
 * @param project the project's folder
 */
export function writePublishedFolder(project: string): void {
  const staging = mkdtempSync(join(tmpdir(), "cdktf-karpenter-"));
  try {
    publishedModules().forEach((module) => writeModule(module, staging));
    Object.entries(BY_HAND).forEach(([from, to]) => copyFolder(join(project, from), join(staging, to), atHome));
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

/** A file as it stands in the published folder: examples there initialize as they are, and links lead to what is there. */
function atHome(path: string, text: string): string {
  return path.endsWith(".tf")
    ? text.replace(IN_REGISTRY, (_, below: string | undefined) => `"../..${below ?? ""}"`)
    : text
        .replace(/\]\(\.\.\/examples\/terraform\//g, "](../examples/")
        .replace(/\]\(\.\.\/README\.md#[^)]*\)/g, "](../README.md)");
}
