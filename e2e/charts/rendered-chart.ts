/** A chart as helm renders it. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";

import { helm } from "../cloud/helm-cli";

/** Anything of a Kubernetes object. */
export type Json = Record<string, unknown>;

/** An object of Kubernetes. */
export interface Rendered extends Json {
  readonly kind: string;
  readonly metadata: Json & { readonly name: string; readonly namespace?: string };
}

/** What to render: a chart, the values after each other, and where to. */
export interface Rendering {
  readonly name: string;
  readonly chart: string;
  readonly namespace?: string;
  readonly values?: readonly string[];
  /** APIs that the cluster knows beside Kubernetes' own. */
  readonly apis?: readonly string[];
}

/** Every object that the chart makes. */
export async function renderChart({ name, chart, namespace, values = [], apis = [] }: Rendering): Promise<Rendered[]> {
  const folder = await mkdtemp(join(tmpdir(), "chart-test-"));
  try {
    const files = await Promise.all(
      values.map(async (text, index) => {
        const file = join(folder, `${index}.yaml`);
        await writeFile(file, text);
        return ["--values", file];
      }),
    );
    const { stdout } = await helm([
      ...["template", name, chart, "--skip-crds", "--namespace", namespace ?? "karpenter"],
      ...files.flat(),
      ...apis.flatMap((api) => ["--api-versions", api]),
    ]);
    return parseAllDocuments(stdout).flatMap((document) => {
      const object = document.toJS() as Rendered | null;
      return object === null ? [] : [object];
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The only object of a kind. */
export function theOnly(kind: string, objects: readonly Rendered[]): Rendered {
  const found = objects.filter((object) => object.kind === kind);
  if (found.length !== 1) {
    throw new Error(`${found.length} objects are a ${kind}`);
  }
  return found[0] as Rendered;
}
