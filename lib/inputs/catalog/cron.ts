/**
 * Cron lines as Karpenter's controller reads them. It parses `TZ=UTC <line>` with robfig/cron v3, which is neither the
 * pattern of the CRD nor every other cron: a budget that it cannot read lets nothing of the pool be disrupted, silently.
 */
import type { ValueRule } from "../field";
import { inAnyCase, rule } from "../rule";
import type { ValueTest } from "../value-test";

const SPACE = "[\\t\\n\\f\\r ]";
const WORD = "[^\\t\\n\\f\\r ]+";
/** Before digits. */
const LEAD = "[+]?0*";
const STEP = `(/${LEAD}[1-9][0-9]{0,17})?`;
/** Whatever follows a hyphen after a star is not looked at. */
const ANY = "[*?](-[^,/\\t\\n\\f\\r ]*)?";

const DESCRIPTORS = "@(annually|yearly|monthly|weekly|daily|midnight|hourly)";
interface CronField {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Of the first value, the second … */
  readonly names?: readonly string[];
  readonly allowed: string;
  readonly remedy: string;
}

const NUMBERS = 'write numbers, lists, ranges and steps from 1, "*/15"';
const FIELDS: readonly CronField[] = [
  { name: "minute", from: 0, to: 59, allowed: "0 to 59", remedy: NUMBERS },
  { name: "hour", from: 0, to: 23, allowed: "0 to 23", remedy: `${NUMBERS}; midnight is 0` },
  { name: "day of the month", from: 1, to: 31, allowed: "1 to 31", remedy: `${NUMBERS}; there is no "L" and no "W"` },
  {
    name: "month",
    from: 1,
    to: 12,
    names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    allowed: "1 to 12 or jan to dec",
    remedy: "write numbers, or three letters of a name",
  },
  {
    name: "weekday",
    from: 0,
    to: 6,
    names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
    allowed: "0 (Sunday) to 6 (Saturday) or sun to sat",
    remedy: 'write Sunday as 0, or three letters of a name; a week from Monday to Sunday is "*"',
  },
];

/** A pattern of the whole numbers from one to another, both below 100. */
function numbers(from: number, to: number): string {
  const tens = Array.from({ length: Math.floor(to / 10) + 1 }, (_, ten) => ten).filter((ten) => ten * 10 + 9 >= from);
  const ofTen = (ten: number): string =>
    `${ten === 0 ? "" : ten}[${Math.max(from - ten * 10, 0)}-${Math.min(to - ten * 10, 9)}]`;
  return `${LEAD}(${tens.map(ofTen).join("|")})`;
}

/** A value of a field up to one: as a number or by its name. */
function valueTo(last: number, { from, names = [] }: CronField): string {
  return [numbers(from, last), ...names.slice(0, last - from + 1).map(inAnyCase)].join("|");
}

function ofLines(test: ValueTest, allowed: string, remedy: string): ValueRule<string> {
  return {
    ...rule({ ...test, unlessMatching: `^${SPACE}*@` }, { allowed: `a cron line in UTC ${allowed}`, remedy }),
    stricter: {},
  };
}

function fieldRule(field: CronField, index: number): ValueRule<string> {
  const value = `(${valueTo(field.to, field)})`;
  const item = `(${ANY}|${value}(-${value})?)${STEP}`;
  return ofLines(
    { matches: `^${SPACE}*(${WORD}${SPACE}+){${index}},*${item}(,+${item})*,*(${SPACE}|$)` },
    `whose ${field.name} is ${field.allowed}`,
    field.remedy,
  );
}

/** Ranges that fall, whatever field they are in: of numbers below 60, of names, and of one of each. */
const FALLING = [
  `[1-9][0-9]-${LEAD}[0-9]`,
  ...[2, 3, 4, 5].map((ten) => `${ten}[0-9]-${LEAD}[1-${ten - 1}][0-9]`),
  ...["", "1", "2", "3", "4", "5"].flatMap((ten) =>
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((unit) => `${ten}${unit}-${LEAD}${ten}[0-${unit - 1}]`),
  ),
  ...FIELDS.flatMap((field) =>
    (field.names ?? [])
      .map((name, index) => `(${field.from + index}|${inAnyCase(name)})-(${valueTo(field.from + index - 1, field)})`)
      .slice(1),
  ),
];

/** Alternatives in patterns that a reader of the tables can still take in. */
function inParts(alternatives: readonly string[]): string[] {
  return alternatives.reduce<string[]>((parts, next) => {
    const last = parts.at(-1);
    return last === undefined || last.length + next.length > 700
      ? [...parts, next]
      : [...parts.slice(0, -1), `${last}|${next}`];
  }, []);
}

const listOf = (item: string): string => `,*(${item})${STEP}(,+(${item})${STEP})*,*`;
const SHORT_MONTHS = `${LEAD}(2|4|6|9|11)|${["feb", "apr", "jun", "sep", "nov"].map(inAnyCase).join("|")}`;
/** The days and the months of lines that never come; with a weekday of its own, a line comes on that too. */
const NO_DATES = [
  [`${LEAD}31`, SHORT_MONTHS],
  [`${LEAD}3[01](-${LEAD}3[01])?`, `${LEAD}2|${inAnyCase("feb")}`],
].map(([day, month]) => `${listOf(day)}${SPACE}+${listOf(month)}`);

/** What the controller asks of the schedule of a budget, field by field. */
export const cronRules: readonly ValueRule<string>[] = [
  {
    ...rule(
      { matches: `^${SPACE}*(${DESCRIPTORS}|[^@\\t\\n\\f\\r ]${WORD.slice(0, -1)}*(${SPACE}+${WORD}){4})${SPACE}*$` },
      {
        allowed: 'a cron line of five fields in UTC, "0 9 * * mon-fri", or one of @daily and its like',
        remedy: "write minute, hour, day, month and weekday, without seconds and without a time zone",
      },
    ),
    stricter: {},
  },
  ...FIELDS.map(fieldRule),
  ...inParts(FALLING).map((falling) =>
    ofLines(
      { notMatching: `(^|[,\\t\\n\\f\\r ])${LEAD}(${falling})([/,\\t\\n\\f\\r ]|$)` },
      "whose ranges rise, from the earlier to the later",
      'write a range that passes the end as two, "22-23,0-6" or "fri-sat,sun"',
    ),
  ),
  ...NO_DATES.map((dates) =>
    ofLines(
      { notMatching: `^${SPACE}*(${WORD}${SPACE}+){2}(${dates})${SPACE}+[*?]${SPACE}*$` },
      "that comes at all; one that never does holds the pool for ever",
      "name a day that the month has",
    ),
  ),
];
