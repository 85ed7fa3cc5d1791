/**
 * Writes what is not written by hand in README.md and docs: the examples under the comments that name their files, the
 * picture of the root module, read from what synth makes of it, the tables of Karpenter's minor versions, of alerts, of
 * cost and of changes, and the pages on permissions. `npm run readme`
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { publishedModules } from "../modules";
import { alertTable } from "./alert-table";
import { changesTable } from "./changes-table";
import { compatibilityTable } from "./compatibility";
import { costTable } from "./cost";
import { drawGraph, embedGraph } from "./draw-graph";
import { embedExamples } from "./embed-examples";
import { embedTable } from "./embed-table";
import { moduleGraph } from "./module-graph";
import { permissionPages } from "./permissions";

/** The tables that pages ask for, by the comment that does. */
const TABLES = {
  compatibility: compatibilityTable,
  alerts: alertTable,
  cost: costTable,
  changes: changesTable,
} as const;

const root = join(__dirname, "..");

/** README.md and the guides, relative to the project's folder. */
export function writtenPages(): string[] {
  const guides = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
  return ["README.md", ...guides.sort().map((name) => `docs/${name}`)];
}

/** The page with its examples and its picture as they are now. */
export function written(markdown: string): string {
  return Object.entries(TABLES).reduce(
    (page, [name, table]) => embedTable(page, name, table),
    embedGraph(embedExamples(markdown), drawModules),
  );
}

function drawModules(): string {
  return drawGraph(
    moduleGraph(publishedModules().map((module) => ({ path: module.props.path, json: module.toModule() }))),
  );
}

if (require.main === module) {
  for (const page of writtenPages()) {
    const file = join(root, page);
    writeFileSync(file, written(readFileSync(file, "utf8")));
  }
  for (const [page, content] of Object.entries(permissionPages())) {
    mkdirSync(dirname(join(root, page)), { recursive: true });
    writeFileSync(join(root, page), content);
  }
}
