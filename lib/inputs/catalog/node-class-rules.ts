import { all, any, predicate, each, given, implies, is, not, sized, some } from "../predicate";
import type { ObjectRule } from "../field";
import { apiRule } from "../field";
import { kubeletOfFamilyRules } from "./kubelet-rules";

type Values = Readonly<Record<string, unknown>>;

// Immutability (of the role, before 1.7) needs the old object; only the API server can check it.

/** What goes together in a node class. */
export const nodeClassRules: readonly ObjectRule[] = [
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
    predicate(
      ({ blockDeviceMappings }) =>
        !Array.isArray(blockDeviceMappings) ||
        blockDeviceMappings.filter((mapping) => (mapping as Values | null)?.rootVolume === true).length <= 1,
      (at) => `try(length([for own in ${at("blockDeviceMappings")} : own if try(own.rootVolume, false)]) <= 1, true)`,
    ),
  ),
  // As lenient as the CRD's CEL: one well-formed term suffices. An empty list breaks the first rule.
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
  ...kubeletOfFamilyRules,
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
      predicate(
        ({ networkInterfaces }) => !Array.isArray(networkInterfaces) || distinctInterfaces(networkInterfaces),
        (at) =>
          [
            `[for own in ${at(NAME)} : "\${own.networkCardIndex} \${own.deviceIndex}"]`,
            `[for own in ${at(NAME)} : own.networkCardIndex if own.interfaceType == "efa-only"]`,
          ]
            .map((values) => `try(length(distinct(${values})) == length(${values}), true)`)
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
