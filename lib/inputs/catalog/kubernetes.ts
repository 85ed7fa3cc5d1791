import { Token } from "cdktf";
import { matching, pattern, Rule } from "../rule";

/** A namespace. https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
export const namespace = matching("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", {
  allowed: "a Kubernetes namespace: 1 to 63 lower-case letters, digits and hyphens, without wildcards",
  remedy: "name one namespace exactly: whoever matches it may assume the role",
});

/** A service account's name. */
export const serviceAccountName = matching("^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$", {
  allowed:
    "a Kubernetes service account name: 1 to 253 lower-case letters, digits, hyphens and dots, without wildcards",
  remedy: "name one service account exactly: whoever matches it may assume the role",
});

/** Which pods a Fargate profile takes: those of a namespace that carry all of the labels. */
export interface FargateProfileSelector {
  /** The namespace; `*` and `?` are wildcards. */
  readonly namespace: string;
  /**
   * Labels that a pod must carry, up to 5; `*` and `?` are wildcards in the values.
   *
   * @default - every pod of the namespace
   */
  readonly labels?: Readonly<Record<string, string>>;
}

const MAX_SELECTORS = 5;
const MAX_LABELS = 5;
const selectorNamespace = pattern("^[a-z0-9*?]([a-z0-9*?-]{0,61}[a-z0-9*?])?$");

/** The selectors of a Fargate profile. https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html */
export const fargateSelectors: Rule<readonly FargateProfileSelector[]> = {
  allowed: `1 to ${MAX_SELECTORS} different selectors, each with a namespace and up to ${MAX_LABELS} labels`,
  remedy: "put what else should run on Fargate into a Fargate profile of its own",
  accepts: (selectors) =>
    selectors.length >= 1 &&
    selectors.length <= MAX_SELECTORS &&
    new Set(selectors.map((selector) => JSON.stringify(selector))).size === selectors.length &&
    selectors.every(
      (selector) =>
        (Token.isUnresolved(selector.namespace) || selectorNamespace.accepts(selector.namespace)) &&
        Object.keys(selector.labels ?? {}).length <= MAX_LABELS,
    ),
  terraform: (list) =>
    [
      `length(${list}) >= 1`,
      `length(${list}) <= ${MAX_SELECTORS}`,
      `length(distinct(${list})) == length(${list})`,
      `alltrue([for selector in ${list} : ${selectorNamespace.terraform("selector.namespace")}` +
        ` && length(selector.labels) <= ${MAX_LABELS}])`,
    ].join(" && "),
  schema: {
    type: "array",
    minItems: 1,
    maxItems: MAX_SELECTORS,
    uniqueItems: true,
    items: {
      type: "object",
      required: ["namespace"],
      additionalProperties: false,
      properties: {
        namespace: { ...selectorNamespace.schema, description: "The namespace; * and ? are wildcards." },
        labels: {
          type: "object",
          additionalProperties: { type: "string" },
          maxProperties: MAX_LABELS,
          description: "Labels that a pod must carry, up to 5; when left out, every pod of the namespace is taken.",
        },
      },
    },
  },
};
