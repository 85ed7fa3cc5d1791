/** What the API server asks of single values of NodePools, EC2NodeClasses and NodeOverlays, in the patterns of the CRDs. */
import type { Rule } from "../rule";
import { matching, oneOf, rule } from "../rule";
import type { ValueTest } from "../value-test";
import { wholeNumber } from "./values";
import { NEWEST_AMI_ALIAS } from "../../versions/ami-releases";
import type { ValueRule } from "../field";
import { api } from "../field";

const NUMBER = "(([0-9]+([.][0-9]*)?)|([.][0-9]+))";
const QUANTITY = `([+]|-)?${NUMBER}(([KMGTPE]i)|[numkMGTPE]|([eE]([+]|-)?${NUMBER}))?`;
const NAME = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const DOMAIN = "[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
const DURATION = "([0-9]+(s|m|h))+";

const RESOURCE = {
  allowed: 'a Kubernetes quantity such as "2", "500m" or "4Gi"',
  remedy: 'write a number with at most one unit behind it, without a space, "4Gi" and not "4 GB"',
};

/** A quantity; a number that is not in quotes is a whole one. */
export const resourceQuantity: ValueRule<string | number> = rule({ matches: `^${QUANTITY}$`, whole: true }, RESOURCE);

/** A quantity of the kubelet; 1.15 leaves the kubelet's configuration to the controller. */
const kubeletQuantity: ValueRule<string> = { ...matching(`^${QUANTITY}$`, RESOURCE), until: "1.15" };

/** A quantity of the kubelet that is set aside. */
export const reservedQuantity = (field: string): readonly ValueRule<string>[] => [
  kubeletQuantity,
  api(
    matching("^[^-]", { allowed: "", remedy: "" }),
    `${field} value cannot be a negative resource quantity`,
    "leave out the sign",
    { until: "1.15" },
  ),
];

/** When the kubelet evicts pods. */
export const evictionSignal: ValueRule<string> = {
  ...matching(`^(([0-9]{1,2}([.][0-9]{1,2})?|100([.]0{1,2})?)%|(${QUANTITY})?)$`, {
    allowed: 'a percentage such as "5%", or a Kubernetes quantity such as "500Mi"',
    remedy: "write a number with one unit behind it, without a space",
  }),
  until: "1.15",
};

/** The key of a label, a taint or a requirement. */
export const qualifiedName = matching(`^(${DOMAIN}/)?${NAME}$`, {
  allowed: "letters, digits and characters of _.-, after a domain and a slash or alone",
  remedy: "rename it",
});

/** The key of a requirement. */
export const requirementKey = [
  qualifiedName,
  matching("^.{0,316}$", { allowed: "up to 316 characters", remedy: "name a label of nodes" }),
];

/** The value of a label. */
export const labelText = matching("^(([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9])?$", {
  allowed: "the value of a Kubernetes label: up to 63 letters, digits and characters of _.-",
  remedy: "leave out spaces and other characters",
});

const DAY = "(0[1-9]|[12][0-9]";
/** A day of the calendar, leap years included, with this between year, month and day. */
const date = (between: string): string =>
  `([0-9]{4}${between}((0[13578]|1[02])${between}${DAY}|3[01])|(0[469]|11)${between}${DAY}|30)|02${between}(0[1-9]|1[0-9]|2[0-8]))|` +
  `([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)${between}02${between}29)`;

/** When a taint was added. */
export const dateTime = matching(
  `^${date("-")}[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$`,
  { allowed: 'a date and time such as "2026-01-31T12:00:00Z"', remedy: "write it as RFC 3339 has it" },
);

const DURATION_REMEDY = "give every number its unit: s, m or h; there are no days";

/** A time span. */
export const duration = matching(`^${DURATION}$`, {
  allowed: 'a duration such as "30s", "10m" or "1h30m"',
  remedy: DURATION_REMEDY,
});

/** A time span, or none. Before 1.4 the API server took whatever begins with the one or ends in the other. */
export const durationOrNever: ValueRule<string> = {
  ...matching(`^(${DURATION}|Never)$`, {
    allowed: 'a duration such as "30s", "10m" or "720h", or "Never"',
    remedy: DURATION_REMEDY,
  }),
  stricter: { until: "1.4" },
};

