import { Condition } from "../terraform/expression";
import { choose } from "../terraform/one-or-none";

/** What the values of the `karpenter` chart depend on. */
export interface ControllerValuesProps {
  readonly clusterName: string;
  /** @default - the controller asks EKS */
  readonly clusterEndpoint?: string;
  /** @default - interruptions are not handled */
  readonly interruptionQueueName?: string;
  readonly serviceAccountName: string;
  readonly controllerRoleArn: string;
  /** Whether the service account says which role it is; with EKS Pod Identity it does not. */
  readonly annotateRole: Condition;
  /** Whether the controller runs on Fargate. */
  readonly onFargate: Condition;
}

/**
 * Values for the `karpenter` Helm chart that fit the AWS side: for a release of your own, Argo CD or Flux.
 *
 * Requests equal limits, as Fargate sizes a pod by its requests. On Fargate the pod asks the VPC's resolver, for CoreDNS
 * may have no node to run on before Karpenter makes one.
 */
export function controllerValues(props: ControllerValuesProps): Record<string, unknown> {
  const size = { cpu: "1", memory: "1Gi" };
  return {
    settings: {
      clusterName: props.clusterName,
      ...optional("clusterEndpoint", props.clusterEndpoint),
      ...optional("interruptionQueue", props.interruptionQueueName),
    },
    serviceAccount: {
      name: props.serviceAccountName,
      annotations: choose(props.annotateRole, { "eks.amazonaws.com/role-arn": props.controllerRoleArn }, null),
    },
    replicas: 2,
    controller: { resources: { requests: size, limits: size } },
    dnsPolicy: choose(props.onFargate, "Default", "ClusterFirst"),
  };
}

function optional(key: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : { [key]: value };
}
