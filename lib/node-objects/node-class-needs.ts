import { Token } from "cdktf";
import { isGiven, Naming } from "../inputs/predicate";
import { hclTemplateText } from "../terraform/expression";
import { apiVersionOf } from "./older-objects";
import type { NodePoolsProps } from "../kubernetes/node-pools";

type Values = Readonly<Record<string, unknown>>;

/** What every EC2NodeClass must have in the end: from itself, from its free form, or from the defaults. */
interface Need {
  /** One of these. */
  readonly fields: readonly string[];
  readonly isList: boolean;
  /** What says it in an AWSNodeTemplate's free form; none where an AWSNodeTemplate can do without. */
  readonly ofTemplate?: string;
  /** What is wrong, with the class as `{}`. */
  readonly refusal: string;
}

const REMEDY = 'or give "{nodeClassDefaults}" for all classes';
const terms = (field: string, ofTemplate: string): Need => ({
  fields: [field],
  isList: true,
  ofTemplate,
  refusal: `"{}.${field}" is missing, but must be as the API has it: ${field} cannot be empty; say which, ${REMEDY}`,
});
const NEEDS: readonly Need[] = [
  {
    fields: ["role", "instanceProfile"],
    isList: false,
    refusal:
      '"{}" has neither "role" nor "instanceProfile", but must be as the API has it: ' +
      `must specify exactly one of ['role', 'instanceProfile']; name one, ${REMEDY}`,
  },
  terms("subnetSelectorTerms", "subnetSelector"),
  terms("securityGroupSelectorTerms", "securityGroupSelector"),
];

/** Node classes that lack what neither they nor the defaults say. */
export function unmetNeeds({ nodeClasses, nodeClassDefaults = {}, karpenterVersion }: NodePoolsProps): string[] {
  if (!isKnown(nodeClasses) || !isKnown(nodeClassDefaults)) {
    return [];
  }
  const areTemplates = apiVersionOf(karpenterVersion) === "v1alpha5";
  return Object.entries(nodeClasses)
    .filter(([, nodeClass]) => isKnown(nodeClass) && !Token.isUnresolved(nodeClass.spec))
    .flatMap(([name, nodeClass]) =>
      NEEDS.filter(
        ({ fields, isList, ofTemplate }) =>
          !(areTemplates && (ofTemplate === undefined || isGiven(nodeClass.spec?.[ofTemplate]))) &&
          ![nodeClass, nodeClass.spec, nodeClassDefaults].some((said) =>
            fields.some((field) => isSaid((said as Values | null | undefined)?.[field], isList)),
          ),
      ).map(({ refusal }) => inWords(refusal, `nodeClasses.${name}`, (word) => word)),
    );
}

function inWords(refusal: string, path: string, names: Naming): string {
  return refusal.replace(/\{(\w*)\}/g, (_, name: string) => (name === "" ? path : names(name)));
}

/** The same as preconditions of the published module. */
export function needsPreconditions(names: Naming): { readonly condition: string; readonly error_message: string }[] {
  return NEEDS.map(({ fields, isList, refusal }) => {
    const said = (it: string): string =>
      fields
        .map((field) =>
          isList ? `length(${it}.${field} == null ? [] : ${it}.${field}) > 0` : `${it}.${field} != null`,
        )
        .join(" || ");
    const free = fields.map((field) => `can(jsondecode(class.spec).${field}${isList ? "[0]" : ""})`).join(" || ");
    const isMet = `${said("class")} || ${free} || ${said("var.node_class_defaults")}`;
    const words = inWords(hclTemplateText(refusal), "node_classes.${name}", names).replaceAll('"', '\\"');
    return {
      condition: `\${alltrue([for name, class in var.node_classes : ${isMet}])}`,
      error_message: `\${join("\\n", [for name, class in var.node_classes : "${words}" if !(${isMet})])}`,
    };
  });
}

function isSaid(value: unknown, isList: boolean): boolean {
  return isGiven(value) && !(isList && Array.isArray(value) && value.length === 0);
}

function isKnown(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Token.isUnresolved(value);
}
