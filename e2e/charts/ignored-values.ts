/** Which values a chart takes no notice of: Helm drops what it does not know without a word. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";

/** What a chart knows: its own values, and every place of its templates that reads one. */
export interface ChartKnowledge {
  readonly values: unknown;
  readonly templates: string;
}

/** Reads a chart's values and templates. */
export async function chartKnowledge(chart: string): Promise<ChartKnowledge> {
  const templates = join(chart, "templates");
  const files = (await readdir(templates, { recursive: true })).filter((name) => /\.(yaml|tpl|txt)$/.test(name));
  const texts = await Promise.all(files.map((name) => readFile(join(templates, name), "utf8")));
  const values = await readFile(join(chart, "values.yaml"), "utf8").catch(() => "{}");
  return { values: parse(values) as unknown, templates: texts.join("\n") };
}

/** The paths of values that the chart neither has itself nor reads anywhere. */
export function ignoredValues(values: unknown, chart: ChartKnowledge): string[] {
  return leaves(values)
    .filter((path) => !isKnown(path, chart))
    .map((path) => path.join("."));
}

function leaves(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [path];
  }
  return Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]));
}

function isKnown(path: readonly string[], { values, templates }: ChartKnowledge): boolean {
  if (has(values, path)) {
    return true;
  }
  // A template may read the value itself, or write out a whole map that is empty by default: annotations, resources.
  return path.some((_, index) => {
    const above = path.slice(0, index + 1);
    const last = index === path.length - 1;
    return reads(templates, above) && (last || isEmptyMap(at(values, above)) || writesOut(templates, above));
  });
}

function reads(templates: string, path: readonly string[]): boolean {
  return new RegExp(`\\.Values\\.${path.join("\\.")}(?![\\w.])`).test(templates);
}

/** Whether a template writes a map out as it is, whatever the chart's own values have in it: a selector, an affinity. */
function writesOut(templates: string, path: readonly string[]): boolean {
  const block = new RegExp(`\\bwith \\.Values\\.${path.join("\\.")}\\s*\\}\\}[^]*?\\{\\{-?\\s*end\\b`).exec(templates);
  return block?.[0].includes("toYaml . ") === true;
}

function has(values: unknown, path: readonly string[]): boolean {
  return at(values, path) !== undefined;
}

function at(values: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((map, key) => (map as Record<string, unknown> | null | undefined)?.[key], values);
}

function isEmptyMap(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
