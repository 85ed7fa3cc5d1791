import type { Document } from "yaml";
import { isScalar, parseDocument, visit } from "yaml";
import type { Fields } from "../terraform/known-values";
import { isFields } from "../terraform/known-values";

/** What Helm and Terraform, whose YAML is 1.1, take for the end of a line; within double quotes it is part of the text. */
const LINE_END = /"(?:[^"\\]|\\.)*"|\r\n?|[\u0085\u2028\u2029]/gs;

/** What they take nowhere in YAML: other control characters, and what is no character. */
const UNPRINTABLE = /[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** What a text of YAML with keys says, `<<` merged in as Helm does; undefined where it is no such text. */
export function yamlFields(text: string): Fields | undefined {
  if (UNPRINTABLE.test(text)) {
    return undefined;
  }
  try {
    const document = parseDocument(
      text.replace(LINE_END, (found) => (found.startsWith('"') ? found : "\n")),
      { merge: true },
    );
    const said: unknown = document.errors.length === 0 && areKeysTexts(document) ? document.toJS() : undefined;
    return isFields(said) ? said : undefined;
  } catch {
    return undefined;
  }
}

/** Whether every key is one: not empty, and no mapping, as `{{ .Values }}` would have. */
function areKeysTexts(document: Document): boolean {
  let areTexts = true;
  visit(document, {
    Pair: (_, { key }) => {
      areTexts = isScalar(key) && key.value !== null;
      return areTexts ? undefined : visit.BREAK;
    },
  });
  return areTexts;
}
