/** `init`: writes a project, and nothing over what is there. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Finding } from "../finding";
import type { ProjectFiles } from "./project-files";

/**
 * Writes the files into a folder, all of them or none.
 *
 * @returns what stands in the way
 */
export function writeProject(folder: string, files: ProjectFiles): Finding[] {
  const there = Object.keys(files).filter((path) => existsSync(join(folder, path)));
  if (there.length > 0) {
    return there.map((path) => ({
      severity: "error",
      where: join(folder, path),
      text: "is there already, and nothing is written over; name an empty folder, or move it away",
    }));
  }
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    // Fails where something else has made the file in the meantime.
    writeFileSync(file, text, { flag: "wx" });
  }
  return [];
}
