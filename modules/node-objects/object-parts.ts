/** What warnings on NodePools and node classes speak of at plan, as `lib/node-objects/object-parts` has it at synth. */
import { AMI_FAMILIES } from "../../lib/inputs/catalog/ami-families";
import { kubernetesRangeAtPlan } from "../../lib/inputs/catalog/kubernetes-range";
import { kubernetesMinor, SUPPORTED_KUBERNETES } from "../../lib/versions";
import { KNOWN_VALUES } from "../../lib/node-objects/contradictions";
import { demandsAtPlan, existsAtPlan, fitAtPlan } from "../../lib/node-objects/demands-at-plan";
import { NAMED_FAMILIES } from "../../lib/node-objects/ami-names";
import { sizeInGibAtPlan, VOLUME_ROWS } from "../../lib/node-objects/volume-types";
import type { ObjectPart } from "../../lib/node-objects/object-parts";
import { ONLY } from "../../lib/node-objects/object-parts";
import { isLacking } from "./ami-aliases";
import { demandLocals, get, itemsOf, listOf, saidLocals } from "./said";

/** The family of a class's AMIs by itself or by its first alias, and where that stands; demands of its operating system follow. */
const AMI_SOURCES =
  "{ path = it.at.amiAlias, family = it.fields.amiAlias }, " +
  '{ path = "${it.at.amiSelectorTerms}[0].alias", family = try(it.fields.amiSelectorTerms[0].alias, null) }, ' +
  "{ path = it.at.amiFamily, family = it.fields.amiFamily }";

const isOne = (key: string, value: string): string =>
  `{ path = source.path, key = "${key}", operator = "In", values = ["${value}"] }`;

/** Locals of pairs of demands, of a pool among each other and with those of its class's AMIs. */
const PAIR_LOCALS: Readonly<Record<string, string>> = {
  ami_sources: `\${[for it in local.said_classes : { name = it.name, sources = [for source in [${AMI_SOURCES}] : source if source.family != null] }]}`,
  ami_demands:
    "${{ for it in local.ami_sources : it.name => concat([], [for source in slice(it.sources, 0, min(1, length(it.sources))) : " +
    `[[], [${isOne("kubernetes.io/os", "windows")}, ${isOne("kubernetes.io/arch", "amd64")}], [${isOne("kubernetes.io/os", "linux")}]]` +
    '[source.family == "Custom" ? 0 : can(regex("^(?i:windows)", source.family)) ? 1 : 2]]...)... if it.name != null }}',
  demands_with_amis:
    "${[for index, it in local.said_pools : concat(local.pool_demands[index], " +
    `${demandsAtPlan(
      "try(local.ami_demands[[it.fields.nodeClass, local.default_class][it.fields.nodeClass == null ? 1 : 0]][0], [])",
    )})]}`,
  default_class:
    '${length(local.said_classes) == 1 ? try(coalesce(local.said_classes[0].name), "default") : "default"}',
  demand_pairs:
    "${concat([], [for demands in local.demands_with_amis : concat([], [for index, first in demands : " +
    "[for second in slice(demands, index + 1, length(demands)) : { one = first, two = second } if first.key == second.key]]...)]...)}",
};

const ALIASES = `concat([{ path = it.at.amiAlias, alias = it.fields.amiAlias }], ${itemsOf(
  "it.fields.amiSelectorTerms",
  `{ path = "\${it.at.amiSelectorTerms}[\${index}].alias", alias = ${get("item", "alias")} }`,
)})`;

/** Of a class with `aliases`; what is Custom is of no family that is known. */
const FAMILY =
  "[for family in concat([for family in concat([it.fields.amiFamily], " +
  '[for item in it.aliases : try(local.ami_families[split("@", item.alias)[0]], null)]) : family if family != null], [null]) : ' +
  'family == "Custom" ? null : family][0]';

const VOLUME = ["kmsKeyID", "encrypted", "volumeType", "volumeSize", "iops", "throughput"];

/** A row of a volume's type, or of any type. */
const ROW =
  `lookup(local.volume_rows, [${get("item.ebs", "volumeType")}, ""][${get("item.ebs", "volumeType")} == null ? 1 : 0], ` +
  'local.volume_rows[""])';

const EBS =
  `{ path = "\${it.at.blockDeviceMappings}[\${index}].ebs", fields = merge({ for name in ${JSON.stringify(VOLUME)} : ` +
  `name => lookup(merge({}, item.ebs), name, null) }, { deviceName = ${get("item", "deviceName")}, ` +
  `rootVolume = ${get("item", "rootVolume")}, family = it.fields.family, row = ${ROW}, ` +
  `size = ${sizeInGibAtPlan("item.ebs.volumeSize")} }) }`;

