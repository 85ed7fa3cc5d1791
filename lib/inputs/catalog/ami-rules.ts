import { Token } from "cdktf";
import { all, any, predicate, Predicate, given, implies, is, isGiven, not, passes, sized, some } from "../predicate";
import { pattern } from "../rule";
import { AMI_FAMILIES } from "./ami-families";
import { apiRule, ObjectRule } from "../field";

type Values = Readonly<Record<string, unknown>>;

const LATEST = pattern("@latest$");
const WISH = '"@latest" replaces every node whenever AWS releases an AMI: set "{allowLatestAmi}" to true to have that';

/** Terms may stand in the free form too; at synth a token stands for whether there are any. */
const hasTerms: Predicate = predicate(
  (it) => isGiven(termsOf(it as Values)),
  (it) => `${it}.amiSelectorTerms != null || can(jsondecode(${it}.spec).amiSelectorTerms)`,
);
const hasFamily: Predicate = predicate(
  ({ amiFamily, spec }: Values) =>
    isGiven(amiFamily) || Token.isUnresolved(spec) || isGiven((spec as Values | undefined)?.amiFamily),
  (it) => `${it}.amiFamily != null || can(jsondecode(${it}.spec).amiFamily)`,
);
const hasLatestTerm: Predicate = predicate(
  (it) => {
    const terms = termsOf(it as Values);
    return Array.isArray(terms) && terms.some((term) => isLatest((term as Values | null | undefined)?.alias));
  },
  (it) =>
    `anytrue([for term in concat([for own in (${it}.amiSelectorTerms == null ? [] : ${it}.amiSelectorTerms) : own.alias], ` +
    `try([for own in jsondecode(${it}.spec).amiSelectorTerms : try(own.alias, null)], [])) : ${LATEST.terraform("term")}])`,
);
const wantsLatest = is("allowLatestAmi", true);

/** An alias of a family, as the one alias or in a term. */
function hasAliasOf(family: string): Predicate {
  const alias = pattern(`^${family}(@|$)`);
  return any(passes("amiAlias", alias), some("amiSelectorTerms", passes("alias", alias)));
}

/** What goes together in the AMIs of a node class. */
export const amiRules: readonly ObjectRule[] = [
  {
    refusal:
      '"{}.{amiAlias}" is missing, but must be given when "{amiSelectorTerms}" is not; name a release, "al2023@v20251108"',
    condition: any(given("amiAlias"), hasTerms),
  },
  {
    refusal: '"{}" has both "{amiAlias}" and "{amiSelectorTerms}", but an alias must stand alone; leave one out',
    condition: implies(
      all(given("amiAlias"), hasTerms),
      predicate(
        ({ amiSelectorTerms, spec }: Values) => (Token.isUnresolved(amiSelectorTerms ?? spec) ? undefined : false),
        () => "false",
      ),
    ),
    stricter: {},
  },
  {
    refusal: `"{}.{amiAlias}" is <amiAlias>, but must name a release, "al2023@v20251108"; ${WISH}`,
    condition: any(wantsLatest, not(passes("amiAlias", LATEST))),
    stricter: {},
  },
  {
    refusal: `"{}.{amiSelectorTerms}" has an alias that ends in "@latest", but must name a release, "al2023@v20251108"; ${WISH}`,
    condition: any(wantsLatest, not(hasLatestTerm)),
    stricter: {},
  },
  apiRule(
    "amiFamily",
    "is missing",
    "must specify amiFamily if amiSelectorTerms does not contain an alias",
    'say how these AMIs start a node, "AL2023", "Bottlerocket" or "Custom"',
    any(hasFamily, given("amiAlias"), not(given("amiSelectorTerms")), some("amiSelectorTerms", given("alias"))),
  ),
  ...Object.entries(AMI_FAMILIES).map(([family, amiFamily]) =>
    apiRule(
      "amiFamily",
      "is <amiFamily>",
      `if set, amiFamily must be '${amiFamily}' or 'Custom' when using ${/^[aeiou]/i.test(family) ? "an" : "a"} ${amiFamily} alias`,
      "leave it out, for the alias says the family",
      any(not(given("amiFamily")), is("amiFamily", amiFamily, "Custom"), not(hasAliasOf(family))),
    ),
  ),
  apiRule(
    "amiSelectorTerms",
    "has a term with an alias beside others",
    "'alias' is mutually exclusive, cannot be set with a combination of other amiSelectorTerms",
    "leave the others out",
    any(not(some("amiSelectorTerms", given("alias"))), sized("amiSelectorTerms", { max: 1 })),
  ),
];

/** The terms, also where they stand in the API's own form; a token where only Terraform knows whether there are any. */
function termsOf({ amiSelectorTerms, spec }: Values): unknown {
  return amiSelectorTerms ?? (Token.isUnresolved(spec) ? spec : (spec as Values | null | undefined)?.amiSelectorTerms);
}

/** A value of a wrong type is the schema's matter. */
function isLatest(alias: unknown): boolean {
  return typeof alias === "string" && !Token.isUnresolved(alias) && LATEST.accepts(alias);
}
