/** What a cluster says of the Karpenter that runs on it. */
import { stringify } from "yaml";
import { CHART_REPOSITORY } from "../../../lib/inputs/catalog/controller";
import { controllerOf } from "../../kubernetes/controller";
import { helmRevisions, newestRevisions, releaseContent } from "../../kubernetes/helm-releases";
import { karpenterObjects } from "../../kubernetes/karpenter-objects";
import type { Kubernetes, KubernetesObject } from "../../kubernetes/kubernetes";
import type { ClusterObject } from "../cluster-objects";
import type { ServiceAccount } from "../policies";
import type { StateObject } from "../state";
import { liveObject } from "./live-object";

/** The controller's side, and what was written for it. */
export interface ClusterSide {
  readonly serviceAccount: ServiceAccount;
  /** The role that the service account names, by IRSA. */
  readonly roleArn?: string;
  /** `1.14.3`. */
  readonly version?: string;
  /** The queue that the controller reads. */
  readonly queueName?: string;
  readonly releases: readonly StateObject[];
  readonly manifests: readonly ClusterObject[];
}

const ROLE = "eks.amazonaws.com/role-arn";
const CHARTS = ["karpenter", "karpenter-crd"];

/** Asks the cluster; undefined where no controller is on it. */
export async function clusterSide(
  kubernetes: Kubernetes,
  where: { readonly clusterName: string; readonly chartRepository?: string },
): Promise<ClusterSide | undefined> {
  const controller = await controllerOf(kubernetes, where);
  if (controller === undefined) {
    return undefined;
  }
  const { namespace, serviceAccount: name, version, environment } = controller;
  const account = await kubernetes.get<KubernetesObject>(`/api/v1/namespaces/${namespace}/serviceaccounts/${name}`);
  const [releases, classes, pools] = await Promise.all([
    releaseObjects(kubernetes, namespace, where.chartRepository ?? CHART_REPOSITORY),
    karpenterObjects(kubernetes, "ec2nodeclasses"),
    karpenterObjects(kubernetes, "nodepools"),
  ]);
  return {
    serviceAccount: { namespace, name },
    roleArn: account?.metadata.annotations?.[ROLE],
    version,
    queueName: environment.INTERRUPTION_QUEUE || undefined,
    releases,
    manifests: [...pools, ...classes].map((object) => ({ ...object })),
  };
}

/** Releases of Karpenter's charts. Helm records what a chart was called and told, and not where it came from. */
async function releaseObjects(kubernetes: Kubernetes, namespace: string, repository: string): Promise<StateObject[]> {
  const newest = newestRevisions(await helmRevisions(kubernetes, namespace, ""));
  return newest
    .filter(({ chart, status }) => CHARTS.includes(chart) && status === "deployed")
    .map(({ release: name, chart, chartVersion: version, secret }) => {
      const { config = {} } = releaseContent(secret) as { readonly config?: object | null };
      const values = Object.keys(config ?? {}).length === 0 ? [] : [stringify(config)];
      return liveObject("helm_release", `${namespace}/${name}`, {
        name,
        namespace,
        chart,
        version,
        repository,
        values,
      });
    });
}
