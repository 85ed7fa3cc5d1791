import type { Rule } from "../rule";
import { matching, rule } from "../rule";
import { yamlFields } from "../yaml-text";

/** The rest of an address or of a path: no space, no end of a line and no other control character. */
export const PLACE = "[^\\x00- \\x7f\u0085\u00a0\u2028\u2029\ufeff]+";

/** An amount of cpu, memory or the like. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
export const quantity: Rule<string | number> = rule(
  { matches: "^([0-9]+([.][0-9]*)?|[.][0-9]+)(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?[0-9]+)?$" },
  {
    allowed: 'a Kubernetes quantity such as "2", "500m" or "4Gi"',
    remedy: 'write a number with at most one unit behind it, without a space, "4Gi" and not "4 GB"',
  },
);

/** How many of some pods, at least one, or which part of them. */
export const podCountOrShare: Rule<string | number> = rule(
  { matches: "^([1-9][0-9]*|([1-9][0-9]?|100)%)$" },
  {
    allowed: 'a whole number from 1, or a percentage from "1%" to "100%"',
    remedy: "leave it out for 1; with 0, no node that runs a controller could be drained",
  },
);

/** A time span as the controller's settings have it, in Go's words. */
export const settingDuration = matching("^([0-9]+([.][0-9]+)?(ns|us|ms|s|m|h))+$", {
  allowed: 'a duration such as "30s", "10m" or "1h30m"',
  remedy: "give every number its unit: ms, s, m or h",
});

/** A whole number within bounds. */
export function wholeNumber(from: number, to: number | undefined, remedy: string): Rule<number> {
  const allowed = to === undefined ? `a whole number from ${from}` : `a whole number from ${from} to ${to}`;
  return rule({ whole: true, min: from, max: to }, { allowed, remedy });
}

/** A part of a whole, as a number and not in percent. */
export const fraction: Rule<number> = rule(
  { min: 0, max: 1 },
  { allowed: "a fraction from 0 to 1, 0.075 for 7.5 %", remedy: "divide the percentage by 100" },
);

/** A whole number that the chart wants as a string. */
export const numberInQuotes = matching("^[0-9]+$", {
  allowed: 'a whole number in quotes, "1"',
  remedy: "write it as a string",
});

/** How long Helm waits. */
export const timeout = wholeNumber(1, undefined, "give seconds, 600 for ten minutes");

/** A Kubernetes object's name. */
export const objectName = rule(
  { matches: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", maxLength: 253 },
  {
    allowed:
      "1 to 253 lower-case letters, digits, hyphens and dots, a letter or digit at both ends and beside each dot",
    remedy: "rename it",
  },
);

const LABEL_KEY = "^([a-z0-9.-]{1,253}/)?[0-9A-Za-z]([0-9A-Za-z_.-]{0,61}[0-9A-Za-z])?$";
const LABEL_KEY_WORDS = {
  allowed:
    "the key of a Kubernetes label: up to 63 letters, digits and characters of _.-, after a domain and a slash or alone",
  remedy: "rename it",
};

/** The key of a label. https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
export const labelKey = matching(LABEL_KEY, LABEL_KEY_WORDS);

/** The key of a toleration: that of a taint, which is one of a label, or an empty one for every taint. */
export const tolerationKey = rule(
  { matches: LABEL_KEY, except: [""] },
  { ...LABEL_KEY_WORDS, remedy: "name the taint" },
);

/**
 * The key of an annotation of an object: as that of a label, whatever the case of its domain.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set
 */
export const annotationKey = matching("^([A-Za-z0-9.-]{1,253}/)?[0-9A-Za-z]([0-9A-Za-z_.-]{0,61}[0-9A-Za-z])?$", {
  allowed:
    "the key of a Kubernetes annotation: up to 63 letters, digits and characters of _.-, after a domain and a slash or alone",
  remedy: "rename it",
});

/** Bytes as a text. */
export const base64 = matching("^[A-Za-z0-9+/]+={0,2}$", {
  allowed: "a text in base64, on one line",
  remedy: "encode it, `base64 -w 0`",
});

/** The image of a container. */
export const image = matching(`^${PLACE}$`, {
  allowed: "the address of an image, without spaces",
  remedy: "write registry, repository and tag",
});

/** The value of a label. */
export const labelValue = matching("^([0-9A-Za-z]([0-9A-Za-z_.-]{0,61}[0-9A-Za-z])?)?$", {
  allowed: "the value of a Kubernetes label: up to 63 letters, digits and characters of _.-",
  remedy: "leave out spaces and other characters",
});

/** YAML whose outermost level has keys. */
export const yamlMapping: Rule = {
  ...rule(
    { yamlMapping: true },
    {
      allowed: "YAML with keys at its outermost level",
      remedy:
        "write it as a mapping, with `yamlencode` or as a file's content, and not as a path, a list or several documents",
    },
  ),
  accepts: (text) => yamlFields(text) !== undefined,
};
