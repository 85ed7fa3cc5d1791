/** Something that a command has found. */
export interface Finding {
  /** `error`: it will not work. `warning`: it hurts, and may be meant. */
  readonly severity: "error" | "warning";
  /** What it is about: a file with the place in it. */
  readonly where: string;
  /** What is so, what is allowed or comes of it, and the way out. */
  readonly text: string;
}

/** The findings for people: what each is about once, and below it what was found. */
export function findingsAsText(findings: readonly Finding[]): string {
  return [...new Set(findings.map(({ where }) => where))]
    .map((where) => {
      const here = findings.filter((finding) => finding.where === where);
      return [where, ...here.map(({ severity, text }) => `  ${severity.padEnd(7)}  ${text}`)].join("\n");
    })
    .join("\n\n");
}

/** What a command ends with: 1 where anything will not work, otherwise 0. */
export function exitCodeOf(findings: readonly Finding[]): number {
  return findings.some(({ severity }) => severity === "error") ? 1 : 0;
}
