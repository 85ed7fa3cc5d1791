/** Whole NodePools, EC2NodeClasses, NodeOverlays and CapacityBuffers as people keep them: our own beside this file, and Karpenter's examples. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { parseAllDocuments } from "yaml";

import { goModule } from "../cloud/go-install";

/** An object of the corpus. */
export interface CorpusObject {
  /** `gpu.yaml`, and which of its documents. */
  readonly title: string;
  readonly object: Readonly<Record<string, unknown>>;
}

/** The folder with our own files. */
export const MANIFESTS = __dirname;

/** The releases whose examples belong to the corpus. */
export const EXAMPLE_RELEASES = ["1.14.3", "1.15.1"] as const;

const KINDS: readonly unknown[] = ["NodePool", "EC2NodeClass", "NodeOverlay", "CapacityBuffer", "PodTemplate"];

/** Our own, in the shapes that people use. A List is taken apart. */
export function ownManifests(): Promise<CorpusObject[]> {
  return objectsIn(MANIFESTS);
}

/** Whether an object is right: the API server refuses one of the examples, whose class is of "karpenter.k8s.aws/v1" instead of a group. */
export const isRight = ({ title, object }: CorpusObject): boolean =>
  !(title.startsWith("v1/windows-custom-userdata.yaml") && object.kind === "NodePool");

/** Every NodePool, EC2NodeClass and NodeOverlay under `examples` of a release; workloads are left out. */
export async function exampleManifests(release: string): Promise<CorpusObject[]> {
  return objectsIn(join(await goModule("github.com/aws/karpenter-provider-aws", `v${release}`), "examples"));
}

async function objectsIn(folder: string): Promise<CorpusObject[]> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".yaml")).sort();
  const found = await Promise.all(
    files.map(async (file) =>
      parseAllDocuments(await readFile(join(folder, file), "utf8"))
        .flatMap((document) => itemsOf(document.toJS()))
        .map((object, index) => ({ title: `${file}, ${index}`, object })),
    ),
  );
  return found.flat().filter(({ object }) => KINDS.includes(object.kind));
}

function itemsOf(object: CorpusObject["object"] | null): CorpusObject["object"][] {
  return object === null ? [] : object.kind === "List" ? (object.items as CorpusObject["object"][]) : [object];
}
