/** The environment of a container, as the kubelet makes it from the container's `env`. */

/** The part of a container that says what is in its environment. */
export interface ContainerSpec {
  readonly name?: string;
  readonly env?: readonly EnvVar[];
  readonly envFrom?: readonly unknown[];
  readonly resources?: {
    readonly requests?: Readonly<Record<string, string>>;
    readonly limits?: Readonly<Record<string, string>>;
  };
}

interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly fieldRef?: { readonly fieldPath: string };
    readonly resourceFieldRef?: { readonly resource: string; readonly divisor?: string | number };
    readonly [other: string]: unknown;
  };
}

const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** A quantity of Kubernetes (`500m`, `1Gi`) as a number. */
export function quantity(text: string | number): number {
  const [, number, suffix] = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([A-Za-z]*)$/.exec(String(text)) ?? [];
  const factor = SUFFIXES[suffix ?? "?"];
  if (number === undefined || factor === undefined) {
    throw new Error(`"${text}" is no quantity of Kubernetes`);
  }
  return Number(number) * factor;
}

/** The variables by name. `fields` are those of the pod that the container is in, by their path. */
export function containerEnvironment(
  container: ContainerSpec,
  fields: Readonly<Record<string, string>>,
): Record<string, string> {
  if (container.envFrom?.length) {
    throw new Error(`container ${container.name} has an envFrom, which is not known here`);
  }
  const found: Record<string, string> = {};
  for (const variable of container.env ?? []) {
    found[variable.name] =
      variable.valueFrom === undefined ? expand(variable.value ?? "", found) : resolve(variable, container, fields);
  }
  return found;
}

/** `$(NAME)` stands for a variable before it, `$$` for a dollar sign. What is not known stays. */
function expand(value: string, known: Readonly<Record<string, string>>): string {
  return value.replace(/\$\$|\$\(([^)]+)\)/g, (text, name?: string) =>
    name === undefined ? "$" : (known[name] ?? text),
  );
}

function resolve(variable: EnvVar, container: ContainerSpec, fields: Readonly<Record<string, string>>): string {
  const { fieldRef, resourceFieldRef } = variable.valueFrom ?? {};
  if (resourceFieldRef !== undefined) {
    const [kind, resource] = resourceFieldRef.resource.split(".") as ["requests" | "limits", string];
    // A request that is not given is the limit.
    const amount = container.resources?.[kind]?.[resource] ?? container.resources?.limits?.[resource];
    // Rounding up after a division by a power of ten: not by what floating point adds.
    if (amount !== undefined) {
      return String(Math.ceil(Number((quantity(amount) / (quantity(resourceFieldRef.divisor ?? 1) || 1)).toFixed(6))));
    }
  }
  const value = fieldRef === undefined ? undefined : fields[fieldRef.fieldPath];
  if (value !== undefined) {
    return value;
  }
  throw new Error(`${variable.name} is taken from what is not known here: ${JSON.stringify(variable.valueFrom)}`);
}
