/**
 * What stands behind an EKS cluster of the local AWS: an API server, Fargate, kubelets for instances, and the Karpenter
 * controller once its release is there. All of it is started and stopped together.
 */
import { DescribeInstancesCommand, type Instance } from "@aws-sdk/client-ec2";

import { publishAmis, type PublishedAmi } from "./ami-parameters";
import type { AwsClients } from "./aws-clients";
import { ControlPlane } from "./control-plane";
import { addFargateNodes, isTrue, setFargateProfiles, type FargateSelection } from "./fargate";
import { inflate } from "./inflate";
import { type Asked, KarpenterController } from "./karpenter-controller";
import type { KubeObject } from "./kube-client";
import { Kwok } from "./kwok";
import type { LocalAws } from "./local-aws";
import type { Network } from "./network";
import { NodeRegistrar } from "./node-registrar";

/** The release of the AMIs that the account has. */
export const AMI_RELEASE = "v20260714";

/** Karpenter's own pods, as its Fargate profile selects them. */
export const KARPENTER_PROFILE: FargateSelection = {
  fargateProfileName: "karpenter",
  selectors: [{ namespace: "karpenter", labels: { "app.kubernetes.io/name": "karpenter" } }],
};

/** How a cluster is started. */
export interface EksClusterOptions {
  readonly aws: LocalAws;
  readonly clients: AwsClients;
  /** The cluster of the local AWS. */
  readonly network: Network;
  /** What runs on Fargate; by default Karpenter's controller. */
  readonly fargateProfiles?: readonly FargateSelection[];
  readonly log?: (line: string) => void;
}

/** A cluster that runs pods, and nodes when Karpenter starts them. */
export class EksCluster {
  /** The AMIs that the account has for the cluster's version of Kubernetes. */
  amis: readonly PublishedAmi[] = [];
  private controller: KarpenterController | undefined;

  private constructor(
    private readonly options: EksClusterOptions,
    readonly kube: ControlPlane,
    readonly kwok: Kwok,
    readonly registrar: NodeRegistrar,
  ) {}

  static async start(options: EksClusterOptions): Promise<EksCluster> {
    const { aws, clients, network, log } = options;
    const kube = await ControlPlane.start({ issuer: network.oidcIssuer, log });
    const kwok = await Kwok.start(kube, { log });
    const registrar = NodeRegistrar.start({ controlPlane: kube, ec2: clients.ec2, log });
    const cluster = new EksCluster(options, kube, kwok, registrar);
    try {
      await addFargateNodes(kube, { region: network.region });
      await setFargateProfiles(kube, options.fargateProfiles ?? [KARPENTER_PROFILE]);
      const kubernetesVersion = kube.version.replace(/^v(\d+\.\d+).*$/, "$1");
      cluster.amis = await publishAmis(aws, clients.ec2, { kubernetesVersion, release: AMI_RELEASE });
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  /** The running controller. */
  get karpenter(): KarpenterController {
    if (this.controller === undefined) {
      throw new Error("the controller has not been started");
    }
    return this.controller;
  }

  /** Runs the controller of the release that is there, and no other beside it. What it asks of AWS may go another way. */
  async startController(namespace = "karpenter", aws: Asked = this.options.aws): Promise<KarpenterController> {
    const { log } = this.options;
    await this.stopController();
    this.controller = await KarpenterController.start({ aws, controlPlane: this.kube, namespace, log });
    return this.controller;
  }

  /** Ends a controller that runs. */
  async stopController(): Promise<void> {
    await this.controller?.stop();
    this.controller = undefined;
  }

  /** Waits for something, and lets a controller that runs say why it did not come. */
  wait<T>(what: string, look: () => Promise<T | undefined | false>, timeoutMs = 120_000): Promise<T> {
    const waiting = this.kube.waitFor(what, look, { timeoutMs, intervalMs: 500 });
    return this.controller === undefined ? waiting : this.controller.explain(waiting);
  }

  /** Instances of this cluster that Karpenter launched and that still cost something. */
  async instances(): Promise<Instance[]> {
    const { clients, network } = this.options;
    const found = await clients.ec2.send(
      new DescribeInstancesCommand({
        Filters: [
          { Name: "tag-key", Values: ["karpenter.sh/nodepool"] },
          { Name: `tag:kubernetes.io/cluster/${network.clusterName}`, Values: ["owned"] },
          { Name: "instance-state-name", Values: ["pending", "running", "stopping", "shutting-down"] },
        ],
      }),
    );
    return (found.Reservations ?? []).flatMap((reservation) => reservation.Instances ?? []);
  }

  /** Makes or scales the Deployment `inflate`. */
  async inflate(replicas: number): Promise<void> {
    await this.kube.apply(inflate(replicas));
  }

  /** The pods of `inflate` once there are so many and all of them run. */
  runningPods(count: number): Promise<KubeObject[]> {
    return this.wait(`${count} running pods`, async () => {
      const pods = await this.kube.list(
        { apiVersion: "v1", kind: "Pod", namespace: "default" },
        { labels: "app=inflate" },
      );
      const alive = pods.filter((pod) => pod.metadata.deletionTimestamp === undefined);
      return alive.length === count && alive.every((pod) => isTrue(pod, "Ready")) && alive;
    });
  }

  /** Waits until no instance is left. */
  async noInstances(): Promise<void> {
    await this.wait("no instance to be left", async () => (await this.instances()).length === 0);
  }

  /** Stops everything, what was started last first. May be called more than once. */
  async stop(): Promise<void> {
    await this.stopController();
    await this.registrar.stop();
    await this.kwok.stop();
    await this.kube.stop();
  }
}
