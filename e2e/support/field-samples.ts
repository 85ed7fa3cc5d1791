/** Two different values for each field that the catalogue of inputs describes, at every depth of its objects. */
import type { Field, ObjectField } from "../../lib/inputs/field";
import { fieldOf } from "../../lib/inputs/versioned-field";
import {
  capacityBufferSchema,
  nodeClassSchema,
  nodeOverlaySchema,
  nodePoolSchema,
} from "../../lib/inputs/catalog/objects";

/** A field with a value for the free form and another one that is said by field. */
export interface Sample {
  readonly path: readonly string[];
  readonly below: unknown;
  readonly above: unknown;
  readonly field: Field;
}

const SCHEMAS = {
  nodePools: nodePoolSchema,
  nodeClasses: nodeClassSchema,
  nodeOverlays: nodeOverlaySchema,
  capacityBuffers: capacityBufferSchema,
};
export type ObjectsByName = keyof typeof SCHEMAS;

/** Words that are ours and no field of a spec; what becomes of them is tested by hand. */
const OWN_WORDS = ["nodeClass", "amiAlias", "allowLatestAmi", "namespace", "podTemplate", "metadata", "spec"];

/** The fields of the API in each kind of object. */
export const LATER_FIELDS = Object.fromEntries(
  Object.entries(SCHEMAS).map(([kind, { fields }]) => [
    kind,
    Object.keys(fields).filter((name) => !OWN_WORDS.includes(name)),
  ]),
) as Readonly<Record<ObjectsByName, string[]>>;

/** A sample of every field, and of every field of an object in it. */
export function fieldSamples(kind: ObjectsByName): Sample[] {
  return LATER_FIELDS[kind].flatMap((name) => samplesOf(SCHEMAS[kind].fields[name] as Field, [name]));
}

/** A sample of a field, and of every field of an object in it. */
export function samplesOf(described: Field, path: readonly string[]): Sample[] {
  const field = fieldOf(described);
  const own = { path, field, below: sampleOf(field, 1), above: sampleOf(field, 2) };
  const others = NOTHING[field.kind] === undefined ? [] : [{ ...own, above: NOTHING[field.kind] }];
  const inside =
    field.kind === "object"
      ? Object.entries((field as ObjectField).fields).flatMap(([name, of]) => samplesOf(of, [...path, name]))
      : [];
  return [own, ...others, ...inside];
}

/** What Helm's own functions would take for nothing at all. */
const NOTHING: Readonly<Record<string, unknown>> = { bool: false, number: 0, string: "", list: [] };

function sampleOf(described: Field, which: 1 | 2): unknown {
  const field = fieldOf(described);
  switch (field.kind) {
    case "bool":
      return which === 1;
    case "number":
      return which;
    case "quantity":
      return `${which}Gi`;
    case "list":
      return [sampleOf(field.of, which)];
    case "map":
      return { same: sampleOf(field.of, which) };
    case "object":
      return Object.fromEntries(Object.entries(field.fields).map(([name, of]) => [name, sampleOf(of, which)]));
    default:
      return `text-${which}`;
  }
}

const OF_TEMPLATE = ["requirements", "taints", "startupTaints", "expireAfter", "terminationGracePeriod"];
const OF_NODES = ["labels", "annotations"];

/** Where the spec of v1 has a field that is said without the nesting of its template. */
export function placeOf(kind: ObjectsByName, path: readonly string[]): readonly string[] {
  const [first = ""] = path;
  if (kind !== "nodePools") {
    return path;
  }
  if (OF_TEMPLATE.includes(first)) {
    return ["template", "spec", ...path];
  }
  return OF_NODES.includes(first) ? ["template", "metadata", ...path] : path;
}
