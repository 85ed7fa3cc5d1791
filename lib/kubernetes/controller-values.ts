import { IResolvable, Token } from "cdktf";
import { Toggle, tf } from "../terraform/expression";
import { choose } from "../terraform/optional-resource";
import { ChartValue, DEFAULT_KARPENTER_VERSION, minorVersionOf } from "../versions";
import { ControllerOptions } from "./controller-options";

/** What the values of the `karpenter` chart depend on. */
export interface ControllerValuesProps {
  /** @default "1.14.3" */
  readonly karpenterVersion?: string;
  readonly clusterName: string;
  /** @default - the controller asks EKS */
  readonly clusterEndpoint?: string;
  /** @default - interruptions are not handled */
  readonly interruptionQueueName?: string;
  /**
   * The instance profile of nodes whose AWSNodeTemplate names none; Karpenter 0.27 to 0.31.
   *
   * @default - each AWSNodeTemplate names one
   */
  readonly defaultInstanceProfile?: string;
  /** @default "karpenter" */
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
 */
export function controllerValues(props: ControllerValuesProps & ControllerOptions): Record<string, unknown> {
  const annotate = props.annotateRole ?? true;
  const size = withOptions({ cpu: "1", memory: "1Gi" }, props.controllerSize);
  const { chart } = minorVersionOf(props.karpenterVersion ?? DEFAULT_KARPENTER_VERSION);
  const { featureGates, awsFeatureGates } = props;
  const own = given({
    clusterName: props.clusterName,
    clusterEndpoint: props.clusterEndpoint,
    interruptionQueue: props.interruptionQueueName,
    defaultInstanceProfile: props.defaultInstanceProfile,
  });
  const gates = {
    ...(isNothing(featureGates) ? {} : { featureGates: spelled(withOptions({}, featureGates), chart.featureGates) }),
    ...(isNothing(awsFeatureGates)
      ? {}
      : { awsFeatureGates: spelled(withOptions({}, awsFeatureGates), chart.awsFeatureGates) }),
  };
  const values = {
    settings: Token.isUnresolved(props.settings)
      ? withOptions({ ...(spelled(own, chart.settings) as object), ...gates }, props.settings)
      : { ...(spelled({ ...own, ...given(props.settings) }, chart.settings) as object), ...gates },
    serviceAccount: {
      name: props.serviceAccountName ?? "karpenter",
      // A null that is known at synth would make cdktf's TerraformOutput throw, so the key is left out.
      ...(annotate === false
        ? {}
        : { annotations: choose(annotate, { "eks.amazonaws.com/role-arn": props.controllerRoleArn }, null) }),
    },
    replicas: props.controllerReplicas ?? 2,
    controller: { resources: { requests: size, limits: size } },
    dnsPolicy: dnsPolicy(props),
    ...part("podDisruptionBudget", { maxUnavailable: props.controllerMaxUnavailable }),
    ...part("serviceMonitor", { enabled: props.serviceMonitor, additionalLabels: props.serviceMonitorLabels }),
  };
  return withEachOf(values, {
    tolerations: withoutNullsIn(props.controllerTolerations),
    topologySpreadConstraints: withoutNullsIn(props.controllerTopologySpread),
    logLevel: props.logLevel,
  });
}

/** Values under the keys that a minor version's chart has for them; what only Terraform knows is of a minor version that has today's. */
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
function part(key: string, options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.values(options).every(isNothing) ? {} : { [key]: withEachOf({}, options) };
}

/** An object with the user's options laid over it; those that are not set, null in Terraform, are left out. */
function withOptions(base: Record<string, unknown>, options: object | undefined): unknown {
  return Token.isUnresolved(options) ? laidOver(base, withoutNulls(options)) : { ...base, ...given(options) };
}

/** As {@link withOptions}, where each option may be one that only Terraform knows to be null. */
function withEachOf(
  base: Record<string, unknown>,
  options: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const isOpen = ([, value]: [string, unknown]) => Token.isUnresolved(value);
  const all = Object.entries(given(options));
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
    : list?.map((item) => (Token.isUnresolved(item) ? withoutNulls(item) : given(item)));
}

/** To Helm, a null is not the chart's default but none at all. */
function withoutNulls(object: unknown): IResolvable {
  return tf`{ for key, value in ${object} : key => value if value != null }`;
}

/** What of an object is given. */
function given(options: object | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => !isNothing(value)));
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}
