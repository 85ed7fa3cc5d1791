/** A cluster without a node on which the examples of CoreDNS run: what both scenarios need, and what they look at. */
import { CORE_DNS } from "../cloud/core-dns";
import { EksWork } from "../cloud/eks-work";
import type { KubeObject } from "../cloud/kube-client";
import type { Terraform } from "../cloud/terraform";
import { Account } from "./account";
import { Cluster, during } from "./cluster";

/** The NodePool of both examples. */
export const NODE_POOL = { apiVersion: "karpenter.sh/v1", kind: "NodePool", name: "default" };

/** What was there at a moment of a destroy. */
export interface Moment {
  readonly dns: boolean;
  /** How many nodes of Karpenter. */
  readonly nodes: number;
}

/** The cluster, and one of the examples on it. */
export class CoreDnsCluster {
  private constructor(
    readonly account: Account,
    readonly cluster: Cluster,
    private readonly work: EksWork,
    /** What the account held before the example was applied. */
    readonly before: readonly string[],
    private readonly terraform: Terraform,
    private readonly variables: Record<string, unknown>,
  ) {}

  /** Makes the cluster, and applies the example as it stands. */
  static async apply(example: string): Promise<CoreDnsCluster> {
    const account = await Account.open();
    const cluster = await Cluster.start(account);
    const work = await EksWork.start({
      aws: account.aws,
      eks: account.clients.eks,
      controlPlane: cluster.kube,
      clusterName: cluster.network.clusterName,
    });
    const before = await account.resources();
    const [terraform, variables] = [await cluster.example(example), await cluster.exampleVariables()];
    const made = new CoreDnsCluster(account, cluster, work, before, terraform, variables);
    try {
      await cluster.applyWithController(terraform, variables);
    } catch (error) {
      await made.stop();
      throw error;
    }
    return made;
  }

  /** The pods of CoreDNS. */
  pods(): Promise<KubeObject[]> {
    return this.cluster.kube.list(
      { apiVersion: "v1", kind: "Pod", namespace: "kube-system" },
      { labels: "k8s-app=kube-dns" },
    );
  }

  isPlanEmpty(): Promise<boolean> {
    return this.terraform.isPlanEmpty(this.variables);
  }

  /** Destroys, and tells what there was at every moment of it. */
  destroy(): Promise<Moment[]> {
    return during(this.cluster.destroy(this.terraform, this.variables), async () => {
      const nodes = (await this.cluster.nodes()).length;
      return { nodes, dns: (await this.cluster.kube.find(CORE_DNS)) !== undefined };
    });
  }

  async stop(): Promise<void> {
    await this.work.stop();
    await this.cluster.stop();
    await this.account.close();
  }
}

/** When an object was made, in milliseconds. */
export function made({ metadata }: KubeObject): number {
  return Date.parse(metadata.creationTimestamp as string);
}
