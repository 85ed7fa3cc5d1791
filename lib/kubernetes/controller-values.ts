import type { Construct } from "constructs";
import type { IResolvable } from "cdktf";
import { TerraformLocal, Token } from "cdktf";
import type { Toggle } from "../terraform/expression";
import { tf } from "../terraform/expression";
import { choose } from "../terraform/optional-resource";
import type { ChartValue } from "../versions";
import { DEFAULT_KARPENTER_VERSION, minorVersionOf } from "../versions";
import type { ControllerOptions } from "./controller-options";
import { pruned } from "../node-objects/kubernetes-object";
import { givenFields, isGiven } from "../terraform/known-values";
import { imageOptions, proxyEnvironment } from "./controller-pods";

/** What the values of the `karpenter` chart depend on. */
export interface ControllerValuesProps {
  /**
   * The release of Karpenter, which decides how its chart spells the values.
   *
   * @default "1.14.3"
   */
  readonly karpenterVersion?: string;
  /** The EKS cluster's name, 1 to 100 characters. */
  readonly clusterName: string;
  /**
   * The address of the cluster's API server.
   *
   * @default - the controller asks EKS
   */
  readonly clusterEndpoint?: string;
  /**
   * The name of the interruption queue.
   *
   * @default - interruptions are not handled
   */
  readonly interruptionQueueName?: string;
  /**
   * The instance profile of nodes whose AWSNodeTemplate names none; Karpenter 0.27 to 0.31.
   *
   * @default - each AWSNodeTemplate names one
   */
  readonly defaultInstanceProfile?: string;
  /**
   * The controller's service account.
   *
   * @default "karpenter"
   */
  readonly serviceAccountName?: string;
  /** The role of the controller, made by the AWS side or your own. */
  readonly controllerRoleArn: string;
  /**
   * Whether the service account says which role it is; with EKS Pod Identity it does not.
   *
   * @default true
   */
  readonly annotateRole?: Toggle;
  /**
   * Whether the controller runs on Fargate.
   *
   * @default true
   */
  readonly onFargate?: Toggle;
}

/**
 * Values for the `karpenter` Helm chart that fit the AWS side.
 *
 * What is not given is left out, so that the chart's own default stays; where only Terraform knows whether it is given, the
 * values are an expression. Requests equal limits, as Fargate sizes a pod by its requests. On Fargate the pod asks the VPC's resolver, for CoreDNS
 * may have no node to run on before Karpenter makes one.
 *
 * @param scope where parts that only Terraform knows become locals; without one they stand in the values themselves
 */
export function controllerValues(
  props: ControllerValuesProps & ControllerOptions,
  scope?: Construct,
): Record<string, unknown> {
  const annotate = props.annotateRole ?? true;
  const size = named(scope, "controller size", withOptions({ cpu: "1", memory: "1Gi" }, props.controllerSize));
  const { chart } = minorVersionOf(props.karpenterVersion ?? DEFAULT_KARPENTER_VERSION);
  const { featureGates, awsFeatureGates } = props;
  const own = givenFields({
    clusterName: props.clusterName,
    clusterEndpoint: props.clusterEndpoint,
    interruptionQueue: props.interruptionQueueName,
    defaultInstanceProfile: props.defaultInstanceProfile,
  });
  const gates = {
    ...(!isGiven(featureGates) ? {} : { featureGates: spelled(withOptions({}, featureGates), chart.featureGates) }),
    ...(!isGiven(awsFeatureGates)
      ? {}
      : { awsFeatureGates: spelled(withOptions({}, awsFeatureGates), chart.awsFeatureGates) }),
  };
  const values = {
    settings: Token.isUnresolved(props.settings)
      ? named(
          scope,
          "controller settings",
          withOptions({ ...(spelled(own, chart.settings) as object), ...gates }, props.settings),
        )
      : { ...(spelled({ ...own, ...givenFields(props.settings) }, chart.settings) as object), ...gates },
    serviceAccount: {
      name: props.serviceAccountName ?? "karpenter",
      // A null that is known at synth would make cdktf's TerraformOutput throw, so the key is left out.
      ...(annotate === false
        ? {}
        : { annotations: choose(annotate, { "eks.amazonaws.com/role-arn": props.controllerRoleArn }, null) }),
    },
    replicas: props.controllerReplicas ?? 2,
    controller: {
      resources: { requests: size, limits: size },
      ...part(scope, "image", imageOptions(props)),
      ...givenFields({ env: named(scope, "controller environment", proxyEnvironment(props)) }),
    },
    dnsPolicy: named(scope, "dns policy", dnsPolicy(props)),
    ...part(scope, "podDisruptionBudget", { maxUnavailable: props.controllerMaxUnavailable }),
    ...part(scope, "serviceMonitor", { enabled: props.serviceMonitor, additionalLabels: props.serviceMonitorLabels }),
  };
  const pods = withEachOf(
    {},
    {
      tolerations: named(scope, "tolerations", withoutNullsIn(props.controllerTolerations)),
      topologySpreadConstraints: named(scope, "topology spread", withoutNullsIn(props.controllerTopologySpread)),
      logLevel: props.logLevel,
      ...placement(props),
    },
  );
  return Token.isUnresolved(pods)
    ? (tf`merge(${values}, ${named(scope, "controller pods", pods)})` as unknown as Record<string, unknown>)
    : { ...values, ...pods };
}

