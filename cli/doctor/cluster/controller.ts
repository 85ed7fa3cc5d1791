/** Whether the controller and CoreDNS run. */
import type { KubernetesObject } from "../../kubernetes/kubernetes";
import { check } from "../check";
import type { Controller } from "../../kubernetes/controller";
import { controller } from "../installed";
import type { Sources } from "../sources";
import type { Verdict } from "../verdict";
import { error, ok, warning } from "../verdict";
import type { RunningFacts } from "./pods";
import { podsOf, reasonsOf } from "./pods";

/** The controller with its pods; undefined where none is installed. */
export type ControllerFacts = (RunningFacts & Pick<Controller, "namespace" | "name" | "version">) | undefined;

export function judgeController(facts: ControllerFacts): readonly Verdict[] {
  if (facts === undefined) {
    return [ok("no controller is installed")];
  }
  const { namespace, name, version = "of an unknown release", wanted, available, pods } = facts;
  const title = `the controller ${namespace}/${name}`;
  if (wanted === 0) {
    return [error(`${title} is scaled to 0: nobody starts or ends nodes`)];
  }
  if (available === 0) {
    return [
      error(`${title} does not run: ${reasonsOf(pods)}; see docs/troubleshooting.md#the-controller-does-not-start`),
    ];
  }
  return available < wanted
    ? [warning(`${available} of ${wanted} replicas of ${title} run: ${reasonsOf(pods)}`)]
    : [ok(`${title}, ${version}, runs with ${available} of ${wanted} replicas`)];
}

export function judgeCoreDns(facts: RunningFacts | undefined): readonly Verdict[] {
  if (facts === undefined) {
    return [
      warning(
        "there is no Deployment kube-system/coredns: pods resolve no names, unless something else does it; see docs/coredns.md",
      ),
    ];
  }
  const { wanted, available, pods } = facts;
  return available === 0
    ? [error(`CoreDNS does not run, and pods resolve no names: ${reasonsOf(pods)}; see docs/coredns.md`)]
    : [ok(`CoreDNS runs with ${available} of ${wanted} replicas`)];
}

interface Deployment extends KubernetesObject {
  readonly spec: { readonly replicas?: number };
  readonly status?: { readonly availableReplicas?: number };
}

async function controllerFacts(sources: Sources): Promise<ControllerFacts> {
  const found = await sources.ask(controller);
  return found && { ...found, pods: await podsOf(sources, found.namespace, "app.kubernetes.io/name=karpenter") };
}

async function coreDns(sources: Sources): Promise<RunningFacts | undefined> {
  const found = await sources.kubernetes.get<Deployment>("/apis/apps/v1/namespaces/kube-system/deployments/coredns");
  return (
    found && {
      wanted: found.spec.replicas ?? 1,
      available: found.status?.availableReplicas ?? 0,
      pods: await podsOf(sources, "kube-system", "k8s-app=kube-dns"),
    }
  );
}

export const CONTROLLER_CHECKS = [
  check("controller", controllerFacts, judgeController),
  check("core-dns", coreDns, judgeCoreDns),
];
