/** How policies of AWS write texts: one alone or a list of them, and with wildcards. */

/** One value or a list of them as a list; none where there is no value. */
export function listOf<T>(value: T | readonly T[] | null | undefined): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : value === undefined || value === null ? [] : [value as T];
}

/** Whether a text fits a pattern with `*` and `?`. */
export function isLike(text: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(text);
}
