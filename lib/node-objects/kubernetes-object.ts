import { Token } from "cdktf";

/** An object as the API server takes it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string } & Fields;
  readonly spec: Fields;
}

/** Fields of an object; tokens among the values are Terraform's. */
export type Fields = Readonly<Record<string, unknown>>;

/** The metadata of an object: its name, and the labels and annotations that are said of it. */
export function metadataOf(name: string, { metadata }: { readonly metadata?: object }): KubernetesObject["metadata"] {
  return { ...pruned(metadata ?? {}), name };
}

/** What of the fields is given, all the way down. */
export function pruned(fields: object): Fields {
  return prunedValue(fields) as Fields;
}

function prunedValue(value: unknown): unknown {
  if (Array.isArray(value) && !Token.isUnresolved(value)) {
    return value.map(prunedValue);
  }
  return isFields(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, item]) => item !== undefined && item !== null)
          .map(([key, item]) => [key, prunedValue(item)]),
      )
    : value;
}

/** Fields laid over others: maps key by key, everything else as a whole. */
export function laidOver(below: Fields, above: Fields): Fields {
  const merged = Object.entries(above).map(([key, value]): [string, unknown] => {
    const under = below[key];
    return [key, isFields(under) && isFields(value) ? laidOver(under, value) : value];
  });
  return { ...below, ...Object.fromEntries(merged) };
}

/** Fields without some of them. */
export function without(fields: Fields, ...names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

/** Whether a value is an object that is known at synth. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !Token.isUnresolved(value);
}
