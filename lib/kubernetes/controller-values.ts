/** What the values of the `karpenter` chart depend on. */
export interface ControllerValuesProps {
  readonly clusterName: string;
  /** @default - the controller asks EKS */
  readonly clusterEndpoint?: string;
  /** The queue's name, or null for none. */
  readonly interruptionQueueName?: string;
  readonly serviceAccountName: string;
  /** The role to annotate the service account with; none with EKS Pod Identity. */
  readonly controllerRoleArn?: string;
  /** Whether the controller runs on Fargate. */
  readonly onFargate: boolean;
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
      ...(props.clusterEndpoint === undefined ? {} : { clusterEndpoint: props.clusterEndpoint }),
      ...(props.interruptionQueueName === undefined ? {} : { interruptionQueue: props.interruptionQueueName }),
    },
    serviceAccount: {
      name: props.serviceAccountName,
      ...(props.controllerRoleArn === undefined
        ? {}
        : { annotations: { "eks.amazonaws.com/role-arn": props.controllerRoleArn } }),
    },
    replicas: 2,
    controller: { resources: { requests: size, limits: size } },
    ...(props.onFargate ? { dnsPolicy: "Default" } : {}),
  };
}
