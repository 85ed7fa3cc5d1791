/** What happens in a cluster while its pods are scaled, and when. */
import type { EksCluster } from "../cloud/eks-cluster";
import { INFLATE } from "../cloud/inflate";
import { isTrue } from "../cloud/fargate";

/** Something that happened, in seconds since the timeline began. */
export interface Event {
  readonly at: number;
  readonly what: string;
}

const INTERVAL_MS = 250;

/** Watches instances, nodes and pods, and writes down every change until it is stopped. */
export class Timeline {
  readonly events: Event[] = [];
  private readonly started = Date.now();
  private readonly known = new Map<string, string>();
  private readonly finished: Promise<void>;
  private stopped = false;

  private constructor(
    private readonly cluster: EksCluster,
    /** Gets each event as it happens. */
    public onEvent: (line: string) => void,
  ) {
    this.finished = this.watch();
  }

  static start(cluster: EksCluster, onEvent: (line: string) => void): Timeline {
    return new Timeline(cluster, onEvent);
  }

  /** Writes down something that no look at the cluster tells. */
  add(what: string): void {
    const event = { at: (Date.now() - this.started) / 1000, what };
    this.events.push(event);
    this.onEvent(line(event));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.finished;
  }

  private async watch(): Promise<void> {
    while (!this.stopped) {
      // A look that fails is made up for by the next one.
      await this.look().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
    }
  }

  private async look(): Promise<void> {
    const now = new Map<string, string>();
    for (const { InstanceId, InstanceType, InstanceLifecycle, Placement } of await this.cluster.instances()) {
      const kind = `${InstanceType}, ${InstanceLifecycle ?? "on-demand"}, ${Placement?.AvailabilityZone}`;
      now.set(`instance ${InstanceId}`, `launched (${kind})`);
    }
    const { kube } = this.cluster;
    for (const node of await kube.list({ apiVersion: "v1", kind: "Node" }, { labels: "karpenter.sh/nodepool" })) {
      now.set(`node ${node.metadata.name}`, isTrue(node, "Ready") ? "ready" : "registered");
    }
    const pods = await kube.list({ apiVersion: "v1", kind: "Pod", namespace: INFLATE.namespace });
    const running = pods.filter((pod) => isTrue(pod, "Ready")).length;
    now.set("pods", `${running} of ${pods.length} running`);
    this.compare(now);
  }

  private compare(now: ReadonlyMap<string, string>): void {
    for (const [thing, state] of now) {
      if (this.known.get(thing) !== state) {
        this.add(`${thing}: ${state}`);
      }
      this.known.set(thing, state);
    }
    for (const thing of [...this.known.keys()].filter((each) => !now.has(each))) {
      this.known.delete(thing);
      this.add(`${thing}: gone`);
    }
  }
}

/** An event as a line. */
export function line({ at, what }: Event): string {
  return `${at.toFixed(1).padStart(6)} s  ${what}`;
}
