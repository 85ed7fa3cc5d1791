import type { ModuleVariable } from "./module-variable";
import type { ModuleStack, TerraformJson } from "./module-stack";

/**
 * The README of a module. The tables stand between terraform-docs' markers and look as that tool writes them, so that a
 * user who runs it sees no surprise.
 */
export function moduleReadme(stack: ModuleStack, json: TerraformJson): string {
  return [
    `# ${stack.props.title}`,
    "",
    stack.props.description.trim(),
    "",
    "<!-- BEGIN_TF_DOCS -->",
    ...requirements(json),
    ...blocks("Modules", ["Name", "Source"], modules(json)),
    ...blocks("Resources", ["Name", "Type"], resources(json)),
    ...inputs(stack.variables),
    ...blocks("Outputs", ["Name", "Description"], outputs(json)),
    "<!-- END_TF_DOCS -->",
    "",
  ].join("\n");
}

function requirements(json: TerraformJson): string[] {
  const { required_version, required_providers } = json.terraform as {
    required_version: string;
    required_providers?: Record<string, { version: string }>;
  };
  const rows = Object.entries(required_providers ?? {}).map(([name, { version }]) => [name, version]);
  return table("Requirements", ["Name", "Version"], [["terraform", required_version], ...rows]);
}

function modules(json: TerraformJson): string[][] {
  return Object.entries((json.module ?? {}) as Record<string, { source: string }>).map(([name, { source }]) => [
    name,
    `[${source}](${source}/README.md)`,
  ]);
}

function resources(json: TerraformJson): string[][] {
  const names = (kind: "resource" | "data", type: string) =>
    Object.entries((json[kind] ?? {}) as Record<string, object>).flatMap(([resourceType, byName]) =>
      Object.keys(byName).map((name) => [`${resourceType}.${name}`, type]),
    );
  return [...names("resource", "resource"), ...names("data", "data source")].sort(([a], [b]) => (a < b ? -1 : 1));
}

function outputs(json: TerraformJson): string[][] {
  return Object.entries((json.output ?? {}) as Record<string, { description: string }>)
    .map(([name, { description }]) => [name, description])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function inputs(variables: readonly ModuleVariable[]): string[] {
  const rows = [...variables]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((variable) => [
      variable.name,
      cell(variable.props.description),
      `\`${cell(variable.props.type)}\``,
      variable.required ? "n/a" : `\`${cell(JSON.stringify(variable.props.default))}\``,
      variable.required ? "yes" : "no",
    ]);
  return blocks("Inputs", ["Name", "Description", "Type", "Default", "Required"], rows);
}

function blocks(title: string, head: string[], rows: string[][]): string[] {
  return rows.length === 0 ? [] : table(title, head, rows);
}

function table(title: string, head: string[], rows: string[][]): string[] {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [`## ${title}`, "", line(head), line(head.map(() => "---")), ...rows.map(line), ""];
}

function cell(text: string): string {
  return text.replace(/\s+/g, " ").replace(/\|/g, "\\|");
}
