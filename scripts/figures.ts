/** Prints what is measured of the house itself. `npm run figures`; __tests__/scripts/figures.test.ts holds the limits. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";
import { cachedImports, circle, FLOORS, upward } from "../eslint/floors.cjs";
import type { JsonSchema } from "../lib/inputs/value-test";
import { moduleFiles } from "../lib/module/writer";
import { publishedModules } from "../modules";
import { clustersSchema } from "../stacks/clusters-schema";
import type { PublicApi } from "./public-api";
import { publicApi } from "./public-api";

const root = join(__dirname, "..");

/** The figures of the house. */
export interface Figures {
  /** The longest line of all published files of a name, in characters. */
  readonly longestLines: Readonly<Record<string, number>>;
  /** The size of the largest file of the root module's inputs, in bytes. */
  readonly rootVariables: number;
  readonly publicNames: number;
  /** Names, fields and methods of the public API that have no doc comment. */
  readonly undocumented: readonly string[];
  /** Imports that point up, without the known ones. */
  readonly upwardImports: readonly string[];
  /** Files that import themselves in a circle, without what the known imports close. */
  readonly circles: readonly string[];
  /** Files of lib that write `var.` or `local.` into Terraform, without the check at plan. */
  readonly filesWithTerraformNames: readonly string[];
  /** Fields of clusters.schema.json without a description, by their path. */
  readonly undescribed: readonly string[];
}

/** Measures everything; reading the public API takes some seconds. */
export function figures(api: PublicApi = publicApi()): Figures {
  const modules = publishedModules().map((module) => ({ path: module.props.path, files: moduleFiles(module) }));
  const sources = FLOORS.flatMap(({ paths }) => paths)
    .flatMap((start) => sourcesFrom(start))
    .filter((path, index, all) => all.indexOf(path) === index);
  return {
    longestLines: longestLines(modules.map(({ files }) => files)),
    rootVariables: Math.max(
      ...Object.entries(modules.find(({ path }) => path === "")?.files ?? {})
        .filter(([name]) => name.startsWith("variables"))
        .map(([, content]) => Buffer.byteLength(content)),
    ),
    publicNames: Object.values(api.names).flat().length,
    undocumented: api.undocumented,
    ...importsOf(sources),
    filesWithTerraformNames: sources
      .filter((path) => path.startsWith("lib/") && path !== "lib/inputs/validation.ts")
      .filter(writesTerraformNames),
    undescribed: undescribed("", clustersSchema()),
  };
}

/** The figures as lines of a table. */
export function table(measured: Figures): string {
  const rows: [string, number][] = [
    ...Object.entries(measured.longestLines).map(([name, length]): [string, number] => [
      `longest line of ${name}, characters`,
      length,
    ]),
    ["largest variables*.tf.json of the root, bytes", measured.rootVariables],
    ["public names", measured.publicNames],
    ["public names and fields without docs", measured.undocumented.length],
    ["imports that point up", measured.upwardImports.length],
    ["circles of files", measured.circles.length],
    ["files of lib with `var.` or `local.`, without the check at plan", measured.filesWithTerraformNames.length],
    ["fields of clusters.schema.json without a description", measured.undescribed.length],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value.toLocaleString("en").padStart(8)}`).join("\n");
}

function longestLines(modules: readonly Record<string, string>[]): Record<string, number> {
  const longest: Record<string, number> = {};
  for (const [name, content] of modules.flatMap((files) => Object.entries(files))) {
    longest[name] = Math.max(longest[name] ?? 0, ...content.split("\n").map(({ length }) => length));
  }
  return longest;
}

/** The source files whose path begins so. */
function sourcesFrom(start: string): string[] {
  const folder = start.slice(0, start.lastIndexOf("/") + 1);
  const recursive = start.endsWith("/");
  return readdirSync(join(root, folder), { recursive, encoding: "utf8" })
    .map((name) => `${folder}${name}`)
    .filter((path) => path.startsWith(start) && path.endsWith(".ts"));
}

function importsOf(sources: readonly string[]): Pick<Figures, "upwardImports" | "circles"> {
  const imports = cachedImports();
  const all = sources.flatMap((path) => imports(path).map((target) => [path, target] as const));
  const circles = all.flatMap(([path, target]) => {
    const way = circle(path, target, imports);
    return way === undefined ? [] : [way.slice(1).sort().join(", ")];
  });
  return {
    upwardImports: all
      .filter(([path, target]) => upward(path, target) !== undefined)
      .map(([path, target]) => `${path} -> ${target}`),
    circles: [...new Set(circles)],
  };
}

/** Whether a string or a template of a file has a variable or a local of Terraform in it. */
function writesTerraformNames(path: string): boolean {
  const file = ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.ES2022);
  const hasName = (node: ts.Node): boolean => {
    const isText =
      ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
    return (isText && /\b(var|local)\./.test(node.text)) || (ts.forEachChild(node, hasName) ?? false);
  };
  return hasName(file);
}

/** The fields of a JSON Schema that say nothing of themselves, at every depth. */
function undescribed(path: string, schema: JsonSchema): string[] {
  const {
    properties = {},
    definitions = {},
    items,
    additionalProperties,
    oneOf = [],
  } = schema as Readonly<{
    properties?: Record<string, JsonSchema>;
    definitions?: Record<string, JsonSchema>;
    items?: JsonSchema;
    additionalProperties?: JsonSchema | boolean;
    oneOf?: JsonSchema[];
  }>;
  return [
    // A reference says what it refers to.
    ...Object.entries({ ...properties, ...definitions }).flatMap(([name, field]) => [
      ...("description" in field || "$ref" in field ? [] : [`${path}${name}`]),
      ...undescribed(`${path}${name}.`, field),
    ]),
    ...(items === undefined ? [] : undescribed(`${path}[].`, items)),
    ...(typeof additionalProperties === "object" ? undescribed(`${path}*.`, additionalProperties) : []),
    ...oneOf.flatMap((variant, index) => undescribed(`${path}(${index}).`, variant)),
  ];
}

if (require.main === module) {
  process.stdout.write(`${table(figures())}\n`);
}
