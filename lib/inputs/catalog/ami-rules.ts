import type { Predicate } from "../predicate";
import { all, any, given, is, not, passes, sized, some } from "../predicate";
import { NEWEST_AMI_ALIAS } from "../../versions/ami-releases";
import { AMI_FAMILIES } from "./ami-families";
import type { ObjectRule } from "../field";
import { apiRule } from "../field";

const LATEST = { matches: "@latest$", notMatching: "^windows" };
const WINDOWS = { matches: "^windows[0-9]+@latest$" };
const WINDOWS_WISH =
  'but must stand beside "allowLatestAmi" with the value true: Windows has no other release, and every node is replaced ' +
  "whenever AWS releases an AMI; set it";
const WISH = '"@latest" replaces every node whenever AWS releases an AMI: set "allowLatestAmi" to true to have that';

const hasTerms = given("amiSelectorTerms");
const wantsLatest = is("allowLatestAmi", true);

/** An alias of a family, as the one alias or in a term. */
function hasAliasOf(family: string): Predicate {
  const alias = { matches: `^${family}(@|$)` };
  return any(passes("amiAlias", alias), some("amiSelectorTerms", passes("alias", alias)));
}

/** What we ask of the AMIs of a node class in our own words; a manifest has no place for `allowLatestAmi`. */
export const amiRules: readonly ObjectRule[] = [
  {
    refusal: `"{}.amiAlias" is missing, but must be given when "amiSelectorTerms" is not; name a release, "${NEWEST_AMI_ALIAS}"`,
    condition: any(given("amiAlias"), hasTerms),
    since: "1.0",
  },
  {
    refusal:
      '"{}.amiFamily" is missing, but must be given when neither "amiAlias" nor "amiSelectorTerms" is; ' +
      'name the family, "AL2"',
    // The last two are words of v1alpha1, which has AL2 for a family where none is named.
    condition: any(given("amiFamily"), given("amiAlias"), hasTerms, given("amiSelector"), given("launchTemplate")),
    until: "1.0",
  },
  {
    refusal: '"{}" has both "amiAlias" and "amiSelectorTerms", but an alias must stand alone; leave one out',
    condition: not(all(given("amiAlias"), hasTerms)),
    stricter: {},
  },
  {
    refusal: `"{}.amiAlias" is <amiAlias>, but must name a release, "${NEWEST_AMI_ALIAS}"; ${WISH}`,
    condition: any(wantsLatest, not(passes("amiAlias", LATEST))),
    stricter: {},
  },
  {
    refusal: `"{}.amiAlias" is <amiAlias>, ${WINDOWS_WISH}`,
    condition: any(wantsLatest, not(passes("amiAlias", WINDOWS))),
    stricter: {},
  },
  {
    refusal: `"{}.amiSelectorTerms" has an alias that ends in "@latest", but must name a release, "${NEWEST_AMI_ALIAS}"; ${WISH}`,
    condition: any(wantsLatest, not(some("amiSelectorTerms", passes("alias", LATEST)))),
    stricter: {},
  },
  {
    refusal: `"{}.amiSelectorTerms" has an alias of Windows, ${WINDOWS_WISH}`,
    condition: any(wantsLatest, not(some("amiSelectorTerms", passes("alias", WINDOWS)))),
    stricter: {},
  },
];

/** Before 1.0, every other family has AMIs of its own. `amiSelector` is a word of v1alpha1. */
export const customFamilyRule = apiRule(
  "amiSelectorTerms",
  "is missing",
  "amiSelectorTerms is required when amiFamily == 'Custom'",
  "say which AMIs are meant, by id, name or tags",
  any(not(is("amiFamily", "Custom")), sized("amiSelectorTerms", { min: 1 }), given("amiSelector")),
  { until: "1.0" },
);

/** What the API server asks of the AMIs of a class, whoever wrote it. */
export const amiApiRules: readonly ObjectRule[] = [
  {
    ...apiRule(
      "amiFamily",
      "is missing",
      "must specify amiFamily if amiSelectorTerms does not contain an alias",
      'say how these AMIs start a node, "AL2023", "Bottlerocket" or "Custom"',
      any(
        given("amiFamily"),
        given("amiAlias"),
        not(given("amiSelectorTerms")),
        some("amiSelectorTerms", given("alias")),
      ),
    ),
    since: "0.32",
  },
  customFamilyRule,
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
