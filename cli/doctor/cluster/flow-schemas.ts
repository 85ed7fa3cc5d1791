/** Whether a busy API server still hears the controller. */
import type { KubernetesObject } from "../../kubernetes/kubernetes";
import { check } from "../check";
import type { Controller } from "../../kubernetes/controller";
import { controller } from "../installed";
import type { Sources } from "../sources";
import type { Verdict } from "../verdict";
import { ok, warning } from "../verdict";

/** A FlowSchema, as far as it says whose requests have which level. */
export interface FlowSchema extends KubernetesObject {
  readonly spec: {
    readonly priorityLevelConfiguration: { readonly name: string };
    readonly rules?: readonly {
      readonly subjects: readonly {
        readonly kind: string;
        readonly serviceAccount?: { readonly name: string; readonly namespace: string };
      }[];
    }[];
  };
}

/** Whose requests are looked at, and what holds for requests. */
export interface FlowFacts {
  readonly controller: Pick<Controller, "namespace" | "serviceAccount"> | undefined;
  readonly schemas: readonly FlowSchema[];
}

/** In kube-system the API server's own schemas put it where it belongs; elsewhere it waits among all other accounts. */
export function judgeFlowSchemas({ controller: found, schemas }: FlowFacts): readonly Verdict[] {
  if (found === undefined) {
    return [ok("no controller is installed")];
  }
  const { namespace, serviceAccount } = found;
  if (namespace === "kube-system") {
    return [ok("in kube-system the controller's requests have a level of their own")];
  }
  const levels = schemas
    .filter(({ spec }) => spec.rules?.some(({ subjects }) => subjects.some((subject) => isAbout(subject, found))))
    .map(({ spec }) => spec.priorityLevelConfiguration.name);
  return levels.length > 0
    ? [ok(`requests of ${namespace}/${serviceAccount} have the levels ${levels.join(", ")}`)]
    : [
        warning(
          `no FlowSchema is about ${namespace}/${serviceAccount}: on a busy API server the controller waits behind other accounts, and may lose its lease; give create_flow_schemas = true`,
        ),
      ];
}

type Subject = NonNullable<FlowSchema["spec"]["rules"]>[number]["subjects"][number];

function isAbout({ serviceAccount }: Subject, account: NonNullable<FlowFacts["controller"]>): boolean {
  return serviceAccount?.namespace === account.namespace && ["*", account.serviceAccount].includes(serviceAccount.name);
}

const GROUP = "/apis/flowcontrol.apiserver.k8s.io";

async function flowSchemas({ ask, kubernetes }: Sources): Promise<FlowFacts> {
  const group = await kubernetes.get<{ readonly preferredVersion: { readonly version: string } }>(GROUP);
  return {
    controller: await ask(controller),
    schemas:
      group === undefined
        ? []
        : await kubernetes.list<FlowSchema>(`${GROUP}/${group.preferredVersion.version}/flowschemas`),
  };
}

export const FLOW_CHECKS = [check("flow-schemas", flowSchemas, judgeFlowSchemas)];
