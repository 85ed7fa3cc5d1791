/** What the API server asks of single values of NodePools, EC2NodeClasses and NodeOverlays, in the patterns of the CRDs. */
import type { Rule } from "../rule";
import { inAnyCase, matching, oneOf, rule } from "../rule";
import type { ValueTest } from "../value-test";
import { objectName, wholeNumber } from "./values";
import { NEWEST_AMI_ALIAS } from "../../versions/ami-releases";
import type { Size, ValueRule } from "../field";
import { api } from "../field";
import { cronRules } from "./cron";

export const NUMBER = "(([0-9]+([.][0-9]*)?)|([.][0-9]+))";
export const QUANTITY = `([+]|-)?${NUMBER}(([KMGTPE]i)|[numkMGTPE]|([eE]([+]|-)?${NUMBER}))?`;
const NAME = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const DOMAIN = "[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
const DURATION = "([0-9]+(s|m|h))+";

export const RESOURCE = {
  allowed: 'a Kubernetes quantity such as "2", "500m" or "4Gi"',
  remedy: 'write a number with at most one unit behind it, without a space, "4Gi" and not "4 GB"',
};

/** The pattern of the CRDs takes an exponent with a point, which Karpenter cannot read; then it reads no object of the kind. */
export const wholeExponent = controllerRule(
  { notMatching: "[eE][+-]?[0-9]*[.]" },
  RESOURCE.allowed,
  'write "1e3", "1000" or "1k"',
);

/** A quantity; a number that is not in quotes is a whole one. */
export const resourceQuantity: readonly ValueRule<string | number>[] = [
  rule({ matches: `^${QUANTITY}$`, whole: true }, RESOURCE),
  wholeExponent,
];

/** A rule of the controller's alone: the API server takes what it refuses, and then nothing works, without an error at apply. */
export function controllerRule<T>(test: ValueTest, allowed: string, remedy: string): ValueRule<T> {
  return { ...rule<T>(test, { allowed, remedy }), stricter: {} };
}

/** A rule of the API server, which says the words itself. */
export function apiTest<T = string>(test: ValueTest): Rule<T> {
  return rule(test, { allowed: "", remedy: "" });
}

/** An SSM parameter by its name or its ARN, maybe with a version or a label; SSM takes nothing else. */
export const ssmParameter = controllerRule<string>(
  {
    matches:
      "^(arn:[a-z-]+:ssm:[a-z0-9-]+:[0-9]{12}:parameter/|/)?[0-9A-Za-z_.-]+(/[0-9A-Za-z_.-]+)*(:[0-9A-Za-z_.-]+)?$",
  },
  "the name or the ARN of an SSM parameter: letters, digits and characters of _.- in parts between slashes, without wildcards",
  'write "/golden/eks-1.35" or its ARN',
);

/** The key of a label, a taint or a requirement. */
const QUALIFIED = {
  allowed: "letters, digits and characters of _.-, after a domain and a slash or alone",
  remedy: "rename it",
};
/** The pattern of the CRDs says nothing of lengths. */
const shortName: ValueRule<string> = controllerRule(
  { matches: "^(.{1,253}/)?[^/]{1,63}$" },
  "up to 63 characters, after a domain of up to 253 and a slash or alone",
  "shorten it: no node could carry it",
);
const qualified = matching(`^(${DOMAIN}/)?${NAME}$`, QUALIFIED);
export const qualifiedName: readonly ValueRule<string>[] = [qualified, shortName];

/** The key of a label of nodes, at which the API server does not look. */
export const nodeLabelKey: readonly ValueRule<string>[] = [{ ...qualified, stricter: {} }, shortName];

/** The key of a requirement. */
export const requirementKey: readonly ValueRule<string>[] = [
  qualified,
  matching("^.{0,316}$", { allowed: "up to 316 characters", remedy: "name a label of nodes" }),
  shortName,
];

/** The value of a label. */
export const labelText = matching("^(([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9])?$", {
  allowed: "the value of a Kubernetes label: up to 63 letters, digits and characters of _.-",
  remedy: "leave out spaces and other characters",
});

/** What becomes the value of a label of nodes and NodeClaims: the name of their pool, and of their class. */
export const ofNodesLabel: ValueRule<string> = controllerRule(
  { maxLength: 63 },
  "up to 63 characters",
  "shorten it: its nodes have it as the value of a label, which takes no more",
);

/** The name of a NodePool or an EC2NodeClass. */
export const nodeObjectName: readonly ValueRule<string>[] = [objectName, ofNodesLabel];

