/**
 * What EKS does on a cluster in its own time: it sends pods to Fargate from when a profile is there, and puts on the cluster
 * what add-ons consist of. Profile and add-on become ACTIVE when that works, and not before: who waits for them waits for this.
 */
import { DescribeAddonCommand, paginateListAddons, type Addon, type EKSClient } from "@aws-sdk/client-eks";

import type { ControlPlane } from "./control-plane";
import { CORE_DNS, coreDns } from "./core-dns";
import { isTrue, setFargateProfiles, type FargateSelection } from "./fargate";
import { collect } from "./inventory/collect";
import { fargateProfiles } from "./inventory/eks";
import type { LocalAws } from "./local-aws";

const INTERVAL_MS = 1_000;

/** Where it works. */
export interface EksWorkOptions {
  readonly aws: LocalAws;
  readonly eks: EKSClient;
  readonly controlPlane: ControlPlane;
  readonly clusterName: string;
}

/** Does EKS's work until it is stopped. */
export class EksWork {
  private readonly finished: Promise<void>;
  private stopped = false;
  private error: unknown;
  private selections: readonly FargateSelection[] = [];

  private constructor(private readonly options: EksWorkOptions) {
    this.finished = this.run();
  }

  /** From now on, the cluster's Fargate profiles take effect as they come and go. */
  static async start(options: EksWorkOptions): Promise<EksWork> {
    await report(options, {});
    await setFargateProfiles(options.controlPlane, []);
    return new EksWork(options);
  }

  /** Stops, and says what went wrong if it still does. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.finished;
    if (this.error !== undefined) {
      throw this.error as Error;
    }
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        await this.workOnProfiles();
        for (const addon of await this.addons()) {
          await this.workOn(addon);
        }
        this.error = undefined;
      } catch (error) {
        // A profile may go between being listed and being looked at.
        this.error = error;
      }
      await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
    }
  }

  private async workOnProfiles(): Promise<void> {
    const profiles = await fargateProfiles(this.options.eks, this.options.clusterName);
    const selections = profiles.map(({ name, selectors }) => ({ fargateProfileName: name, selectors }));
    if (JSON.stringify(selections) !== JSON.stringify(this.selections)) {
      await setFargateProfiles(this.options.controlPlane, selections);
      this.selections = selections;
    }
    for (const { name, status } of profiles) {
      if (status === "CREATING") {
        await this.reached("fargate_profiles", name, "ACTIVE");
      }
    }
  }

  private async addons(): Promise<Addon[]> {
    const { eks: client, clusterName } = this.options;
    const names = await collect(paginateListAddons({ client }, { clusterName }), (page) => page.addons);
    const described = names.map((addonName) => client.send(new DescribeAddonCommand({ clusterName, addonName })));
    return (await Promise.all(described)).map(({ addon }) => addon as Addon);
  }

  private async workOn({ addonName, status, configurationValues }: Addon): Promise<void> {
    if (addonName !== "coredns") {
      throw new Error(`nobody knows what the add-on ${addonName} consists of`);
    }
    const { controlPlane } = this.options;
    if (status === "DELETING") {
      await controlPlane.delete(CORE_DNS);
      await this.reached("addons", addonName, "DELETED");
    } else if (status === "CREATING") {
      const [found] = await controlPlane.apply(coreDns(configurationValues));
      if (found !== undefined && isTrue(found, "Available")) {
        await this.reached("addons", addonName, "ACTIVE");
      }
    }
  }

  private reached(kind: string, name: string, status: string): Promise<void> {
    return report(this.options, { kind, name, status });
  }
}

async function report({ aws, clusterName }: EksWorkOptions, news: object): Promise<void> {
  const response = await fetch(`${aws.endpoint}/moto-api/eks-work`, {
    method: "POST",
    body: JSON.stringify({ region: aws.region, cluster: clusterName, ...news }),
  });
  if (!response.ok) {
    throw new Error(`the emulated EKS did not take the news: ${await response.text()}`);
  }
}
