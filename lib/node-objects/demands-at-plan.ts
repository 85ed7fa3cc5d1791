/** What `contradictions` asks of demands, in Terraform. */

/** Farther than any amount. */
const NO_END = 1_000_000_000_000_000;

/**
 * Demands of a `path`, `key`, `operator` and `values`, each with how it is `said`, and with both ends of the whole numbers that
 * a comparison leaves.
 */
export function demandsAtPlan(list: string): string {
  const end = (operators: string, otherwise: number): string => `try({ ${operators} }[it.operator], ${otherwise})`;
  return (
    "[for it in " +
    `${list} : merge(it, { said = length(it.values) == 0 ? "\${it.key} \${it.operator}" : "\${it.key} \${it.operator} \${join(", ", it.values)}", ` +
    `low = ${end("Gt = it.values[0] + 1, Gte = it.values[0] + 0", -NO_END)}, ` +
    `high = ${end("Lt = it.values[0] - 1, Lte = it.values[0] + 0", NO_END)} })]`
  );
}

/** Whether a value, or leaving the label out, meets both. */
export function fitAtPlan(first: string, second: string): string {
  const some = (one: string, other: string): string =>
    `length(${one}.values) == 0 || anytrue([for value in ${one}.values : ${meets("value", other)}])`;
  return (
    `${first}.operator == "DoesNotExist" ? contains(["DoesNotExist", "NotIn"], ${second}.operator) : ` +
    `${second}.operator == "DoesNotExist" ? ${first}.operator == "NotIn" : ` +
    `${first}.operator == "In" ? ${some(first, second)} : ${second}.operator == "In" ? ${some(second, first)} : ` +
    `max(${first}.low, ${second}.low) <= min(${first}.high, ${second}.high)`
  );
}

function meets(value: string, demand: string): string {
  const isIn = `contains(${demand}.values, ${value})`;
  return (
    `try({ In = ${isIn}, NotIn = !${isIn}, Exists = true }[${demand}.operator], ` +
    `${value} >= ${demand}.low && ${value} <= ${demand}.high, false)`
  );
}

/** Whether some value of a demand is one that there is; what `knownValues` has no pattern for may be anything. */
export function existsAtPlan(demand: string, knownValues: string): string {
  return (
    `${demand}.operator != "In" || length(${demand}.values) == 0 || !contains(keys(${knownValues}), ${demand}.key) ? true : ` +
    `anytrue([for value in ${demand}.values : can(regex(${knownValues}[${demand}.key], value))])`
  );
}