const flat = (of: string, lists: string): string => `concat([], [for it in local.said_${of} : ${lists}]...)`;

/** A list of parts by the name of their kind, `local.warned.<kind>`; `fields` are all there, null where they are not given. */
const PARTS: Readonly<Record<ObjectPart, string>> = {
  nodePool:
    "[for index, it in local.said_pools : merge(it, { fields = merge(it.fields, { for name, key in local.only_keys : " +
    'name => concat([for item in local.pool_demands[index] : item.values[0] if item.key == key && item.operator == "In" && length(item.values) == 1], [null])[0] }) })]',
  disruption:
    "[for it in local.said_pools : { path = it.at.disruption, fields = merge({}, it.fields.disruption) } if it.fields.disruption != null]",
  demand:
    "[for it in concat([], local.pool_demands...) : { path = it.path, fields = { said = it.said, " +
    `exists = ${existsAtPlan("it", "local.known_values")} } }]`,
  demandPair:
    "[for it in local.demand_pairs : { path = it.one.path, fields = { second = it.two.path, firstSaid = it.one.said, " +
    `secondSaid = it.two.said, fit = ${fitAtPlan("it.one", "it.two")} } }]`,
  limit: flat(
    "pools",
    "[for resource, amount in merge({}, it.fields.limits) : " +
      '{ path = "${it.at.limits}.${resource}", fields = { resource = resource, amount = try(tostring(amount), "") } }]',
  ),
  nodeClass: "local.warned_classes",
  amiAlias:
    "[for found in local.ami_aliases : { path = found.path, fields = { alias = found.alias, lacking = " +
    `[for minor in local.supported_kubernetes : "1.\${minor}" if ${isLacking("found.number", 'local.ami_releases[found.family]["${minor}"]')}] } } ` +
    "if var.kubernetes_version == null]",
  metadataOptions:
    "[for it in local.said_classes : { path = it.at.metadataOptions, fields = merge({}, it.fields.metadataOptions) } if it.fields.metadataOptions != null]",
  volume: `concat([], [for it in local.warned_classes : [for index, item in ${listOf("it.fields.blockDeviceMappings")} : ${EBS} if ${get("item", "ebs")} != null]]...)`,
  amiName: "local.ami_names",
};

/** The module's locals by name, for {@link PARTS}. */
export const PART_LOCALS: Readonly<Record<string, unknown>> = {
  ...saidLocals({
    pools: {
      values: ["nodeClass", "requirements", "replicas", "terminationGracePeriod"],
      maps: ["labels", "limits", "disruption"],
    },
    classes: {
      values: ["amiAlias", "amiFamily", "amiSelectorTerms", "allowLatestAmi", "blockDeviceMappings"],
      maps: ["metadataOptions"],
    },
  }),
  only_keys: ONLY,
  ...demandLocals(),
  ...PAIR_LOCALS,
  known_values: KNOWN_VALUES,
  kubernetes_range: `\${${kubernetesRangeAtPlan("var.karpenter_version")}}`,
  supported_kubernetes:
    `\${[for minor in ${JSON.stringify(SUPPORTED_KUBERNETES.map(kubernetesMinor))} : minor ` +
    "if minor >= local.kubernetes_range.from && minor <= local.kubernetes_range.to]}",
  ami_families: AMI_FAMILIES,
  named_families: NAMED_FAMILIES,
  volume_rows: VOLUME_ROWS,
  warned_classes:
    "${[for it in [for it in local.said_classes : " +
    `merge(it, { aliases = ${ALIASES} })] : merge(it, { fields = merge(it.fields, { isManifest = it.manifest, ` +
    `aliases = it.aliases, family = ${FAMILY}, devices = ${itemsOf("it.fields.blockDeviceMappings", get("item", "deviceName"))} }) })]}`,
  warned_names: `\${concat([], [for it in local.warned_classes : concat([], ${itemsOf(
    "it.fields.amiSelectorTerms",
    '[for field in ["name", "ssmParameter"] : { path = "${it.at.amiSelectorTerms}[${index}].${field}", value = lookup(item, field, null), ' +
      "family = it.fields.family, familyPath = it.at.amiFamily } if lookup(item, field, null) != null]",
  )}...)]...)}`,
  ami_names:
    "${[for it in local.warned_names : { path = it.path, fields = merge(it, { named = " +
    "try([for row in local.named_families : row.family if can(regex(row.pattern, it.value))][0], null) }) }]}",
  warned: Object.fromEntries(Object.entries(PARTS).map(([kind, list]) => [kind, `\${${list}}`])),
};
