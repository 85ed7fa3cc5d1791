import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What Terraform and git leave in a folder; it is neither copied nor removed. */
const NOT_OURS = /^(\.git|\.terraform|\.terraform\.lock\.hcl|\.terraform\.tfstate.*|.*\.tfstate(\..*)?|.*\.tfplan)$/;

/** Writes a file unless it has that content already, so that its time of change tells of changes only. */
export function writeIfChanged(path: string, content: string | Buffer): void {
  const wanted = Buffer.from(content);
  if (existsSync(path) && readFileSync(path).equals(wanted)) {
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, wanted);
}

/** Makes a folder hold what another one holds and nothing else; what is equal is not touched. */
export function mirrorFolder(from: string, to: string): void {
  const wanted = filesIn(from);
  filesIn(to)
    .filter((file) => !wanted.includes(file))
    .forEach((file) => rmSync(join(to, file)));
  wanted.forEach((file) => writeIfChanged(join(to, file), readFileSync(join(from, file))));
  removeEmptyFolders(to);
}

/** Copies a folder of texts into another one, each as `change` makes it. */
export function copyFolder(from: string, to: string, change = (_path: string, text: string): string => text): void {
  filesIn(from).forEach((file) => writeIfChanged(join(to, file), change(file, readFileSync(join(from, file), "utf8"))));
}

/** The files below a folder, by their paths relative to it, sorted. */
export function filesIn(folder: string): string[] {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !NOT_OURS.test(entry.name))
    .flatMap((entry) =>
      entry.isDirectory() ? filesIn(join(folder, entry.name)).map((file) => join(entry.name, file)) : [entry.name],
    )
    .sort();
}

function removeEmptyFolders(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !NOT_OURS.test(entry.name)) {
      removeEmptyFolders(path);
      if (readdirSync(path).length === 0) {
        rmSync(path, { recursive: true });
      }
    }
  }
}
