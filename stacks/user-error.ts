/** Mistakes of the user, all of them, in words that need no stack trace. */
export class UserError extends Error {
  /**
   * @param source what has the mistakes, such as a file's name
   * @param mistakes one sentence each
   */
  constructor(
    public readonly source: string,
    public readonly mistakes: readonly string[],
  ) {
    const count = mistakes.length === 1 ? "1 mistake" : `${mistakes.length} mistakes`;
    super(`${source} has ${count}:\n${mistakes.map((mistake) => `  ${mistake}`).join("\n")}`);
    this.name = "UserError";
  }
}