/** A value of a requirement. The API server takes any text, but no node has a label of such a value. */
export const requirementValue: ValueRule<string> = { ...labelText, stricter: {} };

const DAY = "(0[1-9]|[12][0-9]";
/** A day of the calendar, leap years included, with this between year, month and day. */
const date = (between: string): string =>
  `([0-9]{4}${between}((0[13578]|1[02])${between}${DAY}|3[01])|(0[469]|11)${between}${DAY}|30)|02${between}(0[1-9]|1[0-9]|2[0-8]))|` +
  `([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)${between}02${between}29)`;

const MOMENT = { allowed: 'a date and time such as "2026-01-31T12:00:00Z"', remedy: "write it as RFC 3339 has it" };

/** When a taint was added. */
export const dateTime: readonly ValueRule<string>[] = [
  matching(`^${date("-")}[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$`, MOMENT),
  // Go reads it more strictly, and reads no NodePool at all otherwise.
  controllerRule(
    { matches: "T[0-9:]{8}([.,][0-9]+)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$" },
    MOMENT.allowed,
    MOMENT.remedy,
  ),
];

/** Go counts nanoseconds in 64 bits, 292 years; one more, and no object of the kind can be read. */
const notTooLong: ValueRule<string> = controllerRule(
  { notMatching: "[0-9]{7}h|[0-9]{8}m|[0-9]{10}s|^.{21}" },
  'a duration of at most "999999h"',
  'write "Never" where there is such a thing, or a shorter one',
);

const DURATION_REMEDY = "give every number its unit: s, m or h; there are no days";

/** A time span. */
export const duration: readonly ValueRule<string>[] = [
  matching(`^${DURATION}$`, {
    allowed: 'a duration such as "30s", "10m" or "1h30m"',
    remedy: DURATION_REMEDY,
  }),
  notTooLong,
];

/** A time span in all the units of Go, as the kubelet's configuration has it; the API server looks at none of it. */
export const goDuration: ValueRule<string>[] = [
  controllerRule(
    { matches: "^[+]?(0|(([0-9]+([.][0-9]*)?|[.][0-9]+)(ns|us|µs|μs|ms|s|m|h))+)$" },
    'a duration such as "90s", "1m30s" or "2h"',
    "give every number its unit: s, m or h; there are no days, and without a unit Karpenter reads no node class at all",
  ),
  notTooLong,
];

/** A time span, or none. Before 1.4 the API server took whatever begins with the one or ends in the other. */
export const durationOrNever: readonly ValueRule<string>[] = [
  {
    ...matching(`^(${DURATION}|Never)$`, {
      allowed: 'a duration such as "30s", "10m" or "720h", or "Never"',
      remedy: DURATION_REMEDY,
    }),
    stricter: { until: "1.4" },
  },
  notTooLong,
];

/** How many nodes, or which part of them. */
export const nodeCountOrShare = matching("^((100|[0-9]{1,2})%|[0-9]+)$", {
  allowed: 'a whole number such as "5", or a percentage from "0%" to "100%"',
  remedy: 'write it in quotes; "0" allows no disruption at all',
});

/** How long a disruption budget applies. */
export const budgetDuration: readonly ValueRule<string>[] = [
  matching("^([0-9]+(h|m)|[0-9]+h[0-9]+m)(0s)?$", {
    allowed: 'a duration in hours and minutes, "8h" or "8h30m"',
    remedy: "leave out seconds and days",
  }),
  notTooLong,
];

/** The same with one unit. */
export const hoursOrMinutes = matching("^[0-9]+(m|h)+(0s)?$", {
  allowed: 'a duration in hours or in minutes, "8h" or "510m"',
  remedy: "write it in minutes, or take a later patch of this release",
});

/** When a disruption budget applies, in UTC. The API server takes more than the controller can read. */
export const schedule: readonly ValueRule<string>[] = [
  matching("^@(annually|yearly|monthly|weekly|daily|midnight|hourly)|[^\\n]+([\\t\\n\\f\\r ][^\\n]+){4}$", {
    allowed: 'a cron line of five fields in UTC, "0 9 * * mon-fri", or one of @daily and its like',
    remedy: "write minute, hour, day, month and weekday, without seconds and without a time zone",
  }),
  ...cronRules,
];

const VOLUME = {
  allowed: 'a size such as "100Gi" or "2Ti", up to 64 TB',
  remedy: "take the unit Gi, G, Ti or T, without a space",
};

