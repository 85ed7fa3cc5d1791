#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { program } from "./program";

/** The package's own file, above the sources and above what is built of them. */
function versionFrom(folder: string): string {
  try {
    return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string }).version;
  } catch {
    return versionFrom(dirname(folder));
  }
}

void program(versionFrom(__dirname), {
  print: (text) => console.log(text),
  end: (code) => {
    process.exitCode = code;
  },
}).parseAsync();
