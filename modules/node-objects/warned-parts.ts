/** What warnings on NodePools and node classes speak of at plan, as `lib/node-objects/warned-parts` has it at synth. */
import { AMI_FAMILIES } from "../../lib/inputs/catalog/ami-families";
import { NAMED_FAMILIES } from "../../lib/node-objects/ami-names";
import { sizeInGibAtPlan, VOLUME_ROWS } from "../../lib/node-objects/volume-types";
import type { ObjectPart } from "../../lib/node-objects/warned-parts";
import { ONLY } from "../../lib/node-objects/warned-parts";
import { get, listOf, saidLocals } from "./said";

const items = (list: string, to: string): string => `[for index, item in ${listOf(list)} : ${to}]`;

const DEMANDS =
  "concat([for key, value in merge({}, it.fields.labels) : " +
  '{ path = it.at.labels, key = key, operator = "In", values = [value] }], ' +
  items(
    "it.fields.requirements",
    `{ path = "\${it.at.requirements}[\${index}]", key = ${get("item", "key")}, operator = ${get("item", "operator")}, ` +
      `values = lookup(item, "values", []) }`,
  ) +
  ")";

const ALIASES = `concat([it.fields.amiAlias], ${items("it.fields.amiSelectorTerms", get("item", "alias"))})`;

/** Of a class with `aliases`; what is Custom is of no family that is known. */
const FAMILY =
  "[for family in concat([for family in concat([it.fields.amiFamily], " +
  '[for item in it.aliases : try(local.ami_families[split("@", item.alias)[0]], null)]) : family if family != null], [null]) : ' +
  'family == "Custom" ? null : family][0]';

const VOLUME = ["kmsKeyID", "encrypted", "volumeType", "volumeSize", "iops", "throughput"];

/** A row of a volume's type, or of any type. */
const ROW = `try(local.volume_rows[${get("item.ebs", "volumeType")}], local.volume_rows[""])`;

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
    'name => try([for item in local.pool_demands[index] : item.values[0] if item.key == key && item.operator == "In" && length(item.values) == 1][0], null) }) })]',
  disruption:
    "[for it in local.said_pools : { path = it.at.disruption, fields = merge({}, it.fields.disruption) } if it.fields.disruption != null]",
  limit: flat(
    "pools",
    "[for resource, amount in merge({}, it.fields.limits) : " +
      '{ path = "${it.at.limits}.${resource}", fields = { resource = resource, amount = try(tostring(amount), "") } }]',
  ),
  nodeClass: "local.warned_classes",
  metadataOptions:
    "[for it in local.said_classes : { path = it.at.metadataOptions, fields = merge({}, it.fields.metadataOptions) } if it.fields.metadataOptions != null]",
  volume: `concat([], [for it in local.warned_classes : [for index, item in ${listOf("it.fields.blockDeviceMappings")} : ${EBS} if ${get("item", "ebs")} != null]]...)`,
  amiName: "local.ami_names",
};

/** The module's locals by name, for {@link PARTS}. */
export const PART_LOCALS: Readonly<Record<string, unknown>> = {
  ...saidLocals({
    pools: { values: ["requirements", "replicas", "terminationGracePeriod"], maps: ["labels", "limits", "disruption"] },
    classes: {
      values: ["amiAlias", "amiFamily", "amiSelectorTerms", "allowLatestAmi", "blockDeviceMappings"],
      maps: ["metadataOptions"],
    },
  }),
  only_keys: ONLY,
  pool_demands: `\${[for it in local.said_pools : ${DEMANDS}]}`,
  ami_families: AMI_FAMILIES,
  named_families: NAMED_FAMILIES,
  volume_rows: VOLUME_ROWS,
  warned_classes:
    "${[for it in [for it in local.said_classes : " +
    `merge(it, { aliases = [for alias in ${ALIASES} : { alias = alias }] })] : merge(it, { fields = merge(it.fields, { isManifest = it.manifest, ` +
    `aliases = it.aliases, family = ${FAMILY}, devices = ${items("it.fields.blockDeviceMappings", get("item", "deviceName"))} }) })]}`,
  warned_names: `\${concat([], [for it in local.warned_classes : concat([], ${items(
    "it.fields.amiSelectorTerms",
    '[for field in ["name", "ssmParameter"] : { path = "${it.at.amiSelectorTerms}[${index}].${field}", value = lookup(item, field, null), ' +
      "family = it.fields.family, familyPath = it.at.amiFamily } if lookup(item, field, null) != null]",
  )}...)]...)}`,
  ami_names:
    "${[for it in local.warned_names : { path = it.path, fields = merge(it, { named = " +
    "try([for row in local.named_families : row.family if can(regex(row.pattern, it.value))][0], null) }) }]}",
  warned: Object.fromEntries(Object.entries(PARTS).map(([kind, list]) => [kind, `\${${list}}`])),
};
