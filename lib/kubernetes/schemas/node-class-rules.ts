import { Token } from "cdktf";
import {
  all,
  any,
  condition,
  Condition,
  each,
  given,
  implies,
  is,
  isGiven,
  keysIn,
  not,
  passes,
  sized,
  some,
} from "../../rules/condition";
import { pattern } from "../../rules/rule";
import { apiRule, ObjectRule } from "./field";

type Values = Readonly<Record<string, unknown>>;

// What an update must not change (before 1.7 the role) cannot be seen in one object: the API server has the word there.

const LATEST = pattern("@latest$");
const WISH = '"@latest" replaces every node whenever AWS releases an AMI: set "{allowLatestAmi}" to true to have that';

/** Terms may stand in the free form too; at synth a token stands for whether there are any. */
const hasTerms: Condition = condition(
  (it) => isGiven(termsOf(it as Values)),
  (it) => `${it}.amiSelectorTerms != null || can(jsondecode(${it}.spec).amiSelectorTerms)`,
);
const hasFamily: Condition = condition(
  ({ amiFamily, spec }: Values) =>
    isGiven(amiFamily) || Token.isUnresolved(spec) || isGiven((spec as Values | undefined)?.amiFamily),
  (it) => `${it}.amiFamily != null || can(jsondecode(${it}.spec).amiFamily)`,
);
const hasLatestTerm: Condition = condition(
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
function hasAliasOf(family: string): Condition {
  const alias = pattern(`^${family}(@|$)`);
  return any(passes("amiAlias", alias), some("amiSelectorTerms", passes("alias", alias)));
}

const FAMILIES = {
  al2: "AL2",
  al2023: "AL2023",
  bottlerocket: "Bottlerocket",
  windows2019: "Windows2019",
  windows2022: "Windows2022",
  windows2025: "Windows2025",
} as const;

/** What goes together in a node class. */
export const nodeClassRules: readonly ObjectRule[] = [
  {
    refusal:
      '"{}.{amiAlias}" is missing, but must be given when "{amiSelectorTerms}" is not; name a release, "al2023@v20251108"',
    condition: any(given("amiAlias"), hasTerms),
  },
  {
    refusal: '"{}" has both "{amiAlias}" and "{amiSelectorTerms}", but an alias must stand alone; leave one out',
    condition: implies(
      all(given("amiAlias"), hasTerms),
      condition(
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
  ...Object.entries(FAMILIES).map(([family, amiFamily]) =>
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
  apiRule(
    "",
    'has both "{role}" and "{instanceProfile}"',
    "must specify exactly one of ['role', 'instanceProfile']",
    "leave one out",
    not(all(given("role"), given("instanceProfile"))),
  ),
  apiRule(
    "blockDeviceMappings",
    'has several with "rootVolume"',
    "must have only one blockDeviceMappings with rootVolume",
    "leave it out of all but one",
    condition(
      ({ blockDeviceMappings }: Values) =>
        !Array.isArray(blockDeviceMappings) ||
        blockDeviceMappings.filter((mapping) => (mapping as Values | null)?.rootVolume === true).length <= 1,
      (it) =>
        `${it}.blockDeviceMappings == null ? true : ` +
        `length([for own in ${it}.blockDeviceMappings : own if own.rootVolume == null ? false : own.rootVolume]) <= 1`,
    ),
  ),
  // Weak as the API server's: one term that is right is enough. No term at all breaks the first, for it has no right one.
  idAlone(
    "capacityReservationSelectorTerms",
    "id",
    ["tags", "ownerID", "instanceMatchCriteria"],
    "'id' is mutually exclusive, cannot be set along with other fields in a capacity reservation selector term",
  ),
  ...(["id", "name"] as const).map((field) =>
    idAlone(
      "securityGroupSelectorTerms",
      field,
      ["tags", field === "id" ? "name" : "id"],
      `'${field}' is mutually exclusive, cannot be set with a combination of other fields in a security group selector term`,
      true,
    ),
  ),
  idAlone(
    "subnetSelectorTerms",
    "id",
    ["tags"],
    "'id' is mutually exclusive, cannot be set with a combination of other fields in a subnet selector term",
    true,
  ),
  ...networkInterfaceRules(),
];

/** `orDefault`: no term at all means those of the AWS side. */
function idAlone(
  terms: string,
  field: string,
  others: readonly string[],
  message: string,
  orDefault = false,
): ObjectRule {
  const mixed = each(terms, all(given(field), any(...others.map(given))));
  return apiRule(
    terms,
    orDefault ? `has "${field}" beside others in every term` : `has no term, or "${field}" beside others in every term`,
    message,
    orDefault ? "make a term of each" : "make a term of each, or leave them all out",
    orDefault ? any(not(sized(terms, { min: 1 })), not(mixed)) : any(not(given(terms)), not(mixed)),
  );
}

function networkInterfaceRules(): ObjectRule[] {
  const NAME = "networkInterfaces";
  return [
    apiRule(
      NAME,
      "has no primary one",
      "networkInterfaces must include a primary interface with interfaceType='interface'",
      'add one with "deviceIndex" 0 and "networkCardIndex" 0',
      any(
        not(sized(NAME, { min: 1 })),
        some(NAME, all(is("deviceIndex", 0), is("networkCardIndex", 0), is("interfaceType", "interface"))),
      ),
    ),
    apiRule(
      NAME,
      "has two of one place, or two EFA devices of one card",
      "networkInterfaces must not have duplicate networkCardIndex and deviceIndex pairs, and can have at most one efa device per network card",
      "give each its own",
      condition(
        ({ networkInterfaces }: Values) => !Array.isArray(networkInterfaces) || distinctInterfaces(networkInterfaces),
        (it) =>
          `${it}.${NAME} == null ? true : ` +
          [
            `[for own in ${it}.${NAME} : "\${own.networkCardIndex} \${own.deviceIndex}"]`,
            `[for own in ${it}.${NAME} : own.networkCardIndex if own.interfaceType == "efa-only"]`,
          ]
            .map((values) => `length(distinct(${values})) == length(${values})`)
            .join(" && "),
      ),
    ),
  ];
}

function distinctInterfaces(interfaces: readonly unknown[]): boolean {
  const known = interfaces.filter((own): own is Values => typeof own === "object" && own !== null);
  const isSet = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
  return (
    isSet(known.map(({ networkCardIndex, deviceIndex }) => `${networkCardIndex} ${deviceIndex}`)) &&
    isSet(known.filter((own) => own.interfaceType === "efa-only").map((own) => own.networkCardIndex))
  );
}

/** A term has one of these fields. */
function oneOfFields(term: string, fields: readonly string[], message: readonly string[] = fields): ObjectRule {
  return apiRule(
    "",
    "selects by nothing",
    `expected at least one, got none, [${message.map((field) => `'${field}'`).join(", ")}]`,
    `say which ${term} is meant`,
    any(...fields.map(given)),
  );
}

function alone(field: string, others: readonly string[]): ObjectRule {
  return apiRule(
    "",
    `has "${field}" beside other fields`,
    `'${field}' is mutually exclusive, cannot be set with a combination of other fields in amiSelectorTerms`,
    "leave the others out",
    not(all(given(field), any(...others.map(given)))),
  );
}

export const amiTermRules: readonly ObjectRule[] = [
  oneOfFields("AMI", ["tags", "id", "name", "alias", "ssmParameter"]),
  alone("id", ["alias", "tags", "name", "owner"]),
  alone("alias", ["id", "tags", "name", "owner"]),
];
export const subnetTermRules = [oneOfFields("subnet", ["tags", "id"])];
export const securityGroupTermRules = [oneOfFields("security group", ["tags", "id", "name"])];
export const reservationTermRules = [oneOfFields("reservation", ["tags", "id", "instanceMatchCriteria"])];

export const placementGroupRules: readonly ObjectRule[] = [
  oneOfFields("placement group", ["name", "id"]),
  apiRule(
    "",
    'has both "name" and "id"',
    "'name' and 'id' are mutually exclusive",
    "leave one out",
    not(all(given("name"), given("id"))),
  ),
];

export const connectionTrackingRules: readonly ObjectRule[] = [
  apiRule(
    "",
    "is empty",
    "at least one of tcpEstablishedTimeout, udpStreamTimeout, or udpTimeout must be set",
    "set one, or leave it out",
    any(given("tcpEstablishedTimeout"), given("udpStreamTimeout"), given("udpTimeout")),
  ),
];

export const ebsRules: readonly ObjectRule[] = [
  apiRule(
    "volumeSize",
    "is missing",
    "snapshotID or volumeSize must be defined",
    'say how big the volume is, "100Gi"',
    any(given("snapshotID"), given("volumeSize")),
  ),
  apiRule(
    "volumeInitializationRate",
    "is <volumeInitializationRate>",
    "snapshotID must be set when volumeInitializationRate is set",
    "name the snapshot, or leave the rate out: nothing else is initialized",
    implies(given("volumeInitializationRate"), all(given("snapshotID"), not(is("snapshotID", "")))),
  ),
];

const OLD_KUBELET = { until: "1.15" };

/** From 1.15 on, the controller validates the kubelet's configuration: a mistake shows in the status of the node class. */
export const kubeletRules: readonly ObjectRule[] = [
  apiRule(
    "imageGCHighThresholdPercent",
    "is <imageGCHighThresholdPercent>",
    "imageGCHighThresholdPercent must be greater than imageGCLowThresholdPercent",
    "raise it, or lower the other",
    condition(
      (it) => {
        const { imageGCHighThresholdPercent: high, imageGCLowThresholdPercent: low } = it as Values;
        return typeof high !== "number" || typeof low !== "number" ? undefined : high > low;
      },
      (it) =>
        `${it}.imageGCHighThresholdPercent == null || ${it}.imageGCLowThresholdPercent == null ? true : ` +
        `${it}.imageGCHighThresholdPercent > ${it}.imageGCLowThresholdPercent`,
    ),
    OLD_KUBELET,
  ),
  apiRule(
    "evictionSoft",
    'has what "evictionSoftGracePeriod" has not',
    "evictionSoft OwnerKey does not have a matching evictionSoftGracePeriod",
    'say in "evictionSoftGracePeriod" how long each is let be, "1m30s"',
    keysIn("evictionSoft", "evictionSoftGracePeriod"),
    OLD_KUBELET,
  ),
  apiRule(
    "evictionSoftGracePeriod",
    'has what "evictionSoft" has not',
    "evictionSoftGracePeriod OwnerKey does not have a matching evictionSoft",
    'say in "evictionSoft" when each begins, "10%"',
    keysIn("evictionSoftGracePeriod", "evictionSoft"),
    OLD_KUBELET,
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