/** The size of a volume, in the pattern of the CRD, which takes a unit without a number for one: of 0. */
export const volumeSize: readonly ValueRule<string>[] = [
  matching(
    "^((?:[1-9][0-9]{0,3}|[1-4][0-9]{4}|[5][0-8][0-9]{3}|59000)Gi|(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|[6][0-3][0-9]{3}|64000)G|" +
      "([1-9]||[1-5][0-7]|58)Ti|([1-9]||[1-5][0-9]|6[0-3]|64)T)$",
    VOLUME,
  ),
  controllerRule(
    { matches: "^[0-9]" },
    VOLUME.allowed,
    "write the number before the unit; without one, the volume has no size",
  ),
];

/** An id of AWS. Those of AMIs, subnets and security groups are looked for anywhere in the text. */
export function idOf(prefix: string, what: string, anywhere = false): Rule<string> {
  return matching(anywhere ? `${prefix}-[0-9a-z]+` : `^${prefix}-[0-9a-z]+$`, {
    allowed: `the id of ${what}, ${prefix}-…`,
    remedy: 'give the id, or select by "tags"',
  });
}

export const accountOfTwelveDigits = matching("^[0-9]{12}$", {
  allowed: "an AWS account id of 12 digits",
  remedy: "write it as a string, with its leading zeros",
});

/** US dollars an hour. */
export const price = matching("^[0-9]+([.][0-9]+)?$", {
  allowed: 'a price in US dollars an hour, "0.096"',
  remedy: "write digits and a point, without a sign or a currency",
});

/** What is added to a price. */
export const priceAdjustment = matching(
  "^([+-]([0-9]*[.]?[0-9]+)|[+][0-9]*[.]?[0-9]+%|-[0-9]{1,2}([.][0-9]+)?%|-100%)$",
  {
    allowed: 'an addition such as "+0.5", "-0.1", "+10%" or "-10%"',
    remedy: "begin with a sign; at most all can be taken off",
  },
);

/** A text that is there. */
export const notEmpty = rule(
  { noneOf: [""] },
  { allowed: "a text that is not empty", remedy: "leave it out where there is to be none" },
);

/** A text that must not be empty, in the API's words. */
export const filled = (message: string, remedy = notEmpty.remedy): ValueRule<string> => api(notEmpty, message, remedy);

/** A group of the API, which is no version. */
export const apiGroup: Rule<string> = matching("^[^/]*$", {
  allowed: 'a group without a version, "karpenter.k8s.aws"',
  remedy: "leave out the slash and what follows it",
});

/** A name where an ARN is often given: AWS would not find it, so it is refused though the API server takes it. */
export const nameNotArn: ValueRule<string> = {
  ...matching("^[^:]*$", { allowed: "a name and not an ARN", remedy: "give what follows the last slash" }),
  stricter: {},
};

const ALIAS_REMEDY = `write it as "${NEWEST_AMI_ALIAS}"`;
const FAMILIES = ["al2", "al2023", "bottlerocket", "windows2019", "windows2022", "windows2025"];
const families = (names: readonly string[]): string =>
  `family is not supported, must be one of the following: ${names.map((name) => `'${name}'`).join(", ")}`;

/** AMIs by family and release. https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms */
export const amiAlias: readonly ValueRule<string>[] = [
  api(
    apiTest({ matches: "^[a-zA-Z0-9]+@.+$" }),
    "'alias' is improperly formatted, must match the format 'family@version'",
    ALIAS_REMEDY,
  ),
  api(apiTest({ matches: `^(${FAMILIES.join("|")})@` }), families(FAMILIES), ALIAS_REMEDY),
  api(
    apiTest({ when: "^windows(2019|2022|2025)@", matches: "^[^@]*@latest(@|$)" }),
    "windows families may only specify version 'latest'",
    'write it as "windows2022@latest", and set "allowLatestAmi" to true',
  ),
  matching("^.{0,30}$", { allowed: "an alias of up to 30 characters", remedy: ALIAS_REMEDY }),
  // The controller ends itself over it, again and again.
  controllerRule({ matches: "^[^@]*@[^@]*$" }, 'a family and a release with one "@" between them', ALIAS_REMEDY),
  api(
    apiTest({ matches: "^(al2|al2023|bottlerocket|windows2019|windows2022)@" }),
    families(FAMILIES.slice(0, -1)),
    ALIAS_REMEDY,
    {
      until: "1.9",
    },
  ),
  ...["al2@v20251108", NEWEST_AMI_ALIAS].map((alias) =>
    release(
      alias.split("@")[0],
      `v${date("")}`,
      `"${alias}", the day it was released on`,
      "write the day as vYYYYMMDD",
    ),
  ),
  release(
    "bottlerocket",
    "v?[0-9]+[.][0-9]+[.][0-9]+(-[0-9a-f]{8})?",
    '"bottlerocket@1.51.0"',
    "write the version of Bottlerocket, three numbers",
  ),
];

