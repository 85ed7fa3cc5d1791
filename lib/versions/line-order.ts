/** The lines of Karpenter that something is there in; all of them where nothing is said. */
export interface Lines {
  /** The first line that has it, `1.8`. */
  readonly since?: string;
  /** The first line that no longer has it, `1.15`. */
  readonly until?: string;
}

/** A number that grows from line to line, of a line `1.14` or of a release of it. */
export function lineNumber(version: string): number {
  const [major, minor] = version.split(".");
  return Number(major) * 1000 + Number(minor);
}

/** Whether a line, or the line of a release, is one of these. */
export function isIn({ since, until }: Lines, version: string): boolean {
  const line = lineNumber(version);
  return (since === undefined || line >= lineNumber(since)) && (until === undefined || line < lineNumber(until));
}

/** Whether it is there in some lines only. */
export function isOfSomeLines({ since, until }: Lines): boolean {
  return since !== undefined || until !== undefined;
}
