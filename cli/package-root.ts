import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The package's own folder, above the sources and above what is built of them. */
export function packageRoot(folder = __dirname): string {
  return existsSync(join(folder, "package.json")) ? folder : packageRoot(dirname(folder));
}
