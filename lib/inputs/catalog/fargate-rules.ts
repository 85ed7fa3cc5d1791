import { Token } from "cdktf";
import { hclString } from "../../terraform/expression";
import type { Fields } from "../../terraform/known-values";
import { isFields, isKnownText } from "../../terraform/known-values";
import type { CrossRule } from "../cross-rule";
import type { Predicate } from "../predicate";
import { any, is, predicate, sized } from "../predicate";

/** What the charts write on the controller's pods; Helm values of one's own may change these labels and add others. */
const CONTROLLER_LABELS: Readonly<Record<string, string>> = {
  "app.kubernetes.io/instance": "karpenter",
  "app.kubernetes.io/name": "karpenter",
};

/** The controller is Pending for ever where the profile that is made for it does not select it. */
export const fargateSelectorRules: readonly CrossRule[] = [
  {
    refusal:
      '"{fargateSelectors}" is <fargateSelectors>, but must select the controller too, whose pods are in namespace <namespace> ' +
      "with the label app.kubernetes.io/name = karpenter: it runs on Fargate and would be Pending for ever; add a selector " +
      'of it, or set "{createFargateProfile}" to false, with the controller on nodes and a Fargate profile of its own for ' +
      "what else should run on Fargate",
    condition: any(
      is("createFargateProfile", false),
      is("installController", false),
      // None at all is refused by itself.
      sized("fargateSelectors", { max: 0 }),
      selectsController(),
    ),
  },
];

function selectsController(): Predicate {
  return predicate(
    ({ fargateSelectors: selectors, namespace, controllerHelmValues: own }) => {
      if (!Array.isArray(selectors) || typeof namespace !== "string") {
        return undefined;
      }
      const answers = selectors.map((it: unknown) =>
        isFields(it) ? selects(it, namespace, own === undefined || own === null) : undefined,
      );
      return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
    },
    (at) => {
      const known = `{ ${Object.entries(CONTROLLER_LABELS)
        .map((label) => label.map(hclString).join(" = "))
        .join(", ")} }`;
      const labels =
        `try(length(${at("controllerHelmValues")}), 0) > 0 || alltrue([for key, value in try(merge(selector.labels), {}) : ` +
        `${matchesAtPlan("value", `${known}[key]`)}])`;
      const selector = `${matchesAtPlan("selector.namespace", at("namespace"))} && (${labels})`;
      return `try(anytrue([for selector in ${at("fargateSelectors")} : ${selector}]), true)`;
    },
  );
}

/** Whether a selector selects the controller's pods; undefined where that hangs on what is not known here. */
export function selects(selector: Fields, controllerNamespace: string, areLabelsKnown: boolean): boolean | undefined {
  const { namespace, labels } = selector;
  if (!isKnownText(namespace) || Token.isUnresolved(labels)) {
    return undefined;
  }
  const wanted = Object.entries(isFields(labels) ? labels : {});
  if (!matches(namespace, controllerNamespace)) {
    return false;
  }
  const answers = wanted.map(([key, value]) =>
    !areLabelsKnown || Token.isUnresolved(key) || Token.isUnresolved(value)
      ? undefined
      : Object.hasOwn(CONTROLLER_LABELS, key) && matches(String(value), CONTROLLER_LABELS[key]),
  );
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

/** Fargate's wildcards, in what names and labels may consist of: `*` is any text, `?` one character. */
function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[^\w*?-]/g, "[$&]")
    .replaceAll("?", ".")
    .replaceAll("*", ".*");
  return new RegExp(`^${expression}$`).test(text);
}

function matchesAtPlan(pattern: string, text: string): string {
  const expression = [
    [".", "[.]"],
    ["?", "."],
    ["*", ".*"],
  ].reduce((it, [from, to]) => `replace(${it}, ${hclString(from)}, ${hclString(to)})`, pattern);
  return `can(regex(format("^%s$", ${expression}), ${text}))`;
}
