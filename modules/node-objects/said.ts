/** What is said of NodePools and node classes at plan, wherever it is said, as `lib/node-objects/said` has it at synth. */
import { demandsAtPlan } from "../../lib/node-objects/demands-at-plan";
import { placeInPool } from "../../lib/node-objects/said";

/** The fields of an object that a module looks at: those that are maps are laid over each other, key by key. */
export interface SaidFields {
  readonly values?: readonly string[];
  readonly maps?: readonly string[];
}

/**
 * A field of an object, null where it is not given. Not `try`: of an object that is not known as a whole it knows nothing, and
 * a warning that waits for a value fills the plan with Terraform's own words.
 */
export function get(object: string, field: string): string {
  return `lookup(merge({}, ${object}), "${field}", null)`;
}

/** A list, empty where it is null. */
export function listOf(list: string): string {
  return `[${list}, []][${list} == null ? 1 : 0]`;
}

/** A list from the items of another, empty where that is null; `index` and `item` are each. */
export function itemsOf(list: string, to: string): string {
  return `[for index, item in ${listOf(list)} : ${to}]`;
}

/** The parts of a NodePool's `spec` that have fields in them, by the way there. */
const BASES: Readonly<Record<string, string>> = {
  spec: "it.spec",
  "template.metadata": get(get("it.spec", "template"), "metadata"),
  "template.spec": get(get("it.spec", "template"), "spec"),
  "template.spec.nodeClassRef": get(get(get("it.spec", "template"), "spec"), "nodeClassRef"),
};

interface Kind {
  readonly local: "pools" | "classes";
  readonly input: "node_pools" | "node_classes";
  readonly kind: "NodePool" | "EC2NodeClass";
  placeOf(field: string): string;
}

const POOLS: Kind = { local: "pools", input: "node_pools", kind: "NodePool", placeOf: placeInPool };
const CLASSES: Kind = { local: "classes", input: "node_classes", kind: "EC2NodeClass", placeOf: (field) => field };

/**
 * Locals `said_pools` and `said_classes`: of each object its path, its name, whether it is a manifest, the given fields, and
 * where each is said. They wait for the check of inputs, so that nothing is of a wrong type.
 */
export function saidLocals(fields: {
  readonly pools: SaidFields;
  readonly classes: SaidFields;
}): Record<string, unknown> {
  return { ...localsOf(POOLS, fields.pools), ...localsOf(CLASSES, fields.classes) };
}

function localsOf(
  { local, input, kind, placeOf }: Kind,
  { values = [], maps = [] }: SaidFields,
): Record<string, unknown> {
  const places = (names: readonly string[]): Record<string, unknown> =>
    Object.fromEntries(
      names.map((name) => {
        const place = placeOf(name);
        const way = place.split(".");
        return [name, { place, base: way.slice(0, -1).join(".") || "spec", key: way.at(-1) }];
      }),
    );
  const all = [...values, ...maps];
  const bases = [...new Set(Object.values(places(all)).map((found) => (found as { base: string }).base))];
  const said = (value: string): string => `for name, found in local.fields_of_${local}.${value}`;
  const [own, free] = ["lookup(it.own, name, null)", "lookup(it.free[found.base], found.key, null)"];
  return {
    [`fields_of_${local}`]: { values: places(values), maps: places(maps) },
    [`raw_${local}`]:
      `\${concat([for name, object in merge({}, local.checked_${input}) : { path = "${input}.\${name}", name = name, manifest = false, ` +
      `own = { for field, value in object : field => value if field != "spec" }, spec = ${get("object", "spec")}, at = "${input}.\${name}.spec" }], ` +
      `[for index, object in local.checked_manifests : { path = "manifests[\${index}].spec", name = ${get(get("object", "metadata"), "name")}, manifest = true, ` +
      `own = {}, spec = ${get("object", "spec")}, at = "manifests[\${index}].spec" } if ${get("object", "kind")} == "${kind}"])}`,
    [`layers_of_${local}`]:
      `\${[for it in local.raw_${local} : merge(it, { free = { ` +
      `${bases.map((base) => `"${base}" = merge({}, ${BASES[base]})`).join(", ")} } })]}`,
    [`values_of_${local}`]: `\${[for it in local.layers_of_${local} : { ${said("values")} : name => [${own}, ${free}][${own} != null ? 0 : 1] }]}`,
    [`maps_of_${local}`]:
      `\${[for it in local.layers_of_${local} : { ${said("maps")} : name => ` +
      `[${own}, ${free}, merge({}, ${free}, ${own})][${own} == null ? 1 : ${free} == null ? 0 : 2] }]}`,
    [`places_of_${local}`]:
      `\${[for it in local.layers_of_${local} : { for name, found in merge(local.fields_of_${local}.values, local.fields_of_${local}.maps) : ` +
      `name => ${own} != null ? "\${it.path}.\${name}" : ${free} != null || it.manifest ? "\${it.at}.\${found.place}" : "\${it.path}.\${name}" }]}`,
    [`said_${local}`]:
      `\${[for index, it in local.raw_${local} : { path = it.path, name = it.name, manifest = it.manifest, ` +
      `fields = merge(local.values_of_${local}[index], local.maps_of_${local}[index]), at = local.places_of_${local}[index] }]}`,
  };
}

/** Local `pool_demands`: of each of `local.said_pools` what it asks of its nodes; its labels are demands too. */
export function demandLocals(): Record<string, string> {
  const ofLabels =
    "[for key, value in merge({}, it.fields.labels) : " +
    '{ path = it.at.labels, key = key, operator = "In", values = [value] }]';
  const ofRequirements = itemsOf(
    "it.fields.requirements",
    `{ path = "\${it.at.requirements}[\${index}]", key = ${get("item", "key")}, operator = ${get("item", "operator")}, ` +
      `values = ${listOf(get("item", "values"))} }`,
  );
  return {
    raw_demands: `\${[for it in local.said_pools : concat(${ofLabels}, ${ofRequirements})]}`,
    pool_demands: `\${[for demands in local.raw_demands : ${demandsAtPlan("demands")}]}`,
  };
}
