/** The clusters of the toggles scenario: one for each call of the module in its fixture. */
import type { Network } from "../cloud/network";
import type { TerraformVariables } from "../cloud/terraform";
import type { Account } from "./account";

/** Two names of 100 characters that are the same in their first 40. */
export const LONG_A = `${"x".repeat(40)}a${"y".repeat(59)}`;
export const LONG_B = `${"x".repeat(40)}b${"y".repeat(59)}`;

/** Calls of the module in the fixture, each with the name of its cluster. */
export const CLUSTERS = {
  own_controller: "own-controller",
  own_parts: "own-parts",
  pod_identity: "pod-identity",
  fewest: "fewest",
  long_a: LONG_A,
  long_b: LONG_B,
} as const;

/** A call of the module in the fixture. */
export type Call = keyof typeof CLUSTERS;

/** Makes all the clusters, each in a network of its own. */
export async function makeClusters(account: Account): Promise<ReadonlyMap<Call, Network>> {
  const networks = new Map<Call, Network>();
  for (const [call, clusterName] of Object.entries(CLUSTERS) as [Call, string][]) {
    const authenticationMode = call === "fewest" ? "CONFIG_MAP" : "API_AND_CONFIG_MAP";
    networks.set(call, await account.network({ clusterName, authenticationMode }));
  }
  return networks;
}

/** The clusters as the fixture takes them. */
export function clusterVariables(networks: ReadonlyMap<Call, Network>): TerraformVariables {
  const clusters = [...networks].map(([call, network]) => [
    call,
    {
      name: network.clusterName,
      oidc_provider_arn: network.oidcProviderArn,
      subnet_ids: network.subnetIds,
      security_group_ids: network.securityGroupIds,
    },
  ]);
  return { clusters: Object.fromEntries(clusters) as unknown };
}
