/** Installs the emulated AWS into the cache, once per version of its requirements and of Python. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { cached, fingerprint } from "./cache";
import { runOrThrow } from "./run";
import { PYTHON, requireTools } from "./tools";

const REQUIREMENTS = join(__dirname, "moto", "requirements.txt");

/** The program that is started: moto's server together with the calls it lacks. */
export const SERVER_SCRIPT = join(__dirname, "moto", "serve.py");

function interpreter(folder: string): string {
  const [windows, others] = [join(folder, "Scripts", "python.exe"), join(folder, "bin", "python")];
  return existsSync(windows) ? windows : others;
}

/** The Python interpreter that has moto. The first call on a machine takes about a minute, later ones nothing. */
export async function installMoto(log: (line: string) => void = () => undefined): Promise<string> {
  const [python] = requireTools([PYTHON]) as [string];
  const requirements = await readFile(REQUIREMENTS, "utf8");
  // A venv works with the very interpreter it was made from and no other.
  const identity = await runOrThrow(python, ["-c", "import sys; print(sys.version, sys.base_prefix)"]);
  const folder = await cached("moto", fingerprint(requirements, identity.stdout), async (unfinished) => {
    log("installing the emulated AWS (moto), once per machine");
    await runOrThrow(python, ["-m", "venv", unfinished]);
    await runOrThrow(
      interpreter(unfinished),
      ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "-r", REQUIREMENTS],
      { log },
    );
  });
  return interpreter(folder);
}
