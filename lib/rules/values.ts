import { parse } from "yaml";
import { Check, matching, Rule } from "./rule";

/** What a value is to a rule on text: Kubernetes takes `2` for `"2"`. */
function onText(rule: Rule<string>): Rule<string | number> {
  return {
    ...rule,
    accepts: (value) => rule.accepts(String(value)),
    schema: { anyOf: [rule.schema ?? {}, { type: "number" }] },
  };
}

/** An amount of cpu, memory or the like. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
export const quantity = onText(
  matching("^([0-9]+([.][0-9]*)?|[.][0-9]+)(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?[0-9]+)?$", {
    allowed: 'a Kubernetes quantity such as "2", "500m" or "4Gi"',
    wayOut: 'write a number with at most one unit behind it, without a space, "4Gi" and not "4 GB"',
  }),
);

/** How many of some pods, at least one, or which part of them. */
export const podCountOrShare = onText(
  matching("^([1-9][0-9]*|([1-9][0-9]?|100)%)$", {
    allowed: 'a whole number from 1, or a percentage from "1%" to "100%"',
    wayOut: "leave it out for 1; with none at all, no node of the controller could ever be drained",
  }),
);

/** How many nodes, or which part of them; `"0"` holds everything back. */
export const nodeCountOrShare = matching("^([0-9]+|([0-9]{1,2}|100)%)$", {
  allowed: 'a whole number such as "5", or a percentage from "0%" to "100%"',
  wayOut: 'write it in quotes; "0" allows no disruption at all',
});

const DURATION_TEXT = {
  allowed: 'a duration such as "30s", "10m" or "1h30m"',
  wayOut: "give every number its unit: s, m or h",
};

/** A time span as NodePools have it. */
export const duration = matching("^([0-9]+(s|m|h))+$", DURATION_TEXT);

/** A time span as the controller's settings have it, in Go's words. */
export const settingDuration = matching("^([0-9]+([.][0-9]+)?(ns|us|ms|s|m|h))+$", {
  ...DURATION_TEXT,
  wayOut: "give every number its unit: ms, s, m or h",
});

/** A time span, or none. */
export const durationOrNever = matching("^(([0-9]+(s|m|h))+|Never)$", {
  allowed: 'a duration such as "30s", "10m" or "720h", or "Never"',
  wayOut: "give every number its unit: s, m or h; there are no days",
});

/** How long a disruption budget applies. */
export const budgetDuration = matching("^([0-9]+h|[0-9]+m|[0-9]+h[0-9]+m)(0s)?$", {
  allowed: 'a duration in hours and minutes, "8h" or "8h30m"',
  wayOut: "leave out seconds and days",
});

/** When a disruption budget applies, in UTC. */
export const schedule = matching(
  "^(@(annually|yearly|monthly|weekly|daily|midnight|hourly)|[^ ]+ +[^ ]+ +[^ ]+ +[^ ]+ +[^ ]+)$",
  {
    allowed: 'a cron line of five fields in UTC, "0 9 * * mon-fri", or one of @daily and its like',
    wayOut: "write minute, hour, day, month and weekday",
  },
);

/** A whole number within bounds. */
export function wholeNumber(from: number, to: number | undefined, wayOut: string): Rule<number> {
  return {
    allowed: to === undefined ? `a whole number from ${from}` : `a whole number from ${from} to ${to}`,
    wayOut,
    accepts: (value) => Number.isInteger(value) && value >= from && (to === undefined || value <= to),
    terraform: (it) =>
      [`floor(${it}) == ${it}`, `${it} >= ${from}`, ...(to === undefined ? [] : [`${it} <= ${to}`])].join(" && "),
    schema: { type: "integer", minimum: from, ...(to === undefined ? {} : { maximum: to }) },
  };
}

/** A part of a whole, as a number and not in percent. */
export const fraction: Rule<number> = {
  allowed: "a fraction from 0 to 1, 0.075 for 7.5 %",
  wayOut: "divide the percentage by 100",
  accepts: (value) => value >= 0 && value <= 1,
  terraform: (it) => `${it} >= 0 && ${it} <= 1`,
  schema: { type: "number", minimum: 0, maximum: 1 },
};

/** A whole number that the chart wants as a string. */
export const numberInQuotes = matching("^[0-9]+$", {
  allowed: 'a whole number in quotes, "1"',
  wayOut: "write it as a string",
});

/** How long Helm waits. */
export const timeout = wholeNumber(1, undefined, "give seconds, 600 for ten minutes");

/** A Kubernetes object's name. */
export const objectName = matching("^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$", {
  allowed: "1 to 253 lower-case letters, digits, hyphens and dots, a letter or digit at both ends",
  wayOut: "rename it",
});

/** The key of a label. https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
export const labelKey = matching("^([a-z0-9.-]{1,253}/)?[0-9A-Za-z]([0-9A-Za-z_.-]{0,61}[0-9A-Za-z])?$", {
  allowed:
    "the key of a Kubernetes label: up to 63 letters, digits and characters of _.-, after a domain and a slash or alone",
  wayOut: "rename it",
});

/** The value of a label. */
export const labelValue = matching("^([0-9A-Za-z]([0-9A-Za-z_.-]{0,61}[0-9A-Za-z])?)?$", {
  allowed: "the value of a Kubernetes label: up to 63 letters, digits and characters of _.-",
  wayOut: "leave out spaces and other characters",
});

/** A name where an ARN is often given. */
export const nameNotArn = matching("^[^:]+$", {
  allowed: "a name and not an ARN",
  wayOut: "give what follows the last slash",
});

const AMI_FAMILIES = "al2|al2023|bottlerocket|windows2019|windows2022|windows2025";

/** AMIs by family and release. https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms */
export const amiAlias = matching(`^(${AMI_FAMILIES})@.+$`, {
  allowed: `an AMI family and a release of it, ${AMI_FAMILIES.replaceAll("|", ", ")} before an @`,
  wayOut: 'write it as "al2023@v20251108"',
});

const mapping: Check<string> = {
  accepts: (text) => {
    try {
      const value: unknown = parse(text);
      return typeof value === "object" && value !== null && !Array.isArray(value);
    } catch {
      return false;
    }
  },
  terraform: (it) => `can(keys(yamldecode(${it})))`,
  schema: { type: "string" },
};

/** YAML whose outermost level has keys. */
export const yamlMapping: Rule<string> = {
  ...mapping,
  allowed: "YAML with keys at its outermost level",
  wayOut: "write it as a mapping, with `yamlencode` or as a file's content, and not as a path or a list",
};
