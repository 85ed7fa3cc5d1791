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
