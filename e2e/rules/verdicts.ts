/** What our rules and what the API server say of an object, and whether they agree. */
import { problemsIn, type FieldProblem } from "../../lib/inputs/field-problems";
import {
  capacityBuffersSchema,
  nodeClassesSchema,
  nodeOverlaysSchema,
  nodePoolsSchema,
} from "../../lib/inputs/catalog/objects";
import { KubeError, type KubeClient, type KubeObject } from "../cloud/kube-client";
import type { RuleCase } from "./corpus";

export const SCHEMAS = {
  NodePool: nodePoolsSchema,
  EC2NodeClass: nodeClassesSchema,
  NodeOverlay: nodeOverlaysSchema,
  CapacityBuffer: capacityBuffersSchema,
} as const;

/** How an object fared. */
export interface Comparison {
  /** `stricter`: we refuse what the server takes, by a rule that is marked so. */
  readonly outcome: "accepted" | "refused" | "stricter" | "disagreement";
  readonly ours: readonly FieldProblem[];
  /** What the server has against it, path by path in the words of our input. */
  readonly theirs: readonly ServerProblem[];
}

/** Something that the server has against an object. */
export interface ServerProblem {
  /** The path in our input; "" is the object. */
  readonly path: string;
  readonly message: string;
}

/** Holds what our rules say of an object with a release against what the server says with the release's definitions. */
export function compare(item: RuleCase, theirs: readonly ServerProblem[], release: string): Comparison {
  const { kind, input, name = "it" } = item;
  const ours = problemsIn("", { [name]: input }, SCHEMAS[kind], release);
  if (theirs.length === 0) {
    return {
      outcome: ours.length === 0 ? "accepted" : ours.every(({ stricter }) => stricter) ? "stricter" : "disagreement",
      ours,
      theirs,
    };
  }
  const paths = ours.map(({ sentence }) => pathIn(sentence, name));
  const named = theirs.every(({ path }) => paths.some((own) => own === path || isBelow(own, path)));
  return { outcome: ours.length > 0 && named ? "refused" : "disagreement", ours, theirs };
}

/** The path that a sentence of ours names, within the object. */
function pathIn(sentence: string, name: string): string {
  const path = /^"([^"]*)"/.exec(sentence)?.[1] ?? "";
  return path === "" ? "metadata.name" : path.replace(`.${name}`, "").replace(/^\./, "");
}

/** A path at an item, an entry or a field of another; of the whole object everything is. */
function isBelow(path: string, above: string): boolean {
  return above === "" ? path !== "metadata.name" : path.startsWith(`${above}.`) || path.startsWith(`${above}[`);
}

/** What the server has against the object that the chart makes of an input. */
export async function serverProblems(kube: KubeClient, item: RuleCase, object: KubeObject): Promise<ServerProblem[]> {
  try {
    await kube.tryCreate(object);
    return [];
  } catch (error) {
    if (error instanceof KubeError && error.code === 404 && object.metadata.namespace !== undefined) {
      return [{ path: "namespace", message: error.message }];
    }
    if (!(error instanceof KubeError) || ![400, 422].includes(error.code)) {
      throw error;
    }
    const unknown = [...error.message.matchAll(/unknown field "([^"]+)"/g)].map(([message, field]) => ({
      field,
      message,
    }));
    const causes = [...error.causes, ...unknown]
      .filter(({ message }) => !message.includes("some validation rules were not checked"))
      // A number that does not fit is told without its field, but for the words.
      .map(({ field, message }) => ({
        field: field === "<nil>" ? (/\bspec[^\s"]*/.exec(message)?.[0] ?? field) : field,
        message,
      }))
      .map(({ field, message }) => ({ path: inputPath(item, field.replace(/^\.?spec(\.|$)/, "")), message }));
    if (causes.length === 0) {
      throw new Error(`the server refuses without a cause: ${error.message}`);
    }
    return causes;
  }
}

/** Where our input has what the API has at this path of an object's `spec`. */
function inputPath({ kind, input }: RuleCase, path: string): string {
  if (input.spec !== undefined) {
    return path === "" ? "" : `spec.${path}`;
  }
  if (kind === "NodePool") {
    return path.replace(/^template\.spec\.nodeClassRef\..*$/, "nodeClass").replace(/^template\.(spec|metadata)\./, "");
  }
  // One alias stands for the only term there is.
  return kind === "EC2NodeClass" && input.amiSelectorTerms === undefined
    ? path.replace(/^amiSelectorTerms(\[0\]\.alias)?$/, "amiAlias")
    : path;
}
