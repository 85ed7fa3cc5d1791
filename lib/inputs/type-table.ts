import type { VersionBounds } from "../versions/version-bounds";
import { minorNumber } from "../versions/version-bounds";
import { snakeCase } from "../terraform/readable-stack";
import type {
  EnumField,
  Field,
  ListField,
  MapField,
  MovedName,
  NewerValues,
  ObjectField,
  ObjectRule,
  Size,
  ValueRule,
} from "./field";
import { oneOfThese } from "./rule";
import { fieldOf } from "./versioned-field";
import { entryInWords, sizeInWords, sizeRemedy, typeInWords } from "./words";

/**
 * The description of inputs as a table of types, which the published modules read to check what they are given. What is
 * left out of a type is none; bounds are numbers of minor versions, as {@link minorNumber} has them.
 */
export type TypeTable = Readonly<Record<string, TypeEntry>>;

/** A type: what a value must be, and the types of what is in it. */
export interface TypeEntry {
  /** What JSON calls the value: any of `object`, `list`, `string`, `number`, `bool`; none for whatever there may be. */
  readonly is?: readonly string[];
  /** What a value of another kind is answered with. */
  readonly must_be?: string;
  /** The types of an object's fields. */
  readonly fields?: Readonly<Record<string, string>>;
  /** The type of what is in a list or a map. */
  readonly of?: string;
  /** Whether a text in a list stands for the object that it says as YAML. */
  readonly yaml?: boolean;
  /** What an entry that is null is answered with; without it, null is let be. */
  readonly entry?: string;
  readonly required?: readonly string[];
  /** Names that belong elsewhere. */
  readonly moved?: Readonly<Record<string, string>>;
  /** The first minor version, as a number, that may have other names too. */
  readonly names_until?: number;
  /** The types that an object may be of, by the field that tells. */
  readonly by?: string;
  /** What that field must be. */
  readonly kinds?: string;
  readonly variants?: Readonly<Record<string, string>>;
  /** The field whose object lies below the others. */
  readonly below?: string;
  readonly rules?: readonly RuleEntry[];
  /** Rules on the keys of a map. */
  readonly keys?: readonly RuleEntry[];
  readonly size?: SizeEntry;
  readonly distinct?: Bounds;
  /** Where the field is there in some minor versions only. */
  readonly since?: BoundEntry;
  readonly until?: BoundEntry;
  /** Values, or keys of a map, that a later minor version brought. */
  readonly newer?: Readonly<Record<string, BoundEntry>>;
  readonly renamed?: Readonly<Record<string, string>>;
}

/** A minor version as a number to compare, and as it is said. */
interface BoundEntry {
  readonly number: number;
  readonly version: string;
}

interface Bounds {
  readonly since?: number;
  readonly until?: number;
}

/** A rule on a value: its words, and its {@link ValueTest} under snake_case names. */
interface RuleEntry extends Bounds {
  readonly allowed: string;
  readonly remedy: string;
  readonly [test: string]: unknown;
}

interface SizeEntry extends Bounds {
  readonly min: number;
  readonly max: number;
  readonly of: string;
  readonly words: string;
  readonly remedy: string;
}

/** A rule on objects of a type, and the minor versions that ask it. */
export interface TypedObjectRule extends Bounds {
  readonly type: string;
  readonly rule: ObjectRule;
}

/** The table of some inputs, and the rules on objects of its types. */
export interface DescribedInputs {
  readonly types: TypeTable;
  readonly objectRules: readonly TypedObjectRule[];
}

const NO_MAXIMUM = 2 ** 31;

/**
 * Writes the table of some inputs, each under its own name.
 *
 * @param first the first minor version that the modules take: what only older ones ask is left out
 * @param names how the module names other inputs
 */
