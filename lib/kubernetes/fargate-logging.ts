import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { Release } from "@cdktf/provider-helm/lib/release";
import { DEFAULT_FILTERS, DEFAULT_PARSERS, fluentBitRules } from "../inputs/catalog/fargate-logging";
import { FARGATE_LOGGING_PROPERTIES } from "../inputs/catalog/properties";
import { checkedProps } from "../inputs/problems";
import { tfString } from "../terraform/expression";
import { choose, isGiven } from "../terraform/optional-resource";
import type { HelmProviderProps } from "../terraform/providers";
import { useProviders } from "../terraform/providers";
import { mustBeUnique } from "../terraform/unique-name";
import type { HelmHistoryProps } from "./helm-history";
import { maxHistoryOf } from "./helm-history";
import { chartSource } from "./packaged-chart";

/** What the log router of pods on Fargate is told from outside. */
export interface FargateLoggingOptions {
  /**
   * The `[FILTER]` sections of Fluent Bit for pods on Fargate, as in `filters.conf`. They may be `grep`, `parser`,
   * `record_modifier`, `rewrite_tag`, `throttle`, `nest`, `modify` and `kubernetes`; "" is for none.
   *
   * @default - those of AWS's guide: lines are taken apart and get the names of pod, namespace and container
   */
  readonly fargateLogFilters?: string;
  /**
   * The `[PARSER]` sections of Fluent Bit for pods on Fargate, as in `parsers.conf`; "" is for none.
   *
   * @default - the parser `crio`, for lines of the container runtime
   */
  readonly fargateLogParsers?: string;
  /**
   * The chart of the namespace and the ConfigMap, where it should not come from this library: its folder, or its address with
   * its name, `oci://registry.example/charts/karpenter-fargate-logging`. A registry is asked for the version of the chart that
   * ships with this library.
   *
   * @default - the one that ships with this library
   */
  readonly fargateLoggingChart?: string;
}

/** Properties of {@link FargateLogging}. */
export interface FargateLoggingProps extends FargateLoggingOptions, HelmHistoryProps, HelmProviderProps {
  /** The cluster's region. */
  readonly region: string;
  /** The log group that pods on Fargate write to. */
  readonly fargateLogGroupName: string;
  /**
   * What must be there before.
   *
   * @default - nothing
   */
  readonly dependsOn?: ITerraformDependable[];
}

const POD_ANNOTATION = "cdktf-karpenter/fargate-logging";

/** A namespace that every cluster has, and no release makes or removes. */
const NAMESPACE = "kube-system";

/**
 * The configuration of the log router that EKS runs beside pods on Fargate: the namespace `aws-observability` and the ConfigMap
 * `aws-logging` in it, as a Helm release. A cluster has one, for all of its Fargate profiles. EKS reads it when a pod is made:
 * pods that are there before go on as they were. What others have made of these names is neither taken over nor changed.
 * https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html
 */
export class FargateLogging extends Construct {
  /** The Helm release, for pods on Fargate to wait for. */
  public readonly release: Release;
  /**
   * An annotation that follows the configuration. Pods that have it are made anew with every change, and only such pods get to
   * know of one.
   */
  public readonly podAnnotations: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: FargateLoggingProps) {
    super(scope, id);
    props = checkedProps(this, props, FARGATE_LOGGING_PROPERTIES, (problems, props) =>
      problems.checkTogether(fluentBitRules, { ...props }),
    );
    const data = configuration(props);
    this.podAnnotations = { [POD_ANNOTATION]: tfString`sha256(jsonencode(${data}))` };
    this.release = new Release(this, "Resource", {
      name: "karpenter-fargate-logging",
      namespace: NAMESPACE,
      ...chartSource(this, "fargate-logging", props.fargateLoggingChart),
      maxHistory: maxHistoryOf(props),
      values: [tfString`yamlencode(${{ data }})`],
      dependsOn: props.dependsOn,
    });
    useProviders(this, props);
    mustBeUnique(this, this.release, {
      kind: "Helm release",
      name: "karpenter-fargate-logging",
      namespace: NAMESPACE,
      remedy: "a cluster has one log router; remove one of the two, or give one of them a provider of another cluster",
    });
  }
}

/** The ConfigMap's data: files of Fluent Bit, and whether what it says of itself goes to CloudWatch too. */
function configuration(props: FargateLoggingProps): Readonly<Record<string, unknown>> {
  return {
    "filters.conf": sections(props.fargateLogFilters, DEFAULT_FILTERS),
    "output.conf": [
      "[OUTPUT]",
      "    Name cloudwatch_logs",
      "    Match *",
      `    region ${props.region}`,
      `    log_group_name ${props.fargateLogGroupName}`,
      "    log_stream_prefix fargate-",
      "    auto_create_group false",
      "",
    ].join("\n"),
    "parsers.conf": sections(props.fargateLogParsers, DEFAULT_PARSERS),
    flb_log_cw: "false",
  };
}

/** One's own, which may be none at all, or those that are there without. */
function sections(own: string | undefined, otherwise: string): unknown {
  return choose(isGiven(own), own, otherwise);
}
