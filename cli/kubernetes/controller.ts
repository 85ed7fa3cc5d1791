/** The Deployment of the controller. */
import type { Kubernetes, KubernetesObject } from "./kubernetes";

/** The controller's Deployment. */
export interface Controller {
  readonly namespace: string;
  readonly name: string;
  readonly image: string;
  /** `1.14.3`, as the image's tag says; undefined where it has none. */
  readonly version: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  readonly wanted: number;
  readonly available: number;
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
}

interface Deployment extends KubernetesObject {
  readonly spec: {
    readonly replicas?: number;
    readonly template: {
      readonly spec: { readonly containers: readonly Container[]; readonly serviceAccountName?: string };
    };
  };
  readonly status?: { readonly availableReplicas?: number };
}

/** The controller that works on the cluster, in any namespace unless one is named; undefined where there is none. */
export async function controllerOf(
  kubernetes: Kubernetes,
  { clusterName, namespace }: { readonly clusterName: string; readonly namespace?: string },
): Promise<Controller | undefined> {
  const scope = namespace === undefined ? "" : `/namespaces/${namespace}`;
  const found = await kubernetes.list<Deployment>(
    `/apis/apps/v1${scope}/deployments?labelSelector=app.kubernetes.io%2Fname%3Dkarpenter`,
  );
  const controllers = found.map(asController);
  return controllers.find(({ environment }) => environment.CLUSTER_NAME === clusterName) ?? controllers[0];
}

function asController({ metadata, spec, status }: Deployment): Controller {
  const { containers, serviceAccountName } = spec.template.spec;
  const container = containers.find(({ name }) => name === "controller") ?? containers[0];
  return {
    namespace: metadata.namespace ?? "",
    name: metadata.name,
    image: container.image,
    version: releaseOf(container.image),
    environment: Object.fromEntries((container.env ?? []).map(({ name, value = "" }) => [name, value])),
    serviceAccount: serviceAccountName ?? "default",
    wanted: spec.replicas ?? 1,
    available: status?.availableReplicas ?? 0,
  };
}

/** `1.14.3` of `public.ecr.aws/karpenter/controller:v1.14.3@sha256:…`. */
export function releaseOf(image: string): string | undefined {
  return /:v?(\d+\.\d+\.\d+)(@|$)/.exec(image)?.[1];
}
