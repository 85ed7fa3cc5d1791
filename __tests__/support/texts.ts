import fc from "fast-check";

/** What some step between an input and the cluster takes for more than text. */
export const AWKWARD: readonly string[] = [
  ...["${", "%{", "$", "%", "$$", "%%", "{", "}", '"', "'", "\\", "`", "#", "~"],
  ...[
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "\b",
    "\f",
    "\0",
    "\u001b",
    "\u007f",
    "\u0085",
    "\u00a0",
    "\u2028",
    "\u2029",
    "\ufeff",
  ],
  ...["- ", "? ", ": ", "|", ">", "&a", "*a", "!", "---", "...", "{{ .Values }}", "<<", "<b>", "\\u0024", "\\n"],
  ...["é", "😀", "a", "z", "0", "1e3", "true", "null", "\ufffe", "\uffff"],
];

/** Text of awkward parts and of any other characters; composed ones, for Terraform composes what it reads. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...AWKWARD) }, fc.string({ unit: "binary", maxLength: 3 })), {
    maxLength: 8,
  })
  .map((parts) => parts.join("").normalize("NFC"));

/** A few of them, the same in every run: those of a place or taker. */
export function textsOfSeed(seed: number, count: number): string[] {
  return fc.sample(anyText, { seed: seed, numRuns: count });
}

/** Text that YAML, JSON or a person may take for something else. */
export const LOOKS_LIKE: readonly string[] = [
  ...["", " ", " a", "a ", "~", "null", "true", "yes", "1", "1.30", "0x1F", "1e3", "2026-01-01", "a: b", "- x", "{}"],
  ...["$${a}", "%%{a}", "${a}", "%{if a}", "${TfToken[TOKEN.999999]}", "\ud83d", "a\udc00b", "x".repeat(2_000)],
  // Terraform composes the first two, takes the next three for one character each, and the last two are letters of ASCII's.
  ...["e\u0301", "\u0301a", "\u1100\u1161\u11a8", "क्ष", "👨‍👩‍👧", "\u212a", "\u017f"],
];
