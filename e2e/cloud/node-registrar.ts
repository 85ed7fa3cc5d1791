/**
 * The kubelets' first act: every instance that Karpenter launches gets a Node. On EKS the instance boots and registers
 * itself; here there is no machine behind it. That the Node stays healthy is kwok's part, its removal is Karpenter's.
 */
import { DescribeInstancesCommand, type EC2Client, type Instance } from "@aws-sdk/client-ec2";

import type { ControlPlane } from "./control-plane";
import { KubeError, type KubeObject } from "./kube-client";

const INTERVAL_MS = 500;
const UNREGISTERED = { key: "karpenter.sh/unregistered", effect: "NoExecute" };

/** What it needs. */
export interface NodeRegistrarOptions {
  readonly controlPlane: ControlPlane;
  readonly ec2: EC2Client;
  readonly log?: (line: string) => void;
}

/** Registers nodes until it is stopped. */
export class NodeRegistrar {
  private readonly done = new Set<string>();
  private readonly finished: Promise<void>;
  private stopped = false;
  private wake: () => void = () => undefined;
  private error: unknown;

  private constructor(private readonly options: NodeRegistrarOptions) {
    this.finished = this.run();
  }

  static start(options: NodeRegistrarOptions): NodeRegistrar {
    return new NodeRegistrar(options);
  }

  /** What went wrong when it looked last, for the message of a failed test. */
  get lastError(): string | undefined {
    return this.error === undefined ? undefined : String(this.error);
  }

  /** Registers nothing more. Nodes stay. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.finished;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        await this.look();
        this.error = undefined;
      } catch (error) {
        this.error = error;
      }
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        // A registrar that nobody stopped must not keep Node alive.
        setTimeout(resolve, INTERVAL_MS).unref();
      });
    }
  }

  private async look(): Promise<void> {
    const claims = await this.options.controlPlane.list({ apiVersion: "karpenter.sh/v1", kind: "NodeClaim" });
    for (const claim of claims) {
      const { providerID, capacity } = (claim.status ?? {}) as { providerID?: string; capacity?: object };
      if (providerID === undefined || capacity === undefined || this.done.has(providerID)) {
        continue;
      }
      if (claim.metadata.deletionTimestamp !== undefined) {
        continue;
      }
      const instance = await this.instance(providerID.split("/").at(-1) as string);
      if (instance?.State?.Name !== "running") {
        continue;
      }
      await this.register(claim, instance);
      this.done.add(providerID);
    }
  }

  private async instance(id: string): Promise<Instance | undefined> {
    const found = await this.options.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
    return found.Reservations?.[0]?.Instances?.[0];
  }

  private async register(claim: KubeObject, instance: Instance): Promise<void> {
    const node = nodeOf(claim, instance, this.options.controlPlane.version);
    try {
      // As the kubelet does it: with its status from the first moment on.
      await this.options.controlPlane.request("POST", "/api/v1/nodes", { body: node });
      this.options.log?.(`${instance.InstanceId} is node ${node.metadata.name}`);
    } catch (error) {
      if (!(error instanceof KubeError && error.reason === "AlreadyExists")) {
        throw error;
      }
    }
  }
}

/** The Node that an instance registers. Karpenter adds what the NodeClaim says when it finds it. */
function nodeOf(claim: KubeObject, instance: Instance, kubeletVersion: string): KubeObject {
  const zone = instance.Placement?.AvailabilityZone as string;
  const name = instance.PrivateDnsName as string;
  const architecture = instance.Architecture === "arm64" ? "arm64" : "amd64";
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: {
        "kubernetes.io/arch": architecture,
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "node.kubernetes.io/instance-type": instance.InstanceType as string,
        "topology.kubernetes.io/region": zone.slice(0, -1),
        "topology.kubernetes.io/zone": zone,
      },
    },
    spec: { providerID: `aws:///${zone}/${instance.InstanceId}`, taints: [UNREGISTERED] },
    status: {
      addresses: [
        { type: "InternalIP", address: instance.PrivateIpAddress },
        { type: "Hostname", address: name },
      ],
      capacity: claim.status.capacity,
      allocatable: claim.status.allocatable,
      nodeInfo: {
        architecture,
        bootID: "",
        containerRuntimeVersion: "",
        kernelVersion: "",
        kubeProxyVersion: "",
        kubeletVersion,
        machineID: "",
        operatingSystem: "linux",
        osImage: "Amazon Linux 2023",
        systemUUID: "",
      },
    },
  };
}
