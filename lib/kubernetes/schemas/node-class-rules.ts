import { Token } from "cdktf";
import { pattern } from "../../rules/rule";
import { ObjectRule } from "./field";

type Values = Readonly<Record<string, unknown>>;

const LATEST = pattern("@latest$");
const WISH = '"@latest" replaces every node whenever AWS releases an AMI: set "{allowLatestAmi}" to true to have that';

/** What goes together in a node class. Terraform before 1.12 evaluates both sides of `||`, so each side stands a null. */
export const nodeClassRules: readonly ObjectRule[] = [
  {
    refusal:
      '"{}.{amiAlias}" is missing, but must be given when "{amiSelectorTerms}" is not; name a release, "al2023@v20251108"',
    accepts: (it) => isGiven(it.amiAlias) || isGiven(termsOf(it)),
    terraform: (it) =>
      `${it}.ami_alias != null || ${it}.amiSelectorTerms != null || can(jsondecode(${it}.spec).amiSelectorTerms)`,
  },
  {
    refusal: '"{}" has both "{amiAlias}" and "{amiSelectorTerms}", but an alias must stand alone; leave one out',
    accepts: (it) => !isGiven(it.amiAlias) || !isGiven(termsOf(it)) || Token.isUnresolved(termsOf(it)),
    terraform: (it) =>
      `${it}.ami_alias == null || (${it}.amiSelectorTerms == null && !can(jsondecode(${it}.spec).amiSelectorTerms))`,
  },
  {
    refusal: `"{}.{amiAlias}" is <amiAlias>, but must name a release, "al2023@v20251108"; ${WISH}`,
    accepts: (it) => wantsLatest(it) || !isLatest(it.amiAlias),
    terraform: (it) => `${wanted(it)} || !${LATEST.terraform(`${it}.ami_alias`)}`,
  },
  {
    refusal: `"{}.{amiSelectorTerms}" has an alias that ends in "@latest", but must name a release, "al2023@v20251108"; ${WISH}`,
    accepts: (it) => {
      const terms = termsOf(it);
      return wantsLatest(it) || !Array.isArray(terms) || !terms.some((term) => isLatest(aliasOf(term)));
    },
    terraform: (it) =>
      `${wanted(it)} || alltrue([for term in concat(` +
      `[for own in (${it}.amiSelectorTerms == null ? [] : ${it}.amiSelectorTerms) : own.alias], ` +
      `try([for own in jsondecode(${it}.spec).amiSelectorTerms : try(own.alias, null)], [])) : !${LATEST.terraform("term")}])`,
  },
  {
    refusal:
      '"{}.{amiFamily}" is missing, but must be given when no term of "{amiSelectorTerms}" is an alias; ' +
      'say how these AMIs start a node, "AL2023", "Bottlerocket" or "Custom"',
    accepts: (it) =>
      [it.amiFamily, it.amiAlias].some(isGiven) ||
      hasFamilyInSpec(it) ||
      !Array.isArray(it.amiSelectorTerms) ||
      it.amiSelectorTerms.some((term) => !isGiven(term) || Token.isUnresolved(term) || isGiven(aliasOf(term))),
    terraform: (it) =>
      `${it}.amiFamily != null || ${it}.ami_alias != null || can(jsondecode(${it}.spec).amiFamily) || ` +
      `${it}.amiSelectorTerms == null || ` +
      `!alltrue([for term in (${it}.amiSelectorTerms == null ? [] : ${it}.amiSelectorTerms) : term.alias == null])`,
  },
  {
    refusal: '"{}" has both "{role}" and "{instanceProfile}", but must have one of them; leave one out',
    accepts: ({ role, instanceProfile }) => !(isGiven(role) && isGiven(instanceProfile)),
    terraform: (it) => `${it}.role == null || ${it}.instanceProfile == null`,
  },
];

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The terms, also where they stand in the API's own form; a token where only Terraform knows whether there are any. */
function termsOf({ amiSelectorTerms, spec }: Values): unknown {
  return amiSelectorTerms ?? (Token.isUnresolved(spec) ? spec : (spec as Values | null | undefined)?.amiSelectorTerms);
}

function hasFamilyInSpec({ spec }: Values): boolean {
  return Token.isUnresolved(spec) || isGiven((spec as Values | null | undefined)?.amiFamily);
}

function aliasOf(term: unknown): unknown {
  return (term as Values | null | undefined)?.alias;
}

/** A value of a wrong type is the schema's matter. */
function isLatest(alias: unknown): boolean {
  return typeof alias === "string" && !Token.isUnresolved(alias) && LATEST.accepts(alias);
}

function wantsLatest({ allowLatestAmi }: Values): boolean {
  return allowLatestAmi === true || Token.isUnresolved(allowLatestAmi);
}

function wanted(it: string): string {
  return `(${it}.allow_latest_ami == null ? false : ${it}.allow_latest_ami)`;
}
