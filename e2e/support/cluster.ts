/** What a scenario with nodes begins with: a cluster of an account with all that stands behind it, and roots that work on it. */
import { cp } from "node:fs/promises";
import { dirname, join } from "node:path";

import { karpenterCharts } from "../cloud/charts";
import { EksCluster } from "../cloud/eks-cluster";
import { isTrue } from "../cloud/fargate";
import { KARPENTER_VERSION } from "../cloud/karpenter-controller";
import type { KubeObject } from "../cloud/kube-client";
import type { Network } from "../cloud/network";
import type { Terraform, TerraformVariables } from "../cloud/terraform";
import { useModules, type Account, type RootOptions } from "./account";

const FIXTURES = join(__dirname, "../scenarios/fixtures");
const EXAMPLES = join(__dirname, "../../examples/terraform");

/** A cluster that has no node but those of Fargate. */
export class Cluster {
  private constructor(
    private readonly account: Account,
    readonly network: Network,
    readonly eks: EksCluster,
  ) {}

  /** Starts it. An account may have several. */
  static async start(account: Account, clusterName = "prod"): Promise<Cluster> {
    const network = await account.network({ clusterName, subnets: 3 });
    const eks = await EksCluster.start({ aws: account.aws, clients: account.clients, network });
    return new Cluster(account, network, eks);
  }

  get kube(): EksCluster["kube"] {
    return this.eks.kube;
  }

  /** A root of the files of a fixture, and of those of the fixture `cluster`, which takes `variables`. */
  root(fixture: string, options: Pick<RootOptions, "binary"> = {}): Promise<Terraform> {
    return this.account.rootOf(
      async (folder) => {
        for (const name of ["providers", "cluster", fixture]) {
          await cp(join(FIXTURES, name), folder, { recursive: true });
        }
      },
      { ...options, env: this.kube.env() },
    );
  }

  /** A root of an example as users have it, on this cluster. */
  example(name: string): Promise<Terraform> {
    return this.account.rootOf(
      async (folder) => {
        await cp(join(EXAMPLES, name), folder, { recursive: true, filter: (path) => !path.endsWith("versions.tf") });
        for (const name of ["providers", "example"]) {
          await cp(join(FIXTURES, name), folder, { recursive: true });
        }
        await useModules(folder, "./karpenter");
      },
      { env: this.kube.env() },
    );
  }

  /** What an example is told. */
  async exampleVariables(): Promise<Record<string, unknown>> {
    const { clusterName, clusterEndpoint, oidcProviderArn, subnetIds, securityGroupIds } = this.network;
    return {
      cluster: { name: clusterName, endpoint: clusterEndpoint, certificate_authority: "" },
      oidc_provider_arn: oidcProviderArn,
      private_subnet_ids: subnetIds,
      cluster_security_group_id: securityGroupIds[0],
      charts: dirname((await karpenterCharts(KARPENTER_VERSION)).karpenter),
    };
  }

  /** What every root is told. */
  async variables(version: string = KARPENTER_VERSION): Promise<Record<string, unknown>> {
    const { clusterName, clusterEndpoint, oidcProviderArn, subnetIds, securityGroupIds } = this.network;
    return {
      cluster: {
        name: clusterName,
        endpoint: clusterEndpoint,
        oidc_provider_arn: oidcProviderArn,
        subnet_ids: subnetIds,
        security_group_ids: securityGroupIds,
      },
      karpenter_version: version,
      charts: dirname((await karpenterCharts(version)).karpenter),
    };
  }

  /** Applies, and starts the controller as soon as its pods run: what comes later in the apply may need nodes. */
  async applyWithController(terraform: Terraform, variables: TerraformVariables): Promise<void> {
    // One of a release that is gone has lost its pods, and with them its work.
    await this.eks.stopController();
    let applying = true;
    const applied = terraform.apply(variables).finally(() => (applying = false));
    const started = this.controllerPods(() => applying).then(() => this.eks.startController());
    await together(applied, started);
  }

  /** Destroys, and lets the controller say why something stays. */
  destroy(terraform: Terraform, variables: TerraformVariables): Promise<void> {
    return this.eks.karpenter.explain(terraform.destroy(variables));
  }

  /** Nodes that Karpenter started. */
  nodes(): Promise<KubeObject[]> {
    return this.kube.list({ apiVersion: "v1", kind: "Node" }, { labels: "karpenter.sh/nodepool" });
  }

  /** How many spot interruptions the controller has read from its queue. */
  interruptionsSeen(): Promise<number> {
    return this.counted('karpenter_interruption_received_messages_total{message_type="spot_interrupted"}');
  }

  /** How many evictions the controller asked for that a PodDisruptionBudget did not allow. */
  evictionsRefused(): Promise<number> {
    return this.counted('karpenter_pods_eviction_requests_total{code="429"}');
  }

  /** Names of all custom resource definitions. */
  async definitions(): Promise<string[]> {
    const found = await this.kube.list({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" });
    return found.map(({ metadata }) => metadata.name as string);
  }

  /** Stops everything that runs for it. The account stays. */
  stop(): Promise<void> {
    return this.eks.stop();
  }

  /** What one of the controller's counters says. */
  private async counted(metric: string): Promise<number> {
    const response = await fetch(`http://127.0.0.1:${this.eks.karpenter.metricsPort}/metrics`);
    const lines = (await response.text()).split("\n").filter((line) => line.startsWith(metric));
    return lines.reduce((sum, line) => sum + Number(line.split(" ").pop()), 0);
  }

  private async controllerPods(applying: () => boolean): Promise<void> {
    const reference = { apiVersion: "apps/v1", kind: "Deployment", namespace: "karpenter", name: "karpenter" };
    for (;;) {
      const last = !applying();
      const found = await this.kube.find(reference);
      if (found !== undefined && isTrue(found, "Available")) {
        return;
      }
      // An apply that failed has said why; one that came through without a controller has not.
      if (last) {
        throw new Error("the apply ended and made no controller that runs");
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/** Waits for all that goes on, also after one of it has failed: what still runs must not lose what it runs on. */
export async function together(...work: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) {
    if (result.status === "rejected") {
      throw result.reason as Error;
    }
  }
}

/** Looks again and again while something goes on, and returns what was seen. */
export async function during<T>(work: Promise<unknown>, look: () => Promise<T>): Promise<T[]> {
  const seen: T[] = [];
  let going = true;
  const looking = async (): Promise<void> => {
    while (going) {
      seen.push(await look());
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  };
  await together(
    work.finally(() => (going = false)),
    looking(),
  );
  return seen;
}
