/** What the cluster must be for Karpenter to come: its state, its Kubernetes, who may enter it, and what runs beside. */
import { atRelease, minorVersionOf, releaseTakenFor } from "../../../lib/versions";
import { check } from "../check";
import { release } from "../installed";
import type { Verdict } from "../verdict";
import { error, ok, orOk, warning } from "../verdict";
import type { ClusterFacts } from "./eks-cluster";
import { eksCluster } from "./eks-cluster";

export function judgeStatus({ status }: Pick<ClusterFacts, "status">): readonly Verdict[] {
  return status === "ACTIVE"
    ? [ok("the cluster is ACTIVE")]
    : [error(`the cluster is ${status}, but must be ACTIVE; what is made now waits for it, or fails`)];
}

export function judgeAuthenticationMode({
  authenticationMode,
}: Pick<ClusterFacts, "authenticationMode">): readonly Verdict[] {
  return authenticationMode === "CONFIG_MAP"
    ? [
        error(
          "the authentication mode is CONFIG_MAP, which knows no access entries: nodes do not join; set API_AND_CONFIG_MAP, which cannot be taken back, or give create_access_entry = false and map the node role in aws-auth",
        ),
      ]
    : [ok(`the authentication mode is ${authenticationMode}, which knows access entries`)];
}

export function judgeAutoMode({ autoMode }: Pick<ClusterFacts, "autoMode">): readonly Verdict[] {
  return autoMode
    ? [
        warning(
          'EKS Auto Mode is on, and its CRDs of NodePools and NodeClaims are the same: give crds = "existing", or a destroy takes its nodes too; see docs/auto-mode.md',
        ),
      ]
    : [ok("EKS Auto Mode is off")];
}

/** What a release is held to. */
export interface VersionFacts {
  readonly karpenterVersion: string;
  readonly kubernetesVersion: string;
}

export function judgeKubernetesVersion({ karpenterVersion, kubernetesVersion }: VersionFacts): readonly Verdict[] {
  const { from, to } = atRelease(minorVersionOf(karpenterVersion).kubernetes, releaseTakenFor(karpenterVersion));
  const fits = minor(kubernetesVersion) >= minor(from) && minor(kubernetesVersion) <= minor(to);
  const range = `Karpenter ${karpenterVersion} is for Kubernetes ${from} to ${to}`;
  return fits
    ? [ok(`${range}, and this is ${kubernetesVersion}`)]
    : [error(`${range}, but this is ${kubernetesVersion}; docs/compatibility.md has the releases that fit`)];
}

function minor(version: string): number {
  return Number(version.split(".")[1]);
}

/** Nodes and pods on Fargate talk to the endpoint from private addresses, or from that of a NAT gateway. */
export function judgeEndpoint({ endpointAccess }: Pick<ClusterFacts, "endpointAccess">): readonly Verdict[] {
  const isOpen = endpointAccess.publicCidrs.includes("0.0.0.0/0");
  return orOk(
    endpointAccess.private || (endpointAccess.public && isOpen)
      ? []
      : [
          warning(
            `the API server has no private endpoint, and its public one lets in ${endpointAccess.publicCidrs.join(", ")}: nodes and Fargate reach it only where their NAT gateways are among these; enable the private endpoint`,
          ),
        ],
    endpointAccess.private ? "the private endpoint is enabled" : "the public endpoint is open",
  );
}

export const CLUSTER_CHECKS = [
  check("cluster-status", eksCluster, judgeStatus),
  check("authentication-mode", eksCluster, judgeAuthenticationMode),
  check("auto-mode", eksCluster, judgeAutoMode),
  check(
    "kubernetes-version",
    async ({ ask }) => ({
      karpenterVersion: await ask(release),
      kubernetesVersion: (await ask(eksCluster)).kubernetesVersion,
    }),
    judgeKubernetesVersion,
  ),
  check("endpoint", eksCluster, judgeEndpoint),
];
