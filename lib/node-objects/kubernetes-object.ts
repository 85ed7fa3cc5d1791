import type { Fields } from "../terraform/known-values";
import { isFields, isGiven, isKnownList } from "../terraform/known-values";

/** An object as the API server takes it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string } & Fields;
  readonly spec: Fields;
}

/** The metadata of an object: its name, and the labels and annotations that are said of it. */
export function metadataOf(name: string, { metadata }: { readonly metadata?: object }): KubernetesObject["metadata"] {
  return { ...pruned(metadata ?? {}), name };
}

/** What of the fields is given, all the way down. */
export function pruned(fields: object): Fields {
  return prunedValue(fields) as Fields;
}

function prunedValue(value: unknown): unknown {
  if (isKnownList(value)) {
    return value.map(prunedValue);
  }
  return isFields(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, item]) => isGiven(item))
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
