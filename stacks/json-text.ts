import { UserError } from "./user-error";

/** What UTF-16 looks like where UTF-8 is read: its mark is no character there. */
const UTF_16 = /^\uFFFD\uFFFD/;
const BYTE_ORDER_MARK = /^\uFEFF/;
/** `clusters:` or `- name:` at the beginning of a line, which no JSON has. */
const YAML = /^\s*(---|(- )?[\w$]+:(\s|$))/m;

/**
 * Reads JSON as people write it.
 *
 * @param source what to call the text in an error
 * @throws UserError that says where it is no JSON and what it is instead, or which keys stand twice
 */
export function parseJson(text: string, source: string): unknown {
  const refuse = (...mistakes: string[]): never => {
    throw new UserError(source, mistakes);
  };
  if (UTF_16.test(text)) {
    return refuse("it is not written in UTF-8, but must be; save it with that encoding");
  }
  const json = text.replace(BYTE_ORDER_MARK, "");
  if (json.trim() === "") {
    return refuse("it is empty, but must be JSON; see the clusters.json of the project for an example");
  }
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return refuse(`it is not JSON: ${(error as Error).message}${placeAndCause(error as Error, json)}`);
  }
  const twice = keysTwice(json);
  return twice.length > 0 ? refuse(...twice) : value;
}

/** The line that a JSON error speaks of, and what people write there. */
function placeAndCause(error: Error, json: string): string {
  const position = positionOf(error, json);
  const cause = causeAt(json, position);
  return ` (line ${lineAt(json, position)})${cause === undefined ? "" : `; ${cause}`}`;
}

/** The parser counts characters, or names the one that it did not expect, or has come to the end. */
function positionOf({ message }: Error, json: string): number {
  const counted = /at position (\d+)/.exec(message)?.[1];
  const unexpected = /token '?(.)'?/.exec(message)?.[1];
  if (counted !== undefined) {
    return Number(counted);
  }
  const withoutTexts = json.replace(/"(?:[^"\\\n]|\\.)*"/g, (found) => " ".repeat(found.length));
  return unexpected === undefined ? json.trimEnd().length : Math.max(0, withoutTexts.indexOf(unexpected));
}

function causeAt(json: string, position: number): string | undefined {
  if (/^\s*[^\s{[]/.test(json) && YAML.test(json)) {
    return "it looks like YAML: write it as JSON, with braces, brackets and quotes";
  }
  if (/^(\/\/|\/\*|#)/.test(json.slice(position))) {
    return "JSON has no comments: remove them";
  }
  if (/,\s*$/.test(json.slice(0, position)) && /^[\]}]/.test(json.slice(position))) {
    return "JSON has no comma after the last item: remove it";
  }
  return json[position] === "'" ? "JSON has double quotes only: write \" for '" : undefined;
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}

/** An object or a list that is not closed yet. */
interface Open {
  readonly path: string;
  /** The keys of an object so far; none of a list. */
  readonly keys?: Set<string>;
  /** The key or the item that comes next or is read. */
  at: string | number;
  isKeyNext: boolean;
}

/** Keys that stand twice in one object: `JSON.parse` takes the last one without a word. The text must be JSON. */
function keysTwice(json: string): string[] {
  const mistakes: string[] = [];
  const open: Open[] = [];
  for (const { 0: token, index } of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],]/g)) {
    const inner = open.at(-1);
    if (token === "{" || token === "[") {
      const isObject = token === "{";
      open.push({ path: pathOf(inner), keys: isObject ? new Set() : undefined, at: 0, isKeyNext: isObject });
    } else if (token === "}" || token === "]") {
      open.pop();
    } else if (inner !== undefined && token === ",") {
      inner.isKeyNext = inner.keys !== undefined;
      inner.at = typeof inner.at === "number" ? inner.at + 1 : inner.at;
    } else if (inner?.keys !== undefined && inner.isKeyNext) {
      inner.at = JSON.parse(token) as string;
      inner.isKeyNext = false;
      if (inner.keys.has(inner.at)) {
        mistakes.push(`"${pathOf(inner)}" stands twice, again in line ${lineAt(json, index)}; remove one of the two`);
      }
      inner.keys.add(inner.at);
    }
  }
  return mistakes;
}

function pathOf(open: Open | undefined): string {
  if (open === undefined) {
    return "";
  }
  return open.keys === undefined
    ? `${open.path}[${open.at}]`
    : open.path === ""
      ? `${open.at}`
      : `${open.path}.${open.at}`;
}
