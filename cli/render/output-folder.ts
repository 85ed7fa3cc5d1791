/** A folder of rendered files: what is in it and was not rendered is never touched. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../stacks/user-error";
import { yamlDocument } from "./yaml";

/** Something to write, and the file's name. */
export interface RenderedFile {
  readonly name: string;
  readonly content: unknown;
}

/** The first line of each file, by which it is known again. */
const COMMENT = "Written by cdktf-karpenter render; edit what it was rendered from.";

/** A file of one object, `nodepool_default.yaml`; no other file of ours has such a name. */
const OF_OBJECT = /^[a-z]+_[^/]+\.yaml$/;

/**
 * Writes files, and removes those of objects that an earlier call has written and that there are none of any more.
 *
 * @returns what was done, one line a file
 * @throws UserError, and writes nothing, where a file of another author would be lost
 */
export function writeOutput(folder: string, files: readonly RenderedFile[]): string[] {
  const others = files.filter(({ name }) => existsSync(join(folder, name)) && !isOurs(join(folder, name)));
  if (others.length > 0) {
    throw new UserError(
      folder,
      others.map(({ name }) => `${name} was not written by render; remove it, or name another folder as --output`),
    );
  }
  mkdirSync(folder, { recursive: true });
  const stale = readdirSync(folder).filter(
    (name) =>
      OF_OBJECT.test(name) &&
      files.some((file) => OF_OBJECT.test(file.name)) &&
      files.every((file) => file.name !== name) &&
      isOurs(join(folder, name)),
  );
  files.forEach(({ name, content }) => writeFileSync(join(folder, name), yamlDocument(content, COMMENT)));
  stale.forEach((name) => rmSync(join(folder, name)));
  return [
    ...files.map(({ name }) => `wrote ${join(folder, name)}`),
    ...stale.map((name) => `removed ${join(folder, name)}`),
  ];
}

function isOurs(file: string): boolean {
  return readFileSync(file, "utf8").startsWith(`# ${COMMENT}\n`);
}
