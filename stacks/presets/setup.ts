import type { ClusterConfig } from "../cluster-config";

/** A setup, and over it whatever the user gives. */
export function setUp(setup: Partial<ClusterConfig>, props: ClusterConfig): ClusterConfig {
  const given = Object.entries(props).filter(([, value]) => value !== undefined);
  return { ...setup, ...(Object.fromEntries(given) as unknown as ClusterConfig) };
}
