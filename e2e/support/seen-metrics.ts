/** What a controller has shown at /metrics over some time: gauges on a pod go with the pod. */
import type { KarpenterController } from "../cloud/karpenter-controller";

const PAUSE_MS = 200;

/** Asks the controller again and again until it is stopped. */
export class SeenMetrics {
  private readonly labels = new Map<string, Set<string>>();
  private isStopped = false;
  private readonly work: Promise<void>;

  constructor(private readonly controller: KarpenterController) {
    this.work = this.watch();
  }

  /** Ends the watching, and returns the names of labels by the name of their metric, without what Prometheus appends. */
  async stop(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    this.isStopped = true;
    await this.work;
    await this.look();
    return this.labels;
  }

  private async watch(): Promise<void> {
    while (!this.isStopped) {
      await this.look();
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  private async look(): Promise<void> {
    const response = await fetch(`http://127.0.0.1:${this.controller.metricsPort}/metrics`);
    this.read(await response.text());
  }

  /** https://prometheus.io/docs/instrumenting/exposition_formats/ */
  private read(text: string): void {
    let metric = "";
    for (const line of text.split("\n")) {
      metric = /^# TYPE (\S+)/.exec(line)?.[1] ?? metric;
      const series = /^[a-z_:][a-z0-9_:]*(?:\{(.*)\})? /i.exec(line);
      if (series !== null) {
        const seen = this.labels.get(metric) ?? new Set<string>();
        [...(series[1] ?? "").matchAll(/([a-z_]+)="/g)].forEach(([, label]) => seen.add(label));
        this.labels.set(metric, seen);
      }
    }
  }
}
