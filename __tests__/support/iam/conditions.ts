/** Conditions of IAM statements, decided as AWS decides them. */

/** What a request is told by: each key has one value, or a list of them if AWS says that it is multivalued. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** Operator → key → values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

type Test = (wanted: string, given: string) => boolean;

const TESTS: Readonly<Record<string, Test>> = {
  StringEquals: (wanted, given) => wanted === given,
  StringEqualsIgnoreCase: (wanted, given) => wanted.toLowerCase() === given.toLowerCase(),
  StringLike: matchesText,
  ArnEquals: matchesArn,
  ArnLike: matchesArn,
  Bool: (wanted, given) => wanted.toLowerCase() === given.toLowerCase(),
};

/** The names of operators that say the opposite of another. */
const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  ArnNotEquals: "ArnEquals",
  ArnNotLike: "ArnLike",
};

/**
 * Whether all conditions hold. What this simulator does not know is an error and never a guess: an operator, a policy
 * variable, a list where one value is compared.
 */
export function holdsAll(conditions: Conditions, context: RequestContext): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => holds(operator, listOf(values), key, valueOf(context, key))),
  );
}

/** A text or a list of them, as a list. */
export function listOf(values: string | readonly string[]): readonly string[] {
  return typeof values === "string" ? [values] : values;
}

/** `*` is any text and `?` any character. */
export function matchesText(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) {
    return pattern === text;
  }
  const known = PATTERNS.get(pattern) ?? new RegExp(`^${source(pattern)}$`, "s");
  PATTERNS.set(pattern, known);
  return known.test(text);
}

/** Patterns that have been read: the same ones are asked of thousands of texts. */
const PATTERNS = new Map<string, RegExp>();

function source(pattern: string): string {
  return pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
}

/** An ARN part by part: a wildcard does not reach beyond a colon, but in the last part. */
export function matchesArn(pattern: string, arn: string): boolean {
  const [wanted, given] = [partsOf(pattern), partsOf(arn)];
  return wanted.length === given.length && wanted.every((part, index) => matchesText(part, given[index]));
}

function partsOf(arn: string): string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(":")] : [])];
}

function holds(name: string, wanted: readonly string[], key: string, value: string | readonly string[] | undefined) {
  const [, set, operator, ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  if (operator === "Null") {
    return wanted.includes(String(value === undefined));
  }
  const negated = operator in NEGATED;
  const test = TESTS[NEGATED[operator] ?? operator];
  if (test === undefined) {
    throw new Error(`the simulator does not know the operator ${name}`);
  }
  const unresolved = wanted.find((each) => each.includes("${"));
  if (unresolved !== undefined) {
    throw new Error(`the simulator does not resolve ${unresolved} in ${name} ${key}`);
  }
  const holdsFor = (given: string): boolean => wanted.some((each) => test(each, given)) !== negated;
  if (set === undefined) {
    if (Array.isArray(value)) {
      throw new Error(`${key} is multivalued; ${name} needs ForAllValues or ForAnyValue`);
    }
    return value === undefined ? negated || ifExists !== undefined : holdsFor(value as string);
  }
  const given = value === undefined ? [] : listOf(value);
  return set === "ForAllValues"
    ? given.every(holdsFor)
    : given.some(holdsFor) || (given.length === 0 && ifExists !== undefined);
}

/** Condition keys have no case, and with them the keys of tags in `aws:RequestTag/…`; values have. */
function valueOf(context: RequestContext, key: string): string | readonly string[] | undefined {
  const known =
    LOWER_CASE.get(context) ?? new Map(Object.entries(context).map(([each, value]) => [each.toLowerCase(), value]));
  LOWER_CASE.set(context, known);
  return known.get(key.toLowerCase());
}

/** Contexts by keys in lower case: each is held against many statements. */
const LOWER_CASE = new WeakMap<RequestContext, ReadonlyMap<string, string | readonly string[]>>();
