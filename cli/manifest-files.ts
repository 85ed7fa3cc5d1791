/** Kubernetes objects in YAML files, one by one, with where each stands. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { DocumentOptions, SchemaOptions, Tags } from "yaml";
import { parseAllDocuments } from "yaml";
import { flattened, isFields } from "../lib/terraform/known-values";
import type { Finding } from "./finding";

/** kubectl reads YAML 1.1, where `yes` is true, but knows neither dates nor numbers of base 60. */
const AS_KUBECTL: DocumentOptions & SchemaOptions = {
  version: "1.1",
  merge: true,
  customTags: (tags): Tags =>
    tags.filter(
      (tag) => typeof tag === "string" || (tag.tag !== "tag:yaml.org,2002:timestamp" && tag.format !== "TIME"),
    ),
};

/** An object in a file. */
export interface FileObject {
  /** The file, and the number of the document where it has several. */
  readonly where: string;
  readonly object: Readonly<Record<string, unknown>>;
}

/** What was read, and what could not be. */
export interface ReadFiles {
  readonly objects: readonly FileObject[];
  readonly findings: readonly Finding[];
}

/** Reads files, and all YAML and JSON files below folders; `-` is the standard input. */
export function readObjects(paths: readonly string[]): ReadFiles {
  const read = paths.flatMap((path) => {
    try {
      return filesOf(path).map((file) => objectsIn(file === "-" ? "standard input" : file, textOf(file)));
    } catch (error) {
      const text = `cannot be read: ${(error as Error).message}`;
      return [{ objects: [], findings: [{ severity: "error" as const, where: path, text }] }];
    }
  });
  return { objects: read.flatMap(({ objects }) => objects), findings: read.flatMap(({ findings }) => findings) };
}

/** The objects in a text of YAML: a list or an object of kind List is several. */
export function objectsIn(name: string, text: string): ReadFiles {
  const all = [...parseAllDocuments(text, AS_KUBECTL)];
  const where = (index: number): string => (all.length > 1 ? `${name}, document ${index + 1}` : name);
  return {
    objects: all.flatMap((document, index) =>
      document.errors.length > 0
        ? []
        : flattened(document.toJS()).map((object) => ({ where: where(index), object: isFields(object) ? object : {} })),
    ),
    findings: all.flatMap((document, index) =>
      document.errors.map(({ message }) => ({
        severity: "error" as const,
        where: where(index),
        text: `is no YAML: ${message.split("\n")[0]}`,
      })),
    ),
  };
}

function filesOf(path: string): string[] {
  if (path === "-" || !statSync(path).isDirectory()) {
    return [path];
  }
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .sort()
    .map((name) => join(path, name));
}

function textOf(path: string): string {
  return readFileSync(path === "-" ? 0 : path, "utf8");
}
