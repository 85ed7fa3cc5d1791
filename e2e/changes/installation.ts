/** A whole installation to change: every part is there, so that each input has something to change. */
import { dirname } from "node:path";

import { karpenterCharts } from "../cloud/charts";
import { ControlPlane } from "../cloud/control-plane";
import { KARPENTER_VERSION } from "../cloud/karpenter-controller";
import type { Network } from "../cloud/network";
import type { Terraform, TerraformVariables } from "../cloud/terraform";
import { Account, copyModules } from "../support/account";

/** The published root module, applied. No controller runs: nothing here waits for one. */
export class Installation {
  private constructor(
    private readonly account: Account,
    private readonly kube: ControlPlane,
    readonly network: Network,
    readonly variables: TerraformVariables,
    private readonly root: Terraform,
  ) {}

  static async apply(): Promise<Installation> {
    const account = await Account.open();
    const kube = await ControlPlane.start();
    const network = await account.network({ clusterName: "prod", subnets: 3 });
    const root = await account.rootOf(copyModules, {
      // Nobody changes anything beside Terraform here, so that no plan need ask.
      env: { ...kube.env(), TF_CLI_ARGS_plan: "-refresh=false" },
    });
    const charts = dirname((await karpenterCharts(KARPENTER_VERSION)).karpenter);
    const installation = new Installation(account, kube, network, variablesFor(network, charts), root);
    await root.apply(installation.variables);
    return installation;
  }

  /** What a plan says where some inputs are other ones. */
  async plan(changed: TerraformVariables) {
    return (await this.root.plan({ ...this.variables, ...changed })).json;
  }

  /** Ends all of it. Nothing is destroyed first: it goes with the account. */
  async close(): Promise<void> {
    await this.kube.stop();
    await this.account.close();
  }
}

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
    node_pools: { default: { limits: { cpu: "100" }, terminationGracePeriod: "20m" } },
    node_classes: { default: { amiAlias: "al2023@v20260714" } },
  };
}
