import { all, any, given, implies, is, not } from "../predicate";
import type { ObjectRule } from "../field";

/** What the API server asks of a toleration. https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
export const tolerationRules: readonly ObjectRule[] = [
  {
    refusal: '"{}.{value}" is <value>, but must be left out with the operator "Exists"; take "Equal" to compare it',
    condition: not(all(is("operator", "Exists"), given("value"))),
  },
  {
    refusal:
      '"{}.{key}" is missing, but must be given unless the operator is "Exists"; name the taint, or take "Exists" for every taint',
    condition: any(given("key"), all(given("operator"), not(is("operator", "Equal")))),
  },
  {
    refusal:
      '"{}.{tolerationSeconds}" is <tolerationSeconds>, but must be left out unless the effect is "NoExecute"; ' +
      "other taints evict nothing",
    condition: implies(
      given("tolerationSeconds"),
      all(given("effect"), not(is("effect", "NoSchedule", "PreferNoSchedule"))),
    ),
  },
];

/** What the chart asks of settings. */
export const settingsRules: readonly ObjectRule[] = [
  {
    refusal: '"{}" has both "{enableDRA}" and "{ignoreDRARequests}", but must have one of them; leave one out',
    condition: not(all(is("enableDRA", true), given("ignoreDRARequests"))),
  },
];