/** Which nodes the controller runs on, and what its pods are marked with. */
function placement(props: ControllerValuesProps & ControllerOptions): Record<string, unknown> {
  return {
    nodeSelector: props.controllerNodeSelector,
    affinity: props.controllerAffinity && pruned(props.controllerAffinity),
    priorityClassName: props.controllerPriorityClassName,
    podAnnotations: podAnnotations(props),
  };
}

/** EKS tells a pod its role when it makes the pod: under another role, the pods have to be others. */
function podAnnotations({
  controllerPodAnnotations: own,
  controllerRoleArn,
  annotateRole: annotate = true,
}: ControllerValuesProps & ControllerOptions): unknown {
  if (annotate === false || controllerRoleArn === undefined) {
    return own;
  }
  const ofRole = { [ROLE_ANNOTATION]: controllerRoleArn };
  if (annotate === true && !Token.isUnresolved(own)) {
    return { ...own, ...ofRole };
  }
  const marked = annotate === true ? ofRole : tf`{ for key, value in ${ofRole} : key => value if ${annotate} }`;
  return own === undefined ? marked : tf`merge(${own}, ${marked})`;
}

const ROLE_ANNOTATION = "cdktf-karpenter/controller-role";

/** What only Terraform knows as a local, so that no expression is longer than can be read. */
function named(scope: Construct | undefined, name: string, value: unknown): unknown {
  return scope === undefined || !Token.isUnresolved(value) ? value : tf`${new TerraformLocal(scope, name, value).fqn}`;
}

/** Values under the keys of a minor version's chart. Values known only to Terraform keep their names: its releases are 1.0 or later. */
function spelled(values: unknown, keys: Readonly<Record<string, ChartValue>>): unknown {
  if (Token.isUnresolved(values)) {
    return values;
  }
  const spelt: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values as object)) {
    const [last, ...above] = (keys[name]?.key ?? name).split(".").reverse();
    const parent = above.reverse().reduce((map, key) => (map[key] ??= {}) as Record<string, unknown>, spelt);
    parent[last] = value;
  }
  return spelt;
}

/** The user's own, or what fits where the controller runs. */
function dnsPolicy({ controllerDnsPolicy: own, onFargate }: ControllerValuesProps & ControllerOptions): unknown {
  const fitting = choose(onFargate ?? true, "Default", "ClusterFirst");
  return Token.isUnresolved(own) ? tf`${own} == null ? ${fitting} : ${own}` : (own ?? fitting);
}

/** A part of the values under its key; none where nothing of it is given. */
function part(
  scope: Construct | undefined,
  key: string,
  options: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.values(options).every((value) => !isGiven(value))
    ? {}
    : { [key]: named(scope, key, withEachOf({}, options)) };
}

/** An object with the user's options laid over it; those that are not set, null in Terraform, are left out. */
function withOptions(base: Record<string, unknown>, options: object | undefined): unknown {
  return Token.isUnresolved(options) ? laidOver(base, withoutNulls(options)) : { ...base, ...givenFields(options) };
}

/** As {@link withOptions}, where each option may be one that only Terraform knows to be null. */
function withEachOf(
  base: Record<string, unknown>,
  options: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const isOpen = ([, value]: [string, unknown]) => Token.isUnresolved(value);
  const all = Object.entries(givenFields(options));
  const known = { ...base, ...Object.fromEntries(all.filter((entry) => !isOpen(entry))) };
  const open = Object.fromEntries(all.filter(isOpen));
  return Object.keys(open).length === 0
    ? known
    : (laidOver(known, withoutNulls(open)) as unknown as Record<string, unknown>);
}

function laidOver(base: Record<string, unknown>, options: IResolvable): IResolvable {
  return Object.keys(base).length === 0 ? options : tf`merge(${base}, ${options})`;
}

/** The objects of a list without the nulls that their optional fields arrive as. */
function withoutNullsIn(list: readonly object[] | undefined): unknown {
  return Token.isUnresolved(list)
    ? tf`${list} == null ? null : [for item in ${list} : { for key, value in item : key => value if value != null }]`
    : list?.map((item) => (Token.isUnresolved(item) ? withoutNulls(item) : givenFields(item)));
}

/** In Helm values, null deletes the chart's default, so nulls are left out. */
function withoutNulls(object: unknown): IResolvable {
  return tf`{ for key, value in ${object} : key => value if value != null }`;
}
