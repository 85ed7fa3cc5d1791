/** The figures of a soak, as docs/reliability.md has them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { KINDS } from "./fault";
import { PHASES } from "./installation";
import type { By, Outcome } from "./trial";

const PAGE = join(__dirname, "../../docs/reliability.md");
const BEGIN = "<!-- figures of npm run soak -->";
const END = "<!-- end of figures -->";
/** In the order of what is left to do. */
const WAYS: readonly By[] = ["retries of the provider", "the same command", "the copy of the state", "import"];

/** What a soak was, beside its runs. */
export interface Soak {
  readonly date: string;
  /** What ran, with versions. */
  readonly versions: string;
  readonly seeds: string;
}

/** The figures, as Markdown. */
export function figuresOf(outcomes: readonly Outcome[], failures: readonly string[], soak: Soak): string {
  const count = (matches: (outcome: Outcome) => boolean): number => outcomes.filter(matches).length;
  const row = (title: string, matches: (outcome: Outcome) => boolean): string =>
    [title, count(matches), ...WAYS.map((way) => count((outcome) => outcome.by === way && matches(outcome)))].join(
      " | ",
    );
  const imported = outcomes.filter(({ by }) => by === "import").map((outcome) => outcome.imported);
  return [
    `${soak.date}: ${soak.versions}; seeds ${soak.seeds}. Of ${outcomes.length + failures.length} runs ${outcomes.length} came to the ` +
      `account, the state and the empty plan of an undisturbed run, and ${failures.length} did not.`,
    "",
    `| | Runs | ${WAYS.join(" | ")} |`,
    `| --- |${" ---: |".repeat(WAYS.length + 1)}`,
    ...KINDS.map((kind) => `| ${row(kind, ({ fault }) => fault.kind === kind)} |`),
    ...PHASES.map((phase) => `| **${row(`${phase}**`, (outcome) => outcome.phase === phase)} |`),
    `| **${row("state in a file**", ({ backend }) => backend === "local")} |`,
    `| **${row("remote state**", ({ backend }) => backend === "http")} |`,
    `| **${row("all**", () => true)} |`,
    "",
    imported.length === 0
      ? "No run needed `import`."
      : `\`import\` named ${Math.min(...imported)} to ${Math.max(...imported)} objects, and one apply followed it.`,
  ].join("\n");
}

/** Writes the figures into the page. */
export function writeFigures(figures: string): void {
  const page = readFileSync(PAGE, "utf8");
  const [before, after] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (before < 0 || after < 0) {
    throw new Error(`${PAGE} has no place for figures`);
  }
  writeFileSync(PAGE, `${page.slice(0, before + BEGIN.length)}\n\n${figures}\n\n${page.slice(after)}`);
}
