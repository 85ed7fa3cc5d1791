import { types } from "node:util";
import { Token } from "cdktf";
import type { Fields } from "../terraform/known-values";
import { flattened, isFields, isKnownList } from "../terraform/known-values";

/** An object among the manifests, with where it stands. */
export interface Manifest {
  /** `manifests[0]`; what stands in a list or a List counts on from there. */
  readonly path: string;
  readonly object: Fields;
}

/**
 * The objects of `manifests` one by one, as far as they are known at synth: a list in it is several documents of one file, an
 * object of kind List its items, and null an empty document.
 */
export function manifestsOf(manifests: unknown): Manifest[] {
  return manifestEntries(manifests).flatMap(({ path, entry }) => (isFields(entry) ? [{ path, object: entry }] : []));
}

/** As {@link manifestsOf}, with what is no object, or not known. */
function manifestEntries(manifests: unknown): { readonly path: string; readonly entry: unknown }[] {
  return Token.isUnresolved(manifests)
    ? []
    : flattened(manifests).map((entry, index) => ({ path: `manifests[${index}]`, entry }));
}

/** `manifests` as the chart takes them: without what is undefined, a moment in time as text, everything else as it is. */
export function manifestValues(manifests: unknown): unknown {
  return Token.isUnresolved(manifests) ? manifests : flattened(manifests).map(withoutUndefined);
}

function withoutUndefined(value: unknown): unknown {
  if (types.isDate(value)) {
    return value.toISOString();
  }
  if (isKnownList(value)) {
    return value.map(withoutUndefined);
  }
  return isFields(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, item]) => item !== undefined)
          .map(([key, item]) => [key, withoutUndefined(item)]),
      )
    : value;
}

/** The free form of an object's spec; undefined where it is no object, or not known. */
export function freeForm(spec: unknown): Fields | undefined {
  return isFields(spec) ? spec : undefined;
}

/** What stands at a path of keys; undefined where the way there is none. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isFields(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    value,
  );
}
