/** Pods, and why they do not run. */
import type { KubernetesObject } from "../../kubernetes/kubernetes";
import type { Sources } from "../sources";

/** A pod, as far as it says why it does not run. */
export interface Pod extends KubernetesObject {
  readonly status: {
    readonly phase?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
    readonly containerStatuses?: readonly {
      readonly state?: { readonly waiting?: { readonly reason?: string; readonly message?: string } };
    }[];
  };
}

/** Pods of a Deployment, and how many should run. */
export interface RunningFacts {
  readonly wanted: number;
  readonly available: number;
  readonly pods: readonly Pod[];
}

/** Why pods do not run, each reason once. */
export function reasonsOf(pods: readonly Pod[]): string {
  const all = [...new Set(pods.flatMap((pod) => waitsFor(pod) ?? []))];
  return all.length === 0 ? "it has no pods that say why" : all.join("; ");
}

/** Why a pod is not Ready, in the words of kubelet or scheduler; undefined where it is. */
function waitsFor({ status }: Pod): string | undefined {
  const isCondition = (name: string, value: string) =>
    status.conditions?.find(({ type, status: is }) => type === name && is === value);
  if (isCondition("Ready", "True") !== undefined) {
    return undefined;
  }
  const waiting = status.containerStatuses?.map(({ state }) => state?.waiting).find((found) => found !== undefined);
  return (
    [waiting?.reason, waiting?.message].filter(Boolean).join(": ") ||
    isCondition("PodScheduled", "False")?.message ||
    `a pod is ${status.phase ?? "new"} and not Ready`
  );
}

export function podsOf({ kubernetes }: Sources, namespace: string, label: string): Promise<readonly Pod[]> {
  return kubernetes.list<Pod>(`/api/v1/namespaces/${namespace}/pods?labelSelector=${encodeURIComponent(label)}`);
}
