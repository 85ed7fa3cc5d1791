/** Which subnets matter: those that Karpenter uses, or those that it most likely will. */
import { onAllPages } from "../../aws/answers";
import type { KubernetesObject } from "../../kubernetes/kubernetes";
import { karpenterObjects } from "../../kubernetes/karpenter-objects";
import { Unreachable } from "../../kubernetes/unreachable";
import type { Sources } from "../sources";
import { eksCluster } from "./eks-cluster";
import { fargateProfiles } from "./fargate";

/** Subnets, and who named them. */
export interface SubnetsInUse {
  readonly found: string;
  readonly ids: readonly string[];
  readonly forFargate: readonly string[];
}

export async function subnetsInUse({ ask, options, aws }: Sources): Promise<SubnetsInUse> {
  if (options.subnetIds !== undefined) {
    return before("those of --subnet-ids", options.subnetIds);
  }
  const [profiles, ofNodes] = await Promise.all([ask(fargateProfiles), ask(subnetsOfNodes)]);
  const forFargate = [...new Set(profiles.flatMap(({ subnets }) => subnets))];
  if (forFargate.length + ofNodes.length > 0) {
    const found = [
      ...(forFargate.length > 0 ? ["of the Fargate profiles"] : []),
      ...(ofNodes.length > 0 ? ["of the node classes"] : []),
    ].join(" and ");
    return { found, ids: [...new Set([...forFargate, ...ofNodes])], forFargate };
  }
  const { vpcId, subnetIds } = await ask(eksCluster);
  const tagged = await onAllPages(
    (NextToken) =>
      aws.ec2.describeSubnets({
        Filters: [
          { Name: "vpc-id", Values: [vpcId] },
          { Name: "tag:karpenter.sh/discovery", Values: [options.clusterName] },
        ],
        NextToken,
      }),
    (page) => page.Subnets,
    (page) => page.NextToken,
  );
  const ids = tagged.flatMap(({ SubnetId }) => SubnetId ?? []);
  return ids.length > 0 ? before("tagged karpenter.sh/discovery", ids) : before("of the cluster", subnetIds);
}

/** Before anything is installed, the controller will run on Fargate, as it does by default. */
function before(found: string, ids: readonly string[]): SubnetsInUse {
  return { found, ids, forFargate: ids };
}

/** The subnets that node classes have found; none where the cluster cannot be looked at. */
async function subnetsOfNodes({ kubernetes }: Sources): Promise<readonly string[]> {
  try {
    const classes = await karpenterObjects<
      KubernetesObject & { readonly status?: { readonly subnets?: readonly { readonly id: string }[] } }
    >(kubernetes, "ec2nodeclasses");
    return classes.flatMap(({ status }) => (status?.subnets ?? []).map(({ id }) => id));
  } catch (problem) {
    if (problem instanceof Unreachable) {
      return [];
    }
    throw problem;
  }
}
