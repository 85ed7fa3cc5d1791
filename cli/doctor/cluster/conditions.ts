/** Conditions of NodePools and node classes, with their meaning. */
import { karpenterObjects } from "../../kubernetes/karpenter-objects";
import type { KubernetesObject } from "../../kubernetes/kubernetes";
import { check } from "../check";
import type { Verdict } from "../verdict";
import { error, ok, orOk, warning } from "../verdict";
import { MEANINGS } from "./meanings";

/** A condition in an object's status. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** An object that has conditions. */
export interface Conditioned extends KubernetesObject {
  readonly status?: { readonly conditions?: readonly Condition[] };
}

export function conditionOf({ status }: Conditioned, type: string): Condition | undefined {
  return status?.conditions?.find((condition) => condition.type === type);
}

/** `SubnetsReady is False (SubnetsNotFound): what it means`. */
export function inWords({ type, status, reason = "", message = "" }: Condition): string {
  const given = reason === "" || reason === type ? "" : ` (${reason})`;
  return `${type} is ${status}${given}: ${MEANINGS[reason] ?? (message || "no reason is given")}`;
}

/** A pool works as long as it is Ready; that its nodes do not register keeps it from nothing. */
const REGISTRATION = "NodeRegistrationHealthy";

export function judgeReady(kind: string, objects: readonly Conditioned[]): readonly Verdict[] {
  return objects.length === 0
    ? [ok(`there is no ${kind}`)]
    : orOk(
        objects.flatMap((object) => problemsOf(kind, object)),
        `Ready: ${objects.map(({ metadata }) => metadata.name).join(", ")}`,
      );
}

function problemsOf(kind: string, object: Conditioned): readonly Verdict[] {
  const title = `${kind} ${object.metadata.name}`;
  const registration = conditionOf(object, REGISTRATION);
  const unregistered = registration?.status === "False" ? [warning(`${title}: ${inWords(registration)}`)] : [];
  switch (conditionOf(object, "Ready")?.status) {
    case undefined:
      return [error(`${title} has no conditions: no controller looks at it`)];
    case "True":
      return unregistered;
    default:
      return [...causes(object).map((cause) => error(`${title}: ${inWords(cause)}`)), ...unregistered];
  }
}

/** What keeps an object from being Ready; that it is not, and what waits for the others, is said only where nothing else is. */
function causes({ status }: Conditioned): readonly Condition[] {
  const wrong = (status?.conditions ?? []).filter(({ type, status: is }) => is !== "True" && type !== REGISTRATION);
  const first = wrong.filter(({ type, reason }) => type !== "Ready" && reason !== "DependenciesNotReady");
  return first.length > 0 ? first : wrong;
}

const ready = (id: string, kind: string, resource: "nodepools" | "ec2nodeclasses") =>
  check(
    id,
    ({ kubernetes }) => karpenterObjects<Conditioned>(kubernetes, resource),
    (objects) => judgeReady(kind, objects),
  );

export const CONDITION_CHECKS = [
  ready("node-pools", "NodePool", "nodepools"),
  ready("node-classes", "EC2NodeClass", "ec2nodeclasses"),
];
