/** `render`: what an apply would put into the cluster, as files for a GitOps controller. */
import type { Fields } from "../../lib/terraform/known-values";
import { UserError } from "../../stacks/user-error";
import type { Finding } from "../finding";
import { located } from "../located";
import type { FileObject } from "../manifest-files";
import { argoCdPatch, fluxConfigMap } from "./gitops-metadata";
import { helmTemplate } from "./helm-template";
import { installationOf } from "./installation";
import type { RenderedFile } from "./output-folder";
import { renderInput } from "./render-input";

/** What may be rendered of an installation. */
export const FORMS = ["objects", "values", "argo-cd", "flux"] as const;

/** What is rendered. */
export interface RenderOptions {
  /** The cluster of the clusters file, by its stack or its name. */
  readonly cluster?: string;
  readonly as: (typeof FORMS)[number];
}

/** What came of it: no file where anything would not work. */
export interface Rendered {
  readonly files: readonly RenderedFile[];
  readonly findings: readonly Finding[];
}

/** Checks the input and renders it. */
export function render(objects: readonly FileObject[], { cluster, as }: RenderOptions): Rendered {
  try {
    const input = renderInput(objects, cluster);
    const installation = installationOf(input);
    const about = (severity: Finding["severity"]) => (text: string) =>
      located({ severity, text }, input.manifests, {}, "inputs");
    const findings = [...installation.problems.map(about("error")), ...installation.warnings.map(about("warning"))];
    if (installation.problems.length > 0) {
      return { files: [], findings };
    }
    const { namespace, controller, metadata } = installation;
    if (as === "objects") {
      return { files: filesOf(helmTemplate(needed(installation.objects, NO_OBJECTS), namespace)), findings };
    }
    const content = {
      values: () => needed(controller, NO_CLUSTER),
      "argo-cd": () => argoCdPatch(needed(metadata, NO_CLUSTER)),
      flux: () => fluxConfigMap(needed(metadata, NO_CLUSTER)),
    }[as]();
    return { files: [{ name: `${as}.yaml`, content }], findings };
  } catch (error) {
    if (!(error instanceof UserError)) {
      throw error;
    }
    const { source, mistakes } = error;
    return { files: [], findings: mistakes.map((text) => ({ severity: "error", where: source, text })) };
  }
}

const NO_OBJECTS =
  'there is no object to render; give "nodePools", "nodeClasses", "nodeOverlays", "capacityBuffers" or "manifests", or files with objects';
const NO_CLUSTER = 'only a cluster has that; give a file with "clusters" as well';

function needed<T>(value: T | undefined, missing: string): T {
  if (value === undefined) {
    throw new UserError("inputs", [missing]);
  }
  return value;
}

/** A file for each object; no part of its name has an underscore itself. */
function filesOf(objects: readonly Fields[]): RenderedFile[] {
  return objects.map((content) => {
    const { namespace, name } = content.metadata as { readonly namespace?: string; readonly name: string };
    const parts = [String(content.kind).toLowerCase(), namespace, name].filter((part) => part !== undefined);
    return { name: `${parts.join("_")}.yaml`, content };
  });
}