/** How many nodes, or which part of them. */
export const nodeCountOrShare = matching("^((100|[0-9]{1,2})%|[0-9]+)$", {
  allowed: 'a whole number such as "5", or a percentage from "0%" to "100%"',
  remedy: 'write it in quotes; "0" allows no disruption at all',
});

/** How long a disruption budget applies. */
export const budgetDuration = matching("^([0-9]+(h|m)|[0-9]+h[0-9]+m)(0s)?$", {
  allowed: 'a duration in hours and minutes, "8h" or "8h30m"',
  remedy: "leave out seconds and days",
});

const SCHEDULE_NAMES = "@(annually|yearly|monthly|weekly|daily|midnight|hourly)";
const SCHEDULE_TEXT = {
  allowed: 'a cron line of five fields in UTC, "0 9 * * mon-fri", or one of @daily and its like',
  remedy: "write minute, hour, day, month and weekday",
};

/** When a disruption budget applies, in UTC. The API server takes more than the controller can read. */
export const schedule: readonly ValueRule<string>[] = [
  matching(`^${SCHEDULE_NAMES}|[^\\n]+([\\t\\n\\f\\r ][^\\n]+){4}$`, SCHEDULE_TEXT),
  { ...matching(`^(${SCHEDULE_NAMES}|[^ ]+( +[^ ]+){4})$`, SCHEDULE_TEXT), stricter: {} },
];

/** The size of a volume, in the pattern of the CRD. */
export const volumeSize = matching(
  "^((?:[1-9][0-9]{0,3}|[1-4][0-9]{4}|[5][0-8][0-9]{3}|59000)Gi|(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|[6][0-3][0-9]{3}|64000)G|" +
    "([1-9]||[1-5][0-7]|58)Ti|([1-9]||[1-5][0-9]|6[0-3]|64)T)$",
  { allowed: 'a size such as "100Gi" or "2Ti", up to 64 TB', remedy: "take the unit Gi, G, Ti or T, without a space" },
);

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

/** A name where an ARN is often given: AWS would not find it, so it is refused though the API server takes it. */
export const nameNotArn: ValueRule<string> = {
  ...matching("^[^:]*$", { allowed: "a name and not an ARN", remedy: "give what follows the last slash" }),
  stricter: {},
};

const ALIAS_REMEDY = `write it as "${NEWEST_AMI_ALIAS}"`;
const FAMILIES = ["al2", "al2023", "bottlerocket", "windows2019", "windows2022", "windows2025"];
const families = (names: readonly string[]): string =>
  `family is not supported, must be one of the following: ${names.map((name) => `'${name}'`).join(", ")}`;
/** A rule of the API server, which says the words itself. */
const apiTest = (test: ValueTest): Rule => rule(test, { allowed: "", remedy: "" });

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
  release("windows[0-9]+", "latest", '"windows2022@latest"', 'Windows has no other release than "latest"'),
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
const RESERVED_TAGS = [
  "eks:eks-cluster-name",
  "karpenter.sh/nodepool",
  "karpenter.sh/nodeclaim",
  "karpenter.k8s.aws/ec2nodeclass",
];

/** The key of a tag that Karpenter puts on what it makes. */
export const tagKey: readonly ValueRule<string>[] = [
  filled("empty tag keys aren't supported"),
  ...RESERVED_TAGS.map((reserved) =>
    api(apiTest({ noneOf: [reserved] }), `tag contains a restricted tag matching ${reserved}`, RESERVED_REMEDY),
  ),
  api(
    apiTest({ notMatching: "^kubernetes\\.io/cluster" }),
    "tag contains a restricted tag matching kubernetes.io/cluster/",
    RESERVED_REMEDY,
  ),
];

const INT32 = 2 ** 31;

/** A whole number that fits into 32 bits. */
export const anyInt32 = wholeNumber(-INT32, INT32 - 1, "leave it out for the default");
export const countInt32 = (remedy: string): Rule<number> => wholeNumber(0, INT32 - 1, remedy);
/** A whole number that fits into 64 bits. */
export const int64: Rule<number> = rule(
  { whole: true },
  { allowed: "a whole number", remedy: "leave out the fraction" },
);

/** A key of a map that knows these only, until the kubelet's configuration became the controller's matter. */
export function oneOfKeys(name: string, keys: readonly string[]): ValueRule<string> {
  const check = oneOf(keys, "");
  return api(check, `valid keys for ${name} are [${keys.map((key) => `'${key}'`).join(",")}]`, "take one of these", {
    until: "1.15",
  });
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
