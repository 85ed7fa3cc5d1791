/** Where an object is not as it was asked for. What the API server adds by itself is no difference. */
import { isFields } from "../../../lib/terraform/known-values";

/** A field that is another than it should be. */
export interface Difference {
  readonly path: string;
  readonly wanted: unknown;
  readonly found: unknown;
}

export function differences(wanted: unknown, found: unknown, path = ""): readonly Difference[] {
  if (isEmpty(wanted) && isEmpty(found)) {
    return [];
  }
  if (isFields(wanted)) {
    // Of a field that is asked for empty, the server may make what it likes.
    const here = isFields(found) ? found : {};
    return Object.entries(wanted).flatMap(([name, value]) =>
      isEmpty(value) ? [] : differences(value, here[name], path === "" ? name : `${path}.${name}`),
    );
  }
  if (Array.isArray(wanted) && Array.isArray(found) && wanted.length === found.length) {
    return wanted.flatMap((item: unknown, index) => {
      const [other, key] = counterpart(item, found as unknown[], index);
      return differences(item, other, `${path}[${key}]`);
    });
  }
  return isSame(wanted, found) ? [] : [{ path, wanted, found }];
}

/** Of a list of things with names, the one of the same name; of any other list, the one at the same place. */
function counterpart(item: unknown, found: readonly unknown[], index: number): readonly [unknown, string] {
  const name = isFields(item) ? item.name : undefined;
  return typeof name === "string"
    ? [found.find((other) => isFields(other) && other.name === name), name]
    : [found[index], String(index)];
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === "object" && Object.values(value as object).every(isEmpty))
  );
}

function isSame(one: unknown, other: unknown): boolean {
  if (String(one) === String(other)) {
    return !Array.isArray(one) && !Array.isArray(other);
  }
  const [quantity, same] = [one, other].map(quantityOf);
  return quantity !== undefined && quantity === same;
}

const UNITS: Readonly<Record<string, number>> = {
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** The number behind a quantity: the server writes `1000m` as `1`. */
function quantityOf(value: unknown): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/.exec(String(value)) ?? [];
  return number === undefined ? undefined : Number(number) * UNITS[unit ?? ""];
}
