#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "./package-root";
import { program } from "./program";

const { version } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as { version: string };

void program(version, {
  print: (text) => console.log(text),
  end: (code) => {
    process.exitCode = code;
  },
}).parseAsync();
