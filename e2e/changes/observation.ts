/** What an apply does to nodes and controller while pods run. */
import { setTimeout as sleep } from "node:timers/promises";

import { isTrue } from "../cloud/fargate";
import type { KubeObject } from "../cloud/kube-client";
import type { TerraformVariables } from "../cloud/terraform";
import type { Observed } from "../../scripts/changes-table";
import { during } from "../support/cluster";
import type { Installation } from "./installation";
import { look, type Look } from "./look";

/** So many pods of `inflate` run, on nodes of Karpenter's. */
const PODS = 2;
const LOOK_EVERY_MS = 500;
/** Karpenter says within a second or two of a change that a node is no longer as it should be; longer than that by far. */
const UNTIL_DRIFTED_MS = 15_000;
const REPLACED_WITHIN_MS = 300_000;

const DEPLOYMENT = { apiVersion: "apps/v1", kind: "Deployment", name: "karpenter" } as const;
const NODE_CLAIM = { apiVersion: "karpenter.sh/v1", kind: "NodeClaim" } as const;

/** An installation with pods that run, and applies to it that are watched. */
export class Observation {
  private namespace = "karpenter";
  private controllerRole: string | undefined;
  private template = "";

  private constructor(private readonly installation: Installation) {}

  /** Starts the controller, and waits for pods on nodes. */
  static async start(installation: Installation): Promise<Observation> {
    const observation = new Observation(installation);
    const { eks } = installation.cluster;
    await observation.renewController();
    await eks.inflate(PODS);
    await eks.runningPods(PODS);
    return observation;
  }

  /** Applies inputs that are other ones, and says what came of it for nodes and controller. */
  async apply(changed: TerraformVariables = {}): Promise<Observed> {
    const { account, cluster, variables, root } = this.installation;
    const before = await this.claims();
    const looking = () => look(account, cluster, { namespace: this.namespace, controllerRole: this.controllerRole });
    const first = await looking();
    const applying = async (): Promise<void> => {
      await cluster.eks.karpenter.explain(root.apply({ ...variables, ...changed }));
      this.namespace = String(changed.namespace ?? "karpenter");
      await this.renewController();
      await this.settle(before);
    };
    const looks = await during(applying(), looking);
    return observed([first, ...looks, await looking()]);
  }

  /** The process is a pod of the Deployment as it is now. */
  private async renewController(): Promise<void> {
    const { kube, eks } = this.installation.cluster;
    const { metadata, spec } = await kube.get({ ...DEPLOYMENT, namespace: this.namespace });
    const template = JSON.stringify([metadata.uid, spec.template]);
    if (template !== this.template) {
      const { environment } = await eks.startController(this.namespace);
      this.template = template;
      this.controllerRole = environment.AWS_ROLE_ARN;
    }
  }

  /** Waits until nodes that are not as they should be are replaced, and pods run again. */
  private async settle(before: readonly string[]): Promise<void> {
    const { eks } = this.installation.cluster;
    const isOld = ({ metadata }: KubeObject): boolean => before.includes(metadata.uid ?? "");
    const areOthers = async (): Promise<boolean> => {
      const claims = await this.nodeClaims();
      return claims.length !== before.length || claims.some((claim) => !isOld(claim) || isTrue(claim, "Drifted"));
    };
    const deadline = Date.now() + UNTIL_DRIFTED_MS;
    while (!(await areOthers()) && Date.now() < deadline) {
      await sleep(LOOK_EVERY_MS);
    }
    if (await areOthers()) {
      await eks.wait(
        "all nodes to be others",
        async () => {
          const claims = await this.nodeClaims();
          return claims.length > 0 && claims.every((claim) => !isOld(claim));
        },
        REPLACED_WITHIN_MS,
      );
    }
    await eks.runningPods(PODS);
  }

  private nodeClaims(): Promise<KubeObject[]> {
    return this.installation.cluster.kube.list(NODE_CLAIM);
  }

  private async claims(): Promise<string[]> {
    return (await this.nodeClaims()).map(({ metadata }) => metadata.uid ?? "").sort();
  }
}

/** What was seen from the first look to the last. */
function observed(looks: readonly Look[]): Observed {
  const [first, last] = [looks[0], looks.at(-1)] as [Look, Look];
  const same = (one: readonly string[], other: readonly string[]): boolean =>
    [...one].sort().join() === [...other].sort().join();
  const nodes = looks.some(({ instances }) => instances.length === 0)
    ? "all go"
    : same(first.instances, last.instances)
      ? "stay"
      : "are replaced";
  const pods = looks.some(({ controllerPods }) => controllerPods.length === 0)
    ? "is away"
    : same(first.controllerPods, last.controllerPods)
      ? "stays"
      : "restarts";
  return {
    nodes,
    identity:
      (["without permissions", "not let in"] as const).find((worst) =>
        looks.some(({ identity }) => identity === worst),
      ) ?? "kept",
    controller: pods,
    controllerRole: looks.every(({ hasControllerRole }) => hasControllerRole) ? "kept" : "lost",
  };
}
