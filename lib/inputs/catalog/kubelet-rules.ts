import { isFields } from "../../terraform/known-values";
import { hclString } from "../../terraform/expression";
import type { Predicate } from "../predicate";
import { keysIn, predicate } from "../predicate";
import type { ObjectRule, Stricter } from "../field";
import { apiRule } from "../field";

/** From 1.15 on, the API server leaves all of it to the controller. */
const OF_CONTROLLER: Stricter = { stricter: { since: "1.15" } };

const ofController = (...[at, is, message, remedy, condition]: Parameters<typeof apiRule>): ObjectRule => ({
  ...apiRule(at, is, message, remedy, condition),
  ...OF_CONTROLLER,
});

/** What goes together in a kubelet's configuration; since 1.15, a mistake shows in the status of the node class only. */
export const kubeletRules: readonly ObjectRule[] = [
  ofController(
    "imageGCHighThresholdPercent",
    "is <imageGCHighThresholdPercent>",
    "imageGCHighThresholdPercent must be greater than imageGCLowThresholdPercent",
    "raise it, or lower the other",
    predicate(
      ({ imageGCHighThresholdPercent: high, imageGCLowThresholdPercent: low }) =>
        typeof high !== "number" || typeof low !== "number" ? undefined : high > low,
      (at) => `try(${at("imageGCHighThresholdPercent")} > ${at("imageGCLowThresholdPercent")}, true)`,
    ),
  ),
  ofController(
    "evictionSoft",
    'has what "evictionSoftGracePeriod" has not',
    "evictionSoft OwnerKey does not have a matching evictionSoftGracePeriod",
    'say in "evictionSoftGracePeriod" how long each is let be, "1m30s"',
    keysIn("evictionSoft", "evictionSoftGracePeriod"),
  ),
  ofController(
    "evictionSoftGracePeriod",
    'has what "evictionSoft" has not',
    "evictionSoftGracePeriod OwnerKey does not have a matching evictionSoft",
    'say in "evictionSoft" when each begins, "10%"',
    keysIn("evictionSoftGracePeriod", "evictionSoft"),
  ),
];

/** The fields that Karpenter hands on to every family of AMIs. */
const EVERYWHERE = [
  "clusterDNS",
  "cpuCFSQuota",
  "evictionHard",
  "evictionMaxPodGracePeriod",
  "evictionSoft",
  "evictionSoftGracePeriod",
  "imageGCHighThresholdPercent",
  "imageGCLowThresholdPercent",
  "kubeReserved",
  "maxPods",
  "podsPerCore",
  "systemReserved",
];

/** The family of a class's AMIs in small letters, by its name or that of the alias. */
function familyOf({ amiFamily, amiAlias, amiSelectorTerms }: Readonly<Record<string, unknown>>): unknown {
  const first: unknown = Array.isArray(amiSelectorTerms) ? amiSelectorTerms[0] : undefined;
  const alias = amiAlias ?? (isFields(first) ? first.alias : undefined);
  return amiFamily ?? (typeof alias === "string" ? alias.split("@")[0] : undefined);
}

const familyAtPlan = (at: (name: string) => string): string =>
  `lower(try(coalesce(${at("amiFamily")}), split("@", coalesce(${at("amiAlias")}))[0], split("@", coalesce(${at("amiSelectorTerms")}[0].alias))[0], ""))`;

/** True of another family than these, or where `holds` is true of the kubelet. */
function onFamilies(
  families: RegExp,
  holds: (kubelet: Readonly<Record<string, unknown>>) => boolean,
  holdsAtPlan: (kubelet: string) => string,
): Predicate {
  return predicate(
    (nodeClass) => {
      const { kubelet } = nodeClass;
      const family = familyOf(nodeClass);
      return !isFields(kubelet) || typeof family !== "string" || !families.test(family.toLowerCase()) || holds(kubelet);
    },
    (at) =>
      `!can(regex(${hclString(families.source)}, ${familyAtPlan(at)})) || try(${holdsAtPlan(at("kubelet"))}, true)`,
  );
}

const WITHOUT_OWN_FIELDS = /^(al2|bottlerocket|windows[0-9]+)$/;

/** What a kubelet may say with the AMIs of its class, since it may say anything. */
export const kubeletOfFamilyRules: readonly ObjectRule[] = [
  {
    refusal:
      '"{}.{kubelet}" has fields that 1.14 did not know, but only AL2023 takes those with Karpenter <release>; leave them out, ' +
      "or take AMIs of AL2023",
    condition: onFamilies(
      WITHOUT_OWN_FIELDS,
      (kubelet) => Object.entries(kubelet).every(([name, value]) => value == null || EVERYWHERE.includes(name)),
      (kubelet) =>
        `length([for name, value in ${kubelet} : name if value != null && !contains([${EVERYWHERE.map(hclString).join(", ")}], name)]) == 0`,
    ),
    since: "1.15",
    stricter: {},
  },
  {
    refusal:
      '"{}.{kubelet}.podsPerCore" is given, but Bottlerocket has no such setting with Karpenter <release>; leave it out, or take "maxPods"',
    condition: onFamilies(
      /^bottlerocket$/,
      ({ podsPerCore }) => podsPerCore == null,
      (kubelet) => `!can(coalesce(${kubelet}.podsPerCore))`,
    ),
    since: "1.15",
    stricter: {},
  },
  {
    refusal:
      '"{}.{kubelet}.clusterDNS" has several addresses, but only AL2023 takes more than one with Karpenter <release>; leave one',
    condition: onFamilies(
      WITHOUT_OWN_FIELDS,
      ({ clusterDNS }) => !Array.isArray(clusterDNS) || clusterDNS.length <= 1,
      (kubelet) => `length(${kubelet}.clusterDNS) <= 1`,
    ),
    since: "1.15",
    stricter: {},
  },
];
