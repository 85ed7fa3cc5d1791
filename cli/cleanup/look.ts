/** Looks at what a cluster has left behind. */
import { ifThere } from "../aws/answers";
import type { AwsClients } from "../aws/clients";
import { launchedFor } from "../aws/leftovers";
import { helmRevisions } from "../kubernetes/helm-releases";
import type { Kubernetes, KubernetesObject } from "../kubernetes/kubernetes";
import { issuerOf } from "../kubernetes/same-cluster";
import { Unreachable } from "../kubernetes/unreachable";
import { knownTo, NOTHING_KNOWN } from "../orphans";
import type { CleanupFacts, ClusterState } from "./leftovers";

/** Whose leftovers, and how old they must be. */
export interface CleanupOptions {
  readonly clusterName: string;
  /** Where Helm keeps the releases; by default where the controller is. */
  readonly namespace?: string;
  /** In minutes. */
  readonly olderThan: number;
  readonly whileKarpenterRuns?: boolean;
}

export async function lookAround(
  { clusterName, namespace, olderThan, whileKarpenterRuns = false }: CleanupOptions,
  aws: AwsClients,
  kubernetes: Kubernetes,
): Promise<CleanupFacts> {
  // What the cluster knows is asked for last: what is launched meanwhile is then known too.
  const launched = await launchedFor(aws, clusterName);
  const before = new Date(Date.now() - olderThan * 60_000);
  const facts = { clusterName, launched, known: NOTHING_KNOWN, revisions: [], before, whileKarpenterRuns };
  const because = await whyUnknown(clusterName, aws, kubernetes);
  if (because !== undefined) {
    return { ...facts, cluster: because };
  }
  const controllers = await kubernetes.list<Deployment>(CONTROLLERS);
  const place = namespace ?? controllers[0]?.metadata.namespace ?? "karpenter";
  return {
    ...facts,
    cluster: { is: "known", runs: controllers.some(({ status }) => (status?.availableReplicas ?? 0) > 0) },
    known: await knownTo(kubernetes),
    revisions: await helmRevisions(kubernetes, place, "karpenter"),
  };
}

interface Deployment extends KubernetesObject {
  readonly status?: { readonly availableReplicas?: number };
}

const CONTROLLERS = "/apis/apps/v1/deployments?labelSelector=app.kubernetes.io%2Fname%3Dkarpenter";

/** That there is no such cluster, or why nothing is known of it; undefined where the one that answers is the one. */
async function whyUnknown(
  name: string,
  { eks }: AwsClients,
  kubernetes: Kubernetes,
): Promise<ClusterState | undefined> {
  const described = (await ifThere(eks.describeCluster({ name })))?.cluster;
  if (described === undefined) {
    return { is: "gone" };
  }
  const wanted = described.identity?.oidc?.issuer;
  try {
    const issuer = await issuerOf(kubernetes);
    return issuer === wanted
      ? undefined
      : {
          is: "unknown",
          because: `another cluster answers, of the issuer ${issuer ?? "none"} and not ${wanted ?? "none"}`,
        };
  } catch (problem) {
    if (problem instanceof Unreachable) {
      return { is: "unknown", because: problem.message };
    }
    throw problem;
  }
}