/** How a family calls its releases: the API server takes any text, and the controller finds no AMI then. */
function release(family: string, pattern: string, example: string, remedy: string): ValueRule<string> {
  return {
    ...rule(
      { when: `^${family}@`, matches: `^${family}@(latest|${pattern})$` },
      {
        allowed: `an alias that names a release of its family, ${example}`,
        remedy: `${remedy}, in this case of letters`,
      },
    ),
    stricter: {},
  };
}

/** A key of tags to select by, and its value. */
export const selectorTag = filled("empty tag keys or values aren't supported");

const RESERVED_REMEDY = "leave it out: EKS and Karpenter set it themselves";
const RESERVED_TAGS = ["karpenter.sh/nodepool", "karpenter.sh/nodeclaim", "karpenter.k8s.aws/ec2nodeclass"];

const tagKeyBut = (...reserved: readonly string[]): readonly ValueRule<string>[] => [
  filled("empty tag keys aren't supported"),
  ...reserved.map((key) =>
    api(apiTest({ noneOf: [key] }), `tag contains a restricted tag matching ${key}`, RESERVED_REMEDY),
  ),
  api(
    apiTest({ notMatching: "^kubernetes\\.io/cluster" }),
    "tag contains a restricted tag matching kubernetes.io/cluster/",
    RESERVED_REMEDY,
  ),
  upTo(128),
  {
    ...rule(
      { notMatching: `^${inAnyCase("aws")}:` },
      { allowed: 'one that does not begin with "aws:"', remedy: "leave it out: AWS keeps such keys for itself" },
    ),
    stricter: {},
  },
];

/** What EC2 takes of a tag: the controller passes it on, and nothing is launched with a longer one. */
function upTo(maxLength: number): ValueRule<string> {
  const words = { allowed: `a text of up to ${maxLength} characters`, remedy: "shorten it: EC2 takes no more" };
  return { ...rule({ maxLength }, words), stricter: {} };
}

/** The value of a tag that Karpenter puts on what it makes. */
export const tagValue = upTo(256);

/** How many tags a node class may have: EC2 takes 50 on an instance, and Karpenter has six of its own. */
export const TAG_COUNT: Size = {
  max: 44,
  remedy: "leave some out: EC2 takes 50 on an instance, and Karpenter sets six of its own",
  stricter: {},
};

/** The key of a tag that Karpenter puts on what it makes. */
export const tagKey = tagKeyBut("eks:eks-cluster-name", ...RESERVED_TAGS);
/** The same before 1.0. */
export const olderTagKey = tagKeyBut("karpenter.sh/managed-by", ...RESERVED_TAGS);

const INT32 = 2 ** 31;

/** A whole number that fits into 32 bits. */
export const anyInt32 = wholeNumber(-INT32, INT32 - 1, "leave it out for the default");
export const countInt32 = (remedy: string): Rule<number> => wholeNumber(0, INT32 - 1, remedy);
/** A whole number that fits into 64 bits. */
export const int64: Rule<number> = rule(
  { whole: true },
  { allowed: "a whole number", remedy: "leave out the fraction" },
);

/** A key of a map that knows these only; since 1.15, the controller says so instead of the API server. */
export function oneOfKeys(name: string, keys: readonly string[]): ValueRule<string> {
  return {
    ...api(
      oneOf(keys, ""),
      `valid keys for ${name} are [${keys.map((key) => `'${key}'`).join(",")}]`,
      "take one of these",
    ),
    stricter: { since: "1.15" },
  };
}

const INSTANCE_RESOURCES = ["cpu", "memory", "ephemeral-storage", "pods"];

/** A resource that an overlay may add to instance types. */
export const overlayResource: readonly ValueRule<string>[] = [
  api(
    apiTest({ noneOf: INSTANCE_RESOURCES }),
    "invalid resource restricted",
    "name a resource that EC2 does not know, such as one of a device plugin",
  ),
];
