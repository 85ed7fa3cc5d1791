import { Token } from "cdktf";
import { Condition, tf } from "../terraform/expression";
import { choose } from "../terraform/one-or-none";
import { ControllerOptions } from "./controller-options";

/** What the values of the `karpenter` chart depend on. */
export interface ControllerValuesProps {
  readonly clusterName: string;
  /** @default - the controller asks EKS */
  readonly clusterEndpoint?: string;
  /** @default - interruptions are not handled */
  readonly interruptionQueueName?: string;
  /** @default "karpenter" */
  readonly serviceAccountName?: string;
  /** The role of the controller, made by the AWS side or your own. */
  readonly controllerRoleArn: string;
  /**
   * Whether the service account says which role it is; with EKS Pod Identity it does not.
   *
   * @default true
   */
  readonly annotateRole?: Condition;
  /**
   * Whether the controller runs on Fargate.
   *
   * @default true
   */
  readonly onFargate?: Condition;
}

/**
 * Values for the `karpenter` Helm chart that fit the AWS side.
 *
 * Requests equal limits, as Fargate sizes a pod by its requests. On Fargate the pod asks the VPC's resolver, for CoreDNS
 * may have no node to run on before Karpenter makes one.
 */
export function controllerValues(props: ControllerValuesProps & ControllerOptions): Record<string, unknown> {
  const annotate = props.annotateRole ?? true;
  const size = withOptions({ cpu: "1", memory: "1Gi" }, props.controllerSize);
  return {
    settings: withOptions(
      {
        clusterName: props.clusterName,
        ...given("clusterEndpoint", props.clusterEndpoint),
        ...given("interruptionQueue", props.interruptionQueueName),
        ...(props.featureGates === undefined ? {} : { featureGates: withOptions({}, props.featureGates) }),
      },
      props.settings,
    ),
    serviceAccount: {
      name: props.serviceAccountName ?? "karpenter",
      // A null that is known at synth would make cdktf's TerraformOutput throw, so the key is left out.
      ...(annotate === false
        ? {}
        : { annotations: choose(annotate, { "eks.amazonaws.com/role-arn": props.controllerRoleArn }, null) }),
    },
    replicas: props.controllerReplicas ?? 2,
    controller: { resources: { requests: size, limits: size } },
    dnsPolicy: choose(props.onFargate ?? true, "Default", "ClusterFirst"),
    ...given("tolerations", props.controllerTolerations),
    ...given("logLevel", props.logLevel),
    ...(props.serviceMonitor === undefined ? {} : { serviceMonitor: { enabled: props.serviceMonitor } }),
  };
}

/** An object with the user's options laid over it; those that are not set, null in Terraform, are left out. */
function withOptions(base: Record<string, unknown>, options: object | undefined): unknown {
  if (Token.isUnresolved(options)) {
    return tf`merge(${base}, { for key, value in ${options} : key => value if value != null })`;
  }
  const set = Object.entries(options ?? {}).filter(([, value]) => value !== undefined && value !== null);
  return { ...base, ...Object.fromEntries(set) };
}

function given(key: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [key]: value };
}
