/** YAML as kubectl, Helm and Argo CD read it, which is YAML 1.1. */
import { Document, isScalar, Scalar, visit } from "yaml";

/** What YAML 1.1 takes for the end of a line, or takes nowhere: nothing of it stands in a text as it is. */
const AWKWARD = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Text of JSON, or of double-quoted YAML, with characters escaped that not every reader takes. */
export function escaped(text: string): string {
  return text.replace(AWKWARD, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** One document, with a comment above it. */
export function yamlDocument(value: unknown, comment?: string): string {
  const document = new Document(value, { version: "1.1", aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_, scalar) => {
      if (isScalar(scalar) && typeof scalar.value === "string" && scalar.value.search(AWKWARD) >= 0) {
        scalar.type = Scalar.QUOTE_DOUBLE;
      }
    },
  });
  const text = escaped(document.toString({ lineWidth: 0, directives: false }));
  return comment === undefined ? text : `# ${comment}\n${text}`;
}
