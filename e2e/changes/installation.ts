/** A whole installation to change: every part is there, so that each input has something to change. */
import { dirname } from "node:path";

import { karpenterCharts } from "../cloud/charts";
import { KARPENTER_VERSION } from "../cloud/karpenter-controller";
import type { Network } from "../cloud/network";
import type { Terraform, TerraformVariables } from "../cloud/terraform";
import { Account, copyModules } from "../support/account";
import { Cluster } from "../support/cluster";

/** The published root module, applied on a cluster on which the controller can be started. */
export class Installation {
  private constructor(
    readonly account: Account,
    readonly cluster: Cluster,
    readonly variables: TerraformVariables,
    readonly root: Terraform,
  ) {}

  /** `env` is what Terraform gets beside. */
  static async apply(env: Readonly<Record<string, string>> = {}): Promise<Installation> {
    const account = await Account.open();
    const cluster = await Cluster.start(account);
    const root = await account.rootOf(copyModules, { env: { ...cluster.kube.env(), ...env } });
    const charts = dirname((await karpenterCharts(KARPENTER_VERSION)).karpenter);
    const installation = new Installation(account, cluster, variablesFor(cluster.network, charts), root);
    await installation.apply();
    return installation;
  }

  /** Applies it again. */
  async apply(): Promise<void> {
    await this.root.apply(this.variables);
  }

  get network(): Network {
    return this.cluster.network;
  }

  /** What a plan says where some inputs are other ones. */
  async plan(changed: TerraformVariables = {}) {
    return (await this.root.plan({ ...this.variables, ...changed })).json;
  }

  /** Why a plan is refused where some inputs are other ones. */
  planErrors(changed: TerraformVariables): Promise<string> {
    return this.root.planErrors({ ...this.variables, ...changed });
  }

  /** Ends all of it. Nothing is destroyed first: it goes with the account. */
  async close(): Promise<void> {
    await this.cluster.stop();
    await this.account.close();
  }
}

/** What the NodePool asks for: nodes for a few small pods. */
export const REQUIREMENTS = [
  { key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] },
  { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] },
  { key: "karpenter.k8s.aws/instance-category", operator: "In", values: ["c", "m", "r"] },
  { key: "karpenter.k8s.aws/instance-cpu", operator: "In", values: ["4"] },
];

function variablesFor(network: Network, charts: string): TerraformVariables {
  const [first] = network.subnetIds;
  return {
    cluster_name: network.clusterName,
    cluster_endpoint: network.clusterEndpoint,
    oidc_provider_arn: network.oidcProviderArn,
    subnet_ids: network.subnetIds.slice(0, 2),
    security_group_ids: network.securityGroupIds,
    karpenter_version: KARPENTER_VERSION,
    chart_repository: charts,
    tags: { team: "platform" },
    helm_wait: false,
    create_interruption_queue_alarm: true,
    fargate_logging: "managed",
    grafana_dashboard: true,
    discovery_subnet_ids: { first },
    node_pools: { default: { requirements: REQUIREMENTS, limits: { cpu: "100" }, terminationGracePeriod: "20m" } },
    node_classes: { default: { amiAlias: "al2023@v20260714" } },
  };
}
