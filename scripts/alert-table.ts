import { readFileSync } from "node:fs";
import { join } from "node:path";
import { allAlerts } from "../lib/kubernetes/alerts";
import { METRICS, metricsIn } from "../lib/versions";
import { minorNumber } from "../lib/versions/version-bounds";

/** The alerts as a table for docs/monitoring.md. */
export function alertTable(): string {
  const head = ["Alert", "Severity", "Says", "Since", "Look at"];
  const rows = allAlerts().map(({ alert, expr, labels, annotations }) => [
    `\`${alert}\``,
    labels.severity,
    annotations.summary.replace(/\{\{.*?\}\}/g, "…"),
    sinceOf(expr),
    `[${headingOf(annotations.runbook)}](${annotations.runbook})`,
  ]);
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |\n`).join("");
}

/** The first minor version that has all metrics of an expression. */
function sinceOf(expression: string): string {
  const [newest] = metricsIn(expression)
    .map((metric) => METRICS[metric])
    .sort((a, b) => minorNumber(b) - minorNumber(a));
  return newest;
}

/** The heading that a link into a guide leads to. */
function headingOf(link: string): string {
  const [page, anchor] = link.split("#");
  const headings = [...readFileSync(join(__dirname, "../docs", page), "utf8").matchAll(/^#+ (.*)$/gm)];
  const found = headings.map(([, heading]) => heading).find((heading) => anchorOf(heading) === anchor);
  if (found === undefined) {
    throw new Error(`"${link}" leads to no heading, but must be one of docs/${page}`);
  }
  return found;
}

function anchorOf(heading: string): string {
  return heading.toLowerCase().replaceAll(" ", "-");
}