export function typeTable(
  inputs: Readonly<Record<string, Field>>,
  first: string,
  names: (property: string) => string,
): DescribedInputs {
  const types: Record<string, TypeEntry> = {};
  const objectRules: TypedObjectRule[] = [];
  const known = new Map<object, string>();
  const from = minorNumber(first);
  const isPast = ({ until }: VersionBounds): boolean => until !== undefined && minorNumber(until) <= from;
  const bound = (minorVersion: string | undefined): BoundEntry | undefined =>
    minorVersion === undefined || minorNumber(minorVersion) <= from
      ? undefined
      : { number: minorNumber(minorVersion), version: minorVersion };
  const bounds = ({ since, until }: VersionBounds): Bounds => ({
    since: bound(since)?.number,
    until: until === undefined ? undefined : minorNumber(until),
  });

  const ruleEntry = (rule: ValueRule<never>): RuleEntry => {
    if (rule.test === undefined) {
      throw new Error(`the rule "${rule.allowed}" is no data, and cannot be checked at plan in an object`);
    }
    const test = Object.entries(rule.test).map(([name, value]) => [snakeCase(name), value]);
    return { allowed: rule.allowed, remedy: rule.remedy, ...Object.fromEntries(test), ...bounds(rule) };
  };
  /** What every minor version asks comes first, as at synth. */
  const ruleEntries = (rules: readonly ValueRule<never>[]): readonly RuleEntry[] | undefined => {
    const entries = rules.filter((rule) => !isPast(rule)).map(ruleEntry);
    const always = ({ since: a, until: b }: RuleEntry): boolean => a === undefined && b === undefined;
    return entries.length === 0 ? undefined : [...entries.filter(always), ...entries.filter((entry) => !always(entry))];
  };
  const newer = (values: NewerValues = {}): TypeEntry["newer"] => {
    const later = Object.entries(values).flatMap(([value, minorVersion]) => {
      const entry = bound(minorVersion);
      return entry === undefined ? [] : [[value, entry] as const];
    });
    return later.length === 0 ? undefined : Object.fromEntries(later);
  };
  const sizeEntry = (of: string, size: Size | undefined): SizeEntry | undefined =>
    size === undefined || isPast(size)
      ? undefined
      : {
          min: size.min ?? 0,
          max: size.max ?? NO_MAXIMUM,
          of,
          words: sizeInWords(size),
          remedy: sizeRemedy(size),
          ...bounds(size),
        };
  const movedNames = (moved: readonly MovedName[] = []): TypeEntry["moved"] => {
    const told = moved
      .filter((candidate) => !isPast(candidate))
      .map(({ name, told }) => [name, told.replace(/\{(\w+)\}/g, (_, property: string) => names(property))]);
    return told.length === 0 ? undefined : (Object.fromEntries(told) as Record<string, string>);
  };

  /** Takes a field in and gives the name of its type; one that is there already is not written twice. */
  const typeOf = (path: string, described: Field): string => {
    const field = fieldOf(described);
    if (fieldOf(described, first) !== field) {
      throw new Error(`"${path}" is another field with later releases than ${first}, which no module can tell apart`);
    }
    const found = known.get(field);
    if (found !== undefined) {
      return found;
    }
    known.set(field, path);
    types[path] = {};
    types[path] = withoutNothing({ ...entryOf(path, field), since: bound(field.since), until: bound(field.until) });
    return path;
  };

  const objectEntry = (path: string, field: ObjectField): TypeEntry => {
    const asked = (field.rules ?? []).filter((rule) => !isPast(rule));
    objectRules.push(...asked.map((rule) => ({ type: path, rule, ...bounds(rule) })));
    const fields = Object.entries(field.fields).filter(([, of]) => !isPast(of));
    return {
      is: ["object"],
      must_be: typeInWords({ kind: "object", fields: {} }),
      fields: Object.fromEntries(fields.map(([name, of]) => [name, typeOf(`${path}.${name}`, of)])),
      required: field.required?.length ? field.required : undefined,
      moved: movedNames(field.moved),
      names_until: field.namesUntil === undefined ? undefined : minorNumber(field.namesUntil),
      below: field.below,
    };
  };

  const entryOf = (path: string, field: ReturnType<typeof fieldOf>): TypeEntry => {
    switch (field.kind) {
      case "any":
        return {};
      case "bool":
        return { is: ["bool"], must_be: typeInWords(field) };
      case "string":
        return {
          is: ["string"],
          must_be: typeInWords(field),
          rules: ruleEntries(field.rules as never),
          newer: newer(field.newer),
        };
      case "number":
        return { is: ["number"], must_be: typeInWords(field), rules: ruleEntries(field.rules as never) };
      case "quantity":
        return { is: ["string", "number"], must_be: typeInWords(field), rules: ruleEntries(field.rules as never) };
      case "enum":
        return enumEntry(field);
      case "list":
        return {
          is: ["list"],
          must_be: typeInWords(field),
          of: typeOf(`${path}[]`, field.of),
          yaml: field.of.kind === "yaml" || undefined,
          entry: entryOfField(field),
          size: sizeEntry("items", field.size),
          distinct: field.distinct === undefined ? undefined : bounds(field.distinct),
        };
      case "map":
        return {
          is: ["object"],
          must_be: typeInWords(field),
          of: typeOf(`${path}.*`, field.of),
          entry: entryOfField(field),
          keys: ruleEntries(field.keys as never),
          size: sizeEntry("entries", field.size),
          newer: newer(field.newer),
        };
      case "yaml":
        return { ...entryOf(path, fieldOf(field.says)), must_be: typeInWords(field) };
      case "object":
        return objectEntry(path, field);
      case "variant":
        return {
          is: ["object"],
          must_be: typeInWords(field),
          kinds: oneOfThese(Object.keys(field.variants)),
          by: field.by,
          renamed: field.renamed,
          variants: Object.fromEntries(
            Object.entries(field.variants).map(([name, variant]) => [name, typeOf(`${path} ${name}`, variant)]),
          ),
        };
      default:
        throw new Error(`"${path}" is of the kind "${field.kind}", which no module has`);
    }
  };

  const enumEntry = (field: EnumField): TypeEntry => ({
    is: ["string"],
    must_be: oneOfThese(field.values),
    rules: [{ one_of: field.values, allowed: oneOfThese(field.values), remedy: "" }],
    newer: newer(field.newer),
    renamed: field.renamed,
  });

  for (const [name, field] of Object.entries(inputs)) {
    const found = typeOf(name, field);
    types[name] ??= types[found];
  }
  return { types, objectRules };
}

function entryOfField(field: ListField | MapField): string | undefined {
  return field.of.kind === "any" ? undefined : entryInWords(field);
}

/** What of an object is there: an empty part would be nothing to read. */
function withoutNothing<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** What of a table an input needs: its own type and those that it leads to. */
export function typesOf(types: TypeTable, input: string): TypeTable {
  const needed: Record<string, TypeEntry> = {};
  const take = (name: string): void => {
    if (Object.hasOwn(needed, name)) {
      return;
    }
    const entry = types[name];
    needed[name] = entry;
    [...Object.values(entry.fields ?? {}), ...Object.values(entry.variants ?? {}), entry.of ?? []].flat().forEach(take);
  };
  take(input);
  return needed;
}
