import { Token } from "cdktf";
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
  /** What says it in an AWSNodeTemplate's free form, one of these; none where an AWSNodeTemplate can do without. */
  readonly ofTemplate?: readonly string[];
  /** What is wrong, with the class as `{}`. */
  readonly refusal: string;
}

const REMEDY = 'or give "{nodeClassDefaults}" for all classes';
const terms = (field: string, ...ofTemplate: readonly string[]): Need => ({
  fields: [field],
  isList: true,
  ofTemplate,
  refusal: `"{}.${field}" is missing, but must be as the API has it: ${field} cannot be empty; say which, ${REMEDY}`,
});
/** What the API asks of every EC2NodeClass. */
export const NEEDS: readonly Need[] = [
  {
    fields: ["role", "instanceProfile"],
    isList: false,
    refusal:
      '"{}" has neither "role" nor "instanceProfile", but must be as the API has it: ' +
      `must specify exactly one of ['role', 'instanceProfile']; name one, ${REMEDY}`,
  },
  terms("subnetSelectorTerms", "subnetSelector"),
  terms("securityGroupSelectorTerms", "securityGroupSelector", "launchTemplate"),
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
  return ownClasses(props).flatMap(({ path, own, isCompleted }) =>
    NEEDS.filter(
      ({ fields, isList, ofTemplate }) =>
        !(apiVersion === "v1alpha5" && (ofTemplate === undefined || ofTemplate.some((field) => isGiven(own[field])))) &&
        // A list without a term is refused by its own rule.
        !fields.some((field) => isGiven(own[field])) &&
        !(isCompleted && fields.some((field) => isSaid((nodeClassDefaults as Fields)[field], isList))),
    ).map(({ refusal }) => inWords(refusal, path, (word) => word)),
  );
}

/** A refusal in the words of one side. */
export function inWords(refusal: string, path: string, names: Naming): string {
  return refusal.replace(/\{(\w*)\}/g, (_, name: string) => (name === "" ? path : names(name)));
}

function isSaid(value: unknown, isList: boolean): boolean {
  return isGiven(value) && !(isList && Array.isArray(value) && value.length === 0);
}
