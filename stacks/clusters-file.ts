import Ajv, { ErrorObject } from "ajv";
import { refusal, refusalOf, RuleText } from "../lib/inputs/rule";
import { FleetConfig } from "./cluster-config";
import { BACKEND_OPTIONS, BACKEND_TYPE, CLUSTER_OPTIONS, Option } from "./cluster-options";
import { clustersSchema } from "./clusters-schema";
import { didYouMean } from "./did-you-mean";
import { StateBackend } from "./state-backend";
import { UserError } from "./user-error";

/** How many options a message lists before it only says where they stand. */
const MAX_LISTED = 10;

/** What the parts around the options must be, by the path without indexes. */
const PARTS: Readonly<Record<string, RuleText>> = {
  "": { allowed: 'an object with "clusters"', remedy: "see the clusters.json of the project for an example" },
  defaults: { allowed: "an object of options", remedy: "write what every cluster has in common, or leave it out" },
  clusters: { allowed: "a list of at least one cluster", remedy: "add { } with the cluster's options" },
  "clusters[]": { allowed: "an object with the options of a cluster", remedy: "put them in braces" },
  backend: { allowed: 'an object with a "type"', remedy: 'write { "type": "local" } or leave it out' },
  $schema: { allowed: "the schema's path as a string", remedy: 'write "./clusters.schema.json" or leave it out' },
};

/**
 * Reads the text of a clusters file.
 *
 * @param text JSON
 * @param source what to call the file in an error
 * @throws UserError with everything that is wrong with the file's structure and with single values
 */
export function parseClusters(text: string, source: string): FleetConfig {
  const file = parseJson(text, source);
  const validate = new Ajv({ allErrors: true, verbose: true, strict: false }).compile(clustersSchema());
  validate(file);
  const errors = (validate.errors ?? []).filter((error) => !isAboutTyped(error));
  if (errors.length > 0) {
    throw new UserError(source, mistakes(errors, file));
  }
  const { defaults, clusters } = file as FleetConfig;
  return { defaults, clusters };
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new UserError(source, [`it is not JSON: ${(error as Error).message}${placeOf(error as Error, text)}`]);
  }
}

/** The line that a JSON error speaks of; the parser counts characters. */
function placeOf(error: Error, text: string): string {
  const position = /at position (\d+)/.exec(error.message)?.[1];
  return position === undefined ? "" : ` (line ${text.slice(0, Number(position)).split("\n").length})`;
}

/** One sentence for each mistake, cluster by cluster; several complaints of one value are one mistake. */
function mistakes(errors: readonly ErrorObject[], file: unknown): string[] {
  const misspelt = errors.map(meantPath).filter((path) => path !== undefined);
  const sentences = errors
    .filter((error) => error.keyword !== "if" && !misspelt.includes(missingPath(error) ?? ""))
    .map((error) => ({ cluster: clusterIndex(error), sentence: mistake(error, file) }))
    .sort((a, b) => a.cluster - b.cluster)
    .map(({ sentence }) => sentence);
  return [...new Set(sentences)];
}

function mistake(error: ErrorObject, file: unknown): string {
  const path = segments(error);
  const { missingProperty, additionalProperty } = error.params as Record<string, string | undefined>;
  if (error.keyword === "additionalProperties" && additionalProperty !== undefined) {
    return unknownKey(error, [...path, additionalProperty], file);
  }
  if (error.keyword === "required" && missingProperty !== undefined) {
    const missing = [...path, missingProperty];
    return refusal(inWords(missing), "missing", wordsAt(missing, file));
  }
  const option = path.slice(0, optionDepth(path));
  return refusalOf(inWords(option), valueAt(option, file), wordsAt(option, file));
}

/** The path of what is missing. */
function missingPath(error: ErrorObject): string | undefined {
  return error.keyword === "required" ? inWords([...segments(error), error.params.missingProperty]) : undefined;
}

/** The path that an unknown key was most likely meant to be; that it is missing need not be said as well. */
function meantPath(error: ErrorObject): string | undefined {
  const meant = error.keyword === "additionalProperties" ? meantKey(error) : undefined;
  return meant === undefined ? undefined : inWords([...segments(error), meant]);
}

function meantKey(error: ErrorObject): string | undefined {
  return didYouMean(error.params.additionalProperty, knownKeys(error));
}

function knownKeys(error: ErrorObject): string[] {
  return Object.keys((error.parentSchema?.properties ?? {}) as object);
}

function unknownKey(error: ErrorObject, path: readonly string[], file: unknown): string {
  const meant = meantKey(error);
  const known = knownKeys(error);
  const all = known.length > MAX_LISTED ? "see clusters.schema.json for all options" : `take ${known.join(", ")}`;
  const remedy = meant === undefined ? all : `did you mean "${meant}"?`;
  return `"${inWords(path)}" is ${JSON.stringify(valueAt(path, file))}, but there is no option of that name; ${remedy}`;
}

/** Whether it is about an option that the constructs look into themselves. */
function isAboutTyped(error: ErrorObject): boolean {
  const path = segments(error);
  return CLUSTER_OPTIONS[path[optionDepth(path) - 1]]?.field !== undefined;
}

/** `["clusters", "0", "subnetIds"]` of ajv's `/clusters/0/subnetIds`. */
function segments({ instancePath }: ErrorObject): string[] {
  return instancePath
    .split("/")
    .slice(1)
    .map((segment) => segment.replace(/~1/g, "/").replace(/~0/g, "~"));
}

/** `clusters[0].subnetIds`, as one would write it in JavaScript. */
function inWords(path: readonly string[]): string {
  const words = path.map((segment) => (/^\d+$/.test(segment) ? `[${segment}]` : `.${segment}`)).join("");
  return words === "" ? "the file" : words.replace(/^\./, "");
}

function clusterIndex(error: ErrorObject): number {
  const [first, index] = segments(error);
  return first === "clusters" && index !== undefined ? Number(index) : -1;
}

function valueAt(path: readonly string[], file: unknown): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], file);
}

/** How many segments lead to the option that a path is in: what is wrong inside of a list is told of the list. */
function optionDepth(path: readonly string[]): number {
  const option = path[0] === "clusters" ? 2 : 1;
  return path[option] === "backend" ? option + 2 : option + 1;
}

/** What a user is told of the value at a path. */
function wordsAt(path: readonly string[], file: unknown): RuleText {
  const [option, backendOption] = path.slice(path[0] === "clusters" ? 2 : 1);
  if (option === undefined) {
    return PARTS[path.length === 2 ? "clusters[]" : (path[0] ?? "")] ?? PARTS[""];
  }
  if (option !== "backend") {
    return CLUSTER_OPTIONS[option].words;
  }
  if (backendOption === undefined) {
    return PARTS.backend;
  }
  const type = valueAt([...path.slice(0, path.indexOf("backend") + 1), "type"], file);
  const options: Record<string, Option> = { ...BACKEND_OPTIONS[type as StateBackend["type"]], type: BACKEND_TYPE };
  return options[backendOption].words;
}
