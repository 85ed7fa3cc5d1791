import { Token } from "cdktf";
import { hclTemplateText } from "../terraform/expression";
import type { Precondition } from "../terraform/precondition";
import type { Naming } from "../terraform/readable-stack";
import type { NodeObjects } from "./node-objects";
import { freeForm, manifestsOf } from "./manifests";
import { apiVersionOf } from "./older-objects";
import type { Fields } from "../terraform/known-values";
import { givenFields, isFields, isGiven } from "../terraform/known-values";

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

/** A node class that is made here, with what it says itself. */
export interface OwnClass {
  /** `nodeClasses.default`, `manifests[0].spec`. */
  readonly path: string;
  readonly own: Fields;
  /** Whether it gets from the defaults what it lacks. */
  readonly isCompleted: boolean;
}

type Classes = Pick<NodeObjects, "nodeClasses" | "manifests" | "completeManifests">;

/** The node classes that are known at synth. */
export function ownClasses({ nodeClasses, manifests, completeManifests = true }: Classes): OwnClass[] {
  const typed = Object.entries(isFields(nodeClasses) ? nodeClasses : {}).flatMap(([name, nodeClass]) =>
    isFields(nodeClass) && !Token.isUnresolved(nodeClass.spec)
      ? [
          {
            path: `nodeClasses.${name}`,
            own: { ...freeForm(nodeClass.spec), ...givenFields(nodeClass) },
            isCompleted: true,
          },
        ]
      : [],
  );
  const whole = manifestsOf(manifests).flatMap(({ path, object }) =>
    object.kind === "EC2NodeClass" && isFields(object.spec)
      ? [{ path: `${path}.spec`, own: object.spec, isCompleted: completeManifests !== false }]
      : [],
  );
  return [...typed, ...whole];
}

/** Node classes that lack what neither they nor the defaults say. */
export function unmetNeeds(props: NodeObjects): string[] {
  const { nodeClassDefaults = {}, karpenterVersion } = props;
  const apiVersion = apiVersionOf(karpenterVersion);
  if (Token.isUnresolved(nodeClassDefaults)) {
    return [];
  }
  const classes = apiVersion === "v1" ? ownClasses(props) : ownClasses({ nodeClasses: props.nodeClasses });
  return classes.flatMap(({ path, own, isCompleted }) =>
    NEEDS.filter(
      ({ fields, isList, ofTemplate }) =>
        !(apiVersion === "v1alpha5" && (ofTemplate === undefined || isGiven(own[ofTemplate]))) &&
        // A list without a term is refused by its own rule.
        !fields.some((field) => isGiven(own[field])) &&
        !(isCompleted && fields.some((field) => isSaid((nodeClassDefaults as Fields)[field], isList))),
    ).map(({ refusal }) => inWords(refusal, path, (word) => word)),
  );
}

function inWords(refusal: string, path: string, names: Naming): string {
  return refusal.replace(/\{(\w*)\}/g, (_, name: string) => (name === "" ? path : names(name)));
}

/**
 * The node classes in the published modules, as `local.own_classes`; needs `local.manifests`. What is of a wrong type is
 * nothing here: the check of inputs tells of it.
 */
export const OWN_CLASSES_AT_PLAN =
  '${concat([for name, class in try(merge(var.node_classes), {}) : { path = "node_classes.${name}", completed = true, ' +
  "own = merge(try(merge(class.spec), {}), try({ for field, value in class : field => value if value != null }, {})) }], [], " +
  '[for index, manifest in local.manifests : { path = "manifests[${index}].spec", completed = var.complete_manifests, ' +
  'own = try(manifest.spec, {}) } if try(manifest.kind, "") == "EC2NodeClass"])}';

/** The same as {@link unmetNeeds} as preconditions of the published module, unless its caller has looked itself. */
export function needsPreconditions(names: Naming): Precondition[] {
  return NEEDS.map(({ fields, isList, refusal }) => {
    const said = (it: string): string =>
      fields
        .map((field) => (isList ? `try(length(${it}.${field}) > 0, false)` : `try(${it}.${field} != null, false)`))
        .join(" || ");
    const own = fields.map((field) => `try(class.own.${field} != null, false)`).join(" || ");
    const isMet = `${own} || class.completed && (${said("var.node_class_defaults")})`;
    const words = inWords(hclTemplateText(refusal), "${class.path}", names).replaceAll('"', '\\"');
    return {
      condition: `\${!var.check_inputs || alltrue([for class in local.own_classes : ${isMet}])}`,
      error_message: `\${join("\\n", [for class in local.own_classes : "${words}" if !(${isMet})])}`,
    };
  });
}

function isSaid(value: unknown, isList: boolean): boolean {
  return isGiven(value) && !(isList && Array.isArray(value) && value.length === 0);
}
