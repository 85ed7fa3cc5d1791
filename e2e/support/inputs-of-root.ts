/** The inputs of the published root module. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { MODULES } from "./account";

/** Their names, sorted. */
export function inputsOfRoot(): string[] {
  return readdirSync(MODULES)
    .filter((file) => /^variables.*\.tf\.json$/.test(file))
    .flatMap((file) => {
      const { variable } = JSON.parse(readFileSync(join(MODULES, file), "utf8")) as { variable: object };
      return Object.keys(variable);
    })
    .sort();
}
