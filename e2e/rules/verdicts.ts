/** What our rules, the API server and the controller say of an object, and whether they agree. */
import { problemsIn, type FieldProblem } from "../../lib/inputs/field-problems";
import { manifestsSchema } from "../../lib/inputs/catalog/manifests";
import {
  capacityBuffersSchema,
  nodeClassesSchema,
  nodeOverlaysSchema,
  nodePoolsSchema,
} from "../../lib/inputs/catalog/objects";
import { nodeWarnings } from "../../lib/node-objects/warnings";
import { KubeError, type KubeClient, type KubeObject } from "../cloud/kube-client";
import type { Objection } from "../cloud/judge";
import type { RuleCase } from "./corpus";

export const SCHEMAS = {
  NodePool: nodePoolsSchema,
  EC2NodeClass: nodeClassesSchema,
  NodeOverlay: nodeOverlaysSchema,
  CapacityBuffer: capacityBuffersSchema,
} as const;

/** Something that is held against the server and the controller, as a user writes it. */
export interface Subject {
  readonly kind: string;
  readonly title: string;
  readonly input: unknown;
  readonly isManifest: boolean;
  /** What we say of it with a release. */
  problems(release: string): readonly FieldProblem[];
  /** Whether we warn of it at least. */
  isWarnedOf(): boolean;
  /** Where a sentence of ours is, and where the API's path is in the words of the input. */
  ourPath(sentence: string): string;
  inputPath(path: string): string;
}

/** How an object fared. */
export interface Comparison {
  /**
   * `controlled`: the server takes it and the controller does not, and we refuse it. `warned`: there, we warn of it only.
   * `stricter`: we refuse what both take, by a rule that is marked so.
   */
  readonly outcome: "accepted" | "refused" | "controlled" | "warned" | "stricter" | "disagreement";
  readonly ours: readonly FieldProblem[];
  /** What the server has against it, or else the controller, path by path in the words of our input. */
  readonly theirs: readonly Objection[];
}

/** An object in the words of our inputs. */
export function asInput(item: RuleCase): Subject {
  const { kind, title, input, name = "it" } = item;
  return {
    kind,
    title,
    input,
    isManifest: false,
    problems: (release) => problemsIn("", { [name]: input }, SCHEMAS[kind], release),
    isWarnedOf: () =>
      kind === "NodePool" &&
      nodeWarnings({ nodePools: { it: input }, nodeClasses: {} }).some(
        ({ id }) => id === "karpenter-impossible-requirements",
      ),
    ourPath(sentence) {
      const path = pathIn(sentence);
      return path === "" ? "metadata.name" : path.replace(`.${name}`, "").replace(/^\./, "");
    },
    inputPath: (path) => placeOf(item, path.replace(/^\.?spec(\.|$)/, "")),
  };
}

/** A whole object of the API, as people keep it. */
export function asManifest(title: string, object: KubeObject): Subject {
  return {
    kind: object.kind,
    title,
    input: object,
    isManifest: true,
    problems: (release) => problemsIn("manifests", [object], manifestsSchema, release),
    isWarnedOf: () => false,
    ourPath: (sentence) => pathIn(sentence).replace(/^manifests\[0\]\.?/, ""),
    inputPath: (path) => (path === "namespace" ? "metadata.namespace" : path.replace(/^\./, "")),
  };
}

/**
 * Holds what we say of an object with a release against what the server says with the release's definitions, and where it has
 * nothing against it, against what the controller says.
 */
export function compare(
  subject: Subject,
  server: readonly Objection[],
  controller: readonly Objection[],
  release: string,
): Comparison {
  const ours = subject.problems(release);
  const theirs = (server.length > 0 ? server : controller).map(({ path, message }) => ({
    path: subject.inputPath(path),
    message,
  }));
  const areStricter = ours.every(({ stricter }) => stricter);
  const paths = ours.map(({ sentence }) => subject.ourPath(sentence));
  const outcome = (): Comparison["outcome"] => {
    if (server.length > 0) {
      const named = theirs.every(({ path }) => paths.some((own) => own === path || isBelow(own, path)));
      return ours.length > 0 && named ? "refused" : "disagreement";
    }
    if (controller.length > 0 && ours.length > 0) {
      // A name that is wrong is told at its map.
      const named = theirs.every(({ path }) =>
        paths.some((own) => own === path || isBelow(own, path) || (own !== "" && isBelow(path, own))),
      );
      return named && areStricter ? "controlled" : "disagreement";
    }
    if (controller.length > 0) {
      return subject.isWarnedOf() ? "warned" : "disagreement";
    }
    return ours.length === 0 ? "accepted" : areStricter ? "stricter" : "disagreement";
  };
  return { outcome: outcome(), ours, theirs };
}

/** The path that a sentence of ours names. */
function pathIn(sentence: string): string {
  return /^"([^"]*)"/.exec(sentence)?.[1] ?? "";
}

/** A path at an item, an entry or a field of another; of the whole object everything is. */
function isBelow(path: string, above: string): boolean {
  return above === "" || above === "spec"
    ? path !== "metadata.name"
    : path.startsWith(`${above}.`) || path.startsWith(`${above}[`);
}

/** What the server has against an object. */
export async function serverProblems(kube: KubeClient, object: KubeObject): Promise<Objection[]> {
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
        path: field === "<nil>" ? (/\bspec[^\s"]*/.exec(message)?.[0] ?? field) : field,
        message,
      }));
    if (causes.length === 0) {
      throw new Error(`the server refuses without a cause: ${error.message}`);
    }
    return causes;
  }
}

/** Where our input has what the API has at this path of an object's `spec`. */
function placeOf({ kind, input }: RuleCase, path: string): string {
  if (input.spec !== undefined) {
    return path === "" || path.startsWith("metadata") ? path : `spec.${path}`;
  }
  if (kind === "NodePool") {
    return path.replace(/^template\.spec\.nodeClassRef\..*$/, "nodeClass").replace(/^template\.(spec|metadata)\./, "");
  }
  // One alias stands for the only term there is.
  return kind === "EC2NodeClass" && input.amiSelectorTerms === undefined
    ? path.replace(/^amiSelectorTerms(\[0\]\.alias)?$/, "amiAlias")
    : path;
}
