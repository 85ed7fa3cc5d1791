/** What values in a kubelet's configuration may be: before 1.15 the API server says so, since then the controller. */
import type { Stricter, ValueRule } from "../field";
import { api } from "../field";
import { matching, rule } from "../rule";
import { apiTest, controllerRule, NUMBER, QUANTITY, RESOURCE, wholeExponent } from "./api-values";
import { wholeNumber } from "./values";

/** A quantity as Karpenter reads it, which may not be negative. */
const AMOUNT = `[+]?${NUMBER}(([KMGTPE]i)|[numkMGTPE]|[eE][+-]?[0-9]+)?`;

/** What each rule is since 1.15: the controller's alone. */
const OF_CONTROLLER: Stricter = { stricter: { since: "1.15" } };
const OLD = { until: "1.15" };
const NEW = { since: "1.15" };

export const EVICTION_SIGNALS = [
  "memory.available",
  "nodefs.available",
  "nodefs.inodesFree",
  "imagefs.available",
  "imagefs.inodesFree",
  "pid.available",
];

/** A whole number within bounds. */
export function whole(from: number, to: number, remedy: string): ValueRule<number> {
  return { ...wholeNumber(from, to, remedy), ...OF_CONTROLLER };
}

/** An amount that the kubelet reads itself. */
export const kubeletAmount: readonly ValueRule<string | number>[] = [
  controllerRule({ matches: `^${QUANTITY}$` }, RESOURCE.allowed, RESOURCE.remedy),
  wholeExponent,
];

/** A part in percent as Go reads it, up to all; or an amount, from 0. */
const PERCENT = "[+]?(0*[0-9]{1,2}([.][0-9]*)?|0*100([.]0*)?|[.][0-9]+)%";
const THRESHOLD = {
  allowed: 'a percentage such as "5%", or a Kubernetes quantity such as "500Mi"',
  remedy: "write a number with one unit behind it, without a space",
};

/** When the kubelet evicts pods. */
export const thresholds: readonly ValueRule<string>[] = [
  {
    ...matching(`^(([0-9]{1,2}([.][0-9]{1,2})?|100([.]0{1,2})?)%|(${QUANTITY})?)$`, THRESHOLD),
    ...OLD,
  },
  // Of an empty one, and of an exponent with a point, the controller before 1.15 stops with a panic.
  controllerRule({ matches: "." }, THRESHOLD.allowed, THRESHOLD.remedy),
  wholeExponent,
  {
    ...controllerRule<string>({ matches: `^(${PERCENT}|${AMOUNT})$` }, THRESHOLD.allowed, THRESHOLD.remedy),
    ...NEW,
  },
];

/**
 * What CEL looks like: it names one of the values that there are of an instance type, or is a calculation. Whether it is
 * right CEL, and whether the gate nodeClassCEL is on, is not asked here.
 */
const CEL = "(vcpus|memory_mib|default_enis|ips_per_eni|max_pods|instance_type)|^[0-9(][0-9.()+*/% -]*$";
const CEL_TEXT = 'CEL over "vcpus", "memory_mib", "default_enis", "ips_per_eni", "max_pods" or "instance_type"';

/** What is set aside of a resource. */
export const reservedAmount = (field: string): readonly ValueRule<string | number>[] => [
  { ...rule<string | number>({ matches: `^${QUANTITY}$`, whole: true }, RESOURCE), ...OLD },
  {
    ...api(
      apiTest<string | number>({ matches: "^[^-]" }),
      `${field} value cannot be a negative resource quantity`,
      "leave out the sign",
    ),
    ...OF_CONTROLLER,
  },
  { ...wholeExponent, ...OLD },
  {
    ...controllerRule<string | number>(
      { matches: `^${AMOUNT}$|${CEL}` },
      `${RESOURCE.allowed}, or ${CEL_TEXT}`,
      RESOURCE.remedy,
    ),
    ...NEW,
  },
];

/** How many pods a node takes. */
export const maxPods: readonly ValueRule<string | number>[] = [
  {
    ...rule<string | number>(
      { whole: true, min: 0, max: 2 ** 31 - 1, unlessMatching: "[^0-9.eE+-]|^$" },
      { allowed: `a whole number from 0 to ${2 ** 31 - 1}`, remedy: "leave it out for the default" },
    ),
    ...OF_CONTROLLER,
  },
  {
    ...rule<string | number>(
      { is: ["number"] },
      { allowed: "a number", remedy: "leave out the quotes; CEL is taken from 1.15 on" },
    ),
    ...OLD,
  },
  {
    ...controllerRule<string | number>(
      { matches: CEL },
      `a whole number, or ${CEL_TEXT}`,
      "write the number without quotes",
    ),
    ...NEW,
  },
];
