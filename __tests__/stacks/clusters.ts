import type { ClusterEntry } from "../../stacks/cluster-config";

/** A cluster that has all it needs, in the given region and account. */
export function cluster(options: Partial<ClusterEntry> = {}, account = "111122223333"): ClusterEntry {
  const region = options.region ?? "eu-north-1";
  return {
    clusterName: "prod",
    region,
    oidcProviderArn: `arn:aws:iam::${account}:oidc-provider/oidc.eks.${region}.amazonaws.com/id/3F2504E04F89`,
    subnetIds: ["subnet-0a1", "subnet-0a2"],
    securityGroupIds: ["sg-0a1"],
    ...options,
  };
}

/** What a call throws, as the user reads it; "" when it throws nothing. */
export function messageOf(call: () => unknown): string {
  try {
    call();
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}
