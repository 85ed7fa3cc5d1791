import { Token } from "cdktf";
import { Problems } from "../rules/problems";
import { hclString } from "../terraform/expression";
import { snakeCase } from "../terraform/readable-stack";
import { DEFAULT_KARPENTER_VERSION, KARPENTER_LINES, KARPENTER_VERSIONS } from "../versions";
import { ChartValues, NEW_CHART_VALUES } from "../versions/chart-values";

type Options = Readonly<Partial<Record<ChartValues["option"], unknown>>>;

/** The releases that do not know these values. */
function releasesBefore({ line }: ChartValues): readonly string[] {
  return KARPENTER_LINES.slice(
    0,
    KARPENTER_LINES.findIndex((known) => known.line === line),
  ).flatMap(({ releases }) => releases);
}

function refusal({ line }: ChartValues, path: string, version: string, versionName: string): string {
  const newest = KARPENTER_VERSIONS.filter((release) => release.startsWith(`${line}.`)).at(-1) ?? line;
  return (
    `"${path}" is given, but must be left out with Karpenter ${version}, which does not know it; ` +
    `leave it out, or set "${versionName}" to "${newest}"`
  );
}

/** Finds what the chart of the chosen release would drop. */
export function checkChartValues(
  problems: Problems,
  options: Options,
  version: string = DEFAULT_KARPENTER_VERSION,
): void {
  for (const values of NEW_CHART_VALUES) {
    const given = options[values.option];
    if (typeof given !== "object" || given === null || Token.isUnresolved(given)) {
      continue;
    }
    Object.entries(given)
      .filter(([name, value]) => values.names.includes(name) && value !== undefined && value !== null)
      .filter(() => releasesBefore(values).includes(version))
      .forEach(([name]) => problems.add(refusal(values, `${values.option}.${name}`, version, "karpenterVersion")));
  }
}

/** The same as preconditions of the published module. */
export const chartValuesPreconditions = NEW_CHART_VALUES.map((values) => {
  const input = snakeCase(values.option);
  const names = `[${values.names.map(hclString).join(", ")}]`;
  const isOld = `contains([${releasesBefore(values).map(hclString).join(", ")}], var.karpenter_version)`;
  const given = `for name in ${names} : `;
  const words = refusal(values, `${input}.\${name}`, "${var.karpenter_version}", "karpenter_version").replace(
    /"/g,
    '\\"',
  );
  return {
    condition: `\${alltrue([${given}${isOld} ? var.${input}[name] == null : true])}`,
    error_message: `\${join("\\n", [${given}"${words}" if var.${input}[name] != null])}`,
  };
});
