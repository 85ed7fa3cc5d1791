/** The shortest name that is taken for another. */
const MIN_LENGTH = 3;

/** How many letters a beginning has. */
const BEGINNING = 5;

/**
 * The known name that an unknown one most likely means: the same but for case, `_` and `-`; one with a letter too many,
 * too few or another; the part before a dot; one that begins with it; or the only one that begins alike. The check at plan of the published modules finds the same.
 */
export function likelyName(name: string, known: readonly string[]): string | undefined {
  const meant = plain(name);
  const own = withoutOneLetter(meant);
  return (
    known.find((candidate) => plain(candidate) === meant) ??
    known.find(
      (candidate) => isLong(candidate, name) && [...withoutOneLetter(plain(candidate))].some((x) => own.has(x)),
    ) ??
    known.find((candidate) => meant.startsWith(`${plain(candidate)}.`)) ??
    known.find(
      (candidate) =>
        isLong(candidate, name) && (plain(candidate).startsWith(meant) || meant.startsWith(plain(candidate))),
    ) ??
    only(
      known.filter((candidate) => meant.length >= BEGINNING && plain(candidate).startsWith(meant.slice(0, BEGINNING))),
    )
  );
}

function only(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}

/** Lower case, without what separates words. */
function plain(name: string): string {
  return name.replace(/[_-]/g, "").toLowerCase();
}

function withoutOneLetter(name: string): Set<string> {
  return new Set([name, ...Array.from(name, (_, index) => name.slice(0, index) + name.slice(index + 1))]);
}

function isLong(...names: readonly string[]): boolean {
  return names.every((name) => plain(name).length >= MIN_LENGTH);
}
