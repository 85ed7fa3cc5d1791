import { parse } from "yaml";
import type { Fields } from "../terraform/known-values";
import { isFields } from "../terraform/known-values";

/** What a text of YAML with keys says, `<<` merged in as Helm does; undefined where it is no such text. */
export function yamlFields(text: string): Fields | undefined {
  try {
    const said: unknown = parse(text, { merge: true });
    return isFields(said) ? said : undefined;
  } catch {
    return undefined;
  }
}
