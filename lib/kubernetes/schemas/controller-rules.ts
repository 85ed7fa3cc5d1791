import { ObjectRule } from "./field";

/** What the API server asks of a toleration. https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
export const tolerationRules: readonly ObjectRule[] = [
  {
    refusal: '"{}.{value}" is <value>, but must be left out with the operator "Exists"; take "Equal" to compare it',
    accepts: ({ operator, value }) => operator !== "Exists" || !isGiven(value),
    terraform: (it) => `${it}.value == null || (${it}.operator == null ? true : ${it}.operator != "Exists")`,
  },
  {
    refusal:
      '"{}.{key}" is missing, but must be given unless the operator is "Exists"; name the taint, or take "Exists" for every taint',
    accepts: ({ operator, key }) => isGiven(key) || (isGiven(operator) && operator !== "Equal"),
    terraform: (it) => `${it}.key != null || (${it}.operator == null ? false : ${it}.operator != "Equal")`,
  },
  {
    refusal:
      '"{}.{tolerationSeconds}" is <tolerationSeconds>, but must be left out unless the effect is "NoExecute"; ' +
      "other taints evict nothing",
    accepts: ({ effect, tolerationSeconds }) =>
      !isGiven(tolerationSeconds) || (isGiven(effect) && !["NoSchedule", "PreferNoSchedule"].includes(String(effect))),
    terraform: (it) =>
      `${it}.tolerationSeconds == null || ` +
      `(${it}.effect == null ? false : !contains(["NoSchedule", "PreferNoSchedule"], ${it}.effect))`,
  },
];

/** What the chart asks of settings. */
export const settingsRules: readonly ObjectRule[] = [
  {
    refusal: '"{}" has both "{enableDRA}" and "{ignoreDRARequests}", but must have one of them; leave one out',
    accepts: ({ enableDRA, ignoreDRARequests }) => enableDRA !== true || !isGiven(ignoreDRARequests),
    terraform: (it) => `(${it}.enableDRA == null ? true : !${it}.enableDRA) || ${it}.ignoreDRARequests == null`,
  },
];

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
