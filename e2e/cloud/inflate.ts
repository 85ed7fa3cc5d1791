/** Pods that do nothing but ask for room, the usual way to make Karpenter start nodes. */
import type { KubeObject } from "./kube-client";

export const INFLATE = { apiVersion: "apps/v1", kind: "Deployment", namespace: "default", name: "inflate" } as const;

/** The Deployment; each of its pods asks for half a cpu. */
export function inflate(replicas: number): KubeObject {
  const labels = { app: INFLATE.name };
  const resources = { requests: { cpu: "500m", memory: "256Mi" } };
  return {
    apiVersion: INFLATE.apiVersion,
    kind: INFLATE.kind,
    metadata: { name: INFLATE.name, namespace: INFLATE.namespace },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          terminationGracePeriodSeconds: 0,
          containers: [{ name: "pause", image: "registry.k8s.io/pause:3.10", resources }],
        },
      },
    },
  };
}
