/** Sentences about the inputs of a construct as sentences about files. */
import type { Finding } from "./finding";
import type { FileObject } from "./manifest-files";

/**
 * A finding with the object that it is about.
 *
 * @param files the objects that are `manifests` to the construct, in their order
 * @param words inputs by what stands for them here
 * @param elsewhere what a finding is about that is about none of the objects
 */
export function located(
  { severity, text: sentence }: Pick<Finding, "severity" | "text">,
  files: readonly FileObject[],
  words: Readonly<Record<string, string>> = {},
  elsewhere = "command line",
): Finding {
  const [, first] = /"manifests\[(\d+)\]/.exec(sentence) ?? [];
  const own = first === undefined ? undefined : files[Number(first)];
  const text = sentence
    .replace(/"manifests\[(\d+)\]\.?([^"]*)"/g, (_, index: string, path: string) =>
      index === first
        ? `"${path === "" ? titleOf(files[Number(index)]) : path}"`
        : `"${path}" of ${placeOf(files[Number(index)])}`,
    )
    .replace(/"(\w+)"/g, (word, name: string) => (Object.hasOwn(words, name) ? words[name] : word));
  return { severity, where: own === undefined ? elsewhere : placeOf(own), text };
}

/** `NodePool gpu`. */
function titleOf({ object: { kind, metadata } }: FileObject): string {
  const { name } = (metadata ?? {}) as { readonly name?: unknown };
  return [kind, name].filter((word) => typeof word === "string").join(" ") || "object";
}

/** `pools/gpu.yaml: NodePool gpu`. */
export function placeOf(file: FileObject): string {
  return `${file.where}: ${titleOf(file)}`;
}
