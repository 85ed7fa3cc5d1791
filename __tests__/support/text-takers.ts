/** Everything in the catalogue that takes texts by rules, with texts that are awkward for it. */
import * as properties from "../../lib/inputs/catalog/properties";
import type { Field, ObjectField } from "../../lib/inputs/field";
import { text } from "../../lib/inputs/field-builders";
import { fieldProblems } from "../../lib/inputs/field-problems";
import { hasObjects } from "../../lib/inputs/validation";
import { SAMPLES } from "./text-places";
import { AWKWARD, LOOKS_LIKE, textsOfSeed } from "./texts";

/** The newest, which knows every field. */
const RELEASE = "1.15.1";

/** Something that takes texts by rules: a field, or the names of a map. */
export interface TextTaker {
  readonly path: string;
  readonly field: Field;
  /** Whether the check of inputs with objects looks at it, and not the validation of a variable. */
  readonly inObjects: boolean;
}

/** All of them in a field; what is described once is there once. */
function takersIn(path: string, field: Field, inObjects: boolean, seen: Set<object>): TextTaker[] {
  if (seen.has(field)) {
    return [];
  }
  seen.add(field);
  const into = (name: string, of: Field): TextTaker[] => takersIn(`${path}${name}`, of, inObjects, seen);
  switch (field.kind) {
    case "string":
    case "quantity":
      return [{ path, field, inObjects }];
    case "list":
      return into("[]", field.of);
    case "map":
      return [{ path: `${path} (names)`, field: text(...field.keys), inObjects }, ...into(".*", field.of)];
    case "object":
      return Object.entries(field.fields).flatMap(([name, of]) => into(`.${name}`, of));
    case "variant":
      return Object.entries(field.variants).flatMap(([name, of]) => into(`(${name})`, of));
    case "versioned":
      return Object.entries(field.fields).flatMap(([since, of]) => into(`@${since}`, of));
    case "yaml":
      return into("", field.says);
    default:
      return [];
  }
}

const seen = new Set<object>();
const TAKERS = Object.values<unknown>(properties)
  .flatMap((of) => (typeof of === "object" ? Object.entries((of as ObjectField).fields) : []))
  .flatMap(([name, field]) => takersIn(name, field, hasObjects(field), seen));
/** Takers with other rules than those before. */
export const TEXT_TAKERS = [
  ...new Map(
    TAKERS.map((taker) => [
      JSON.stringify([taker.inObjects, taker.field.kind, (taker.field as { rules: readonly object[] }).rules]),
      taker,
    ]),
  ).values(),
];

const PARTS = [...AWKWARD, ...LOOKS_LIKE];

/**
 * Texts that are right, and some awkward ones, listed and random: alone, at the end of one that is right, and behind its last
 * slash, colon or point. The next taker has others, so that each is given to many.
 */
export function textsFor({ path, field }: TextTaker): string[] {
  const right = SAMPLES.filter((sample) => fieldProblems("it", sample, field, RELEASE).length === 0);
  const sample = right.at(-1) ?? "a";
  const parts = [
    ...Array.from({ length: 5 }, (_, at) => PARTS[(path.length * 7 + at * 13) % PARTS.length]),
    ...textsOfSeed(path.length, 3),
  ];
  return [
    ...new Set([
      ...right.slice(0, 3),
      ...parts,
      ...parts.map((part) => `${sample}${part}`),
      ...parts.slice(3, 7).map((part) => sample.replace(/^(.*[/:.])?/s, (before) => `${before}${part}`)),
    ]),
  ];
}

/** What no Terraform can be given: half a character, and what cdktf takes for a token. */
export const isOfSynthAlone = (it: string): boolean => /\p{Surrogate}/u.test(it) || it.includes("TfToken");

export const isTaken = (field: Field, it: string): boolean => fieldProblems("it", it, field, RELEASE).length === 0;
