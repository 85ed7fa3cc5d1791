import { Construct } from "constructs";
import { ITerraformDependable, Token } from "cdktf";
import { Release } from "@cdktf/provider-helm/lib/release";
import * as aws from "../inputs/catalog/aws";
import { annotationRules } from "../inputs/cross-rules";
import { matching, pattern } from "../inputs/rule";
import * as kubernetesRules from "../inputs/catalog/kubernetes";
import { Problems, reportAtSynth } from "../inputs/problems";
import { timeout } from "../inputs/catalog/values";
import { Toggle, tf, tfList, tfString } from "../terraform/expression";
import { karpenterVersion, ReleaseNeeds } from "../release";
import { DEFAULT_KARPENTER_VERSION, minorVersionOf, patchOf } from "../versions";
import { checkControllerOptions, ControllerOptions } from "./controller-options";
import { apiVersionOf } from "../node-objects/older-objects";
import { packagedChart } from "./packaged-chart";
import { controllerValues, ControllerValuesProps } from "./controller-values";

/** Properties of {@link KarpenterCharts}. */
export interface KarpenterChartsProps extends ControllerValuesProps, ControllerOptions {
  /** @default "karpenter" */
  readonly namespace?: string;
  /**
   * Whether Helm makes the namespace.
   *
   * @default true
   */
  readonly createNamespace?: Toggle;
  /**
   * Where the charts `karpenter` and `karpenter-crd` are: an OCI registry (`oci://…`), a chart repository (`https://…`) or
   * a folder that holds both, for mirrors and clusters without a way out.
   *
   * @default "oci://public.ecr.aws/karpenter"
   */
  readonly chartRepository?: string;
  /**
   * Only for a registry of your own: the public one is read without a login, and a stale one makes it answer 403.
   *
   * @default - none
   */
  readonly chartRepositoryUsername?: string;
  /** @default - none */
  readonly chartRepositoryPassword?: string;
  /**
   * How long Helm waits for the controller, in seconds.
   *
   * @default 600
   */
  readonly chartTimeout?: number;
  /**
   * The chart that keeps the controller there as long as it has nodes.
   *
   * @default - the one that ships with this library
   */
  readonly guardChart?: string;
  /**
   * What must be there before the controller starts.
   *
   * @default - nothing
   */
  readonly dependsOn?: ITerraformDependable[];
}

/** Where Karpenter's project publishes its charts. */
export const CHART_REPOSITORY = "oci://public.ecr.aws/karpenter";

const REMOTE = "^(oci|https?)://";

/** A registry, a repository or a folder. */
export const chartRepository = matching("^((oci|https?)://|/|\\./|\\.\\./|~/)[^ ]+$", {
  allowed: "an address that begins with oci:// or https://, or the path of a folder that begins with / or ./",
  remedy: "name what holds the charts karpenter and karpenter-crd, without the chart's name",
});

/**
 * Karpenter's two Helm releases: the CRDs with a chart of their own, so that they are upgraded with the controller, and
 * then the controller without them. CRDs that are there already are adopted. A third release keeps a destroy from taking
 * the controller away while there is any NodeClaim: without it, nobody would end the instances.
 */
export class KarpenterCharts extends Construct {
  /** The release of the CRDs. */
  public readonly crds: Release;
  /** The release of the controller; NodePools need it. */
  public readonly controller: Release;
  /**
   * The release that is uninstalled only when there is no NodeClaim any more, and before the controller is. None before
   * Karpenter 1.0, whose NodeClaims are of another API; on Kubernetes before 1.30, which cannot be asked, it holds nothing up.
   */
  public readonly guard?: Release;

  constructor(scope: Construct, id: string, props: KarpenterChartsProps) {
    super(scope, id);
    reportAtSynth(this, props, (problems) => checkKarpenterCharts(problems, props));
    const common = {
      namespace: props.namespace ?? "karpenter",
      version: chartVersion(props),
      repositoryUsername: props.chartRepositoryUsername,
      repositoryPassword: props.chartRepositoryPassword,
      wait: true,
      timeout: props.chartTimeout ?? 600,
    };
    this.crds = new Release(this, "crd", {
      ...common,
      ...chartSource("karpenter-crd", props.chartRepository),
      name: "karpenter-crd",
      createNamespace: props.createNamespace ?? true,
      takeOwnership: true,
      values: crdValues(this, common.namespace, props.karpenterVersion),
      dependsOn: props.dependsOn,
    });
    this.controller = new Release(this, "controller", {
      ...common,
      ...chartSource("karpenter", props.chartRepository),
      name: "karpenter",
      skipCrds: true,
      values: releaseValues(props),
      dependsOn: [this.crds],
    });
    if (apiVersionOf(props.karpenterVersion) === "v1") {
      this.guard = new Release(this, "guard", {
        name: "karpenter-guard",
        namespace: common.namespace,
        chart: props.guardChart ?? packagedChart(this, "guard"),
        dependsOn: [this.controller],
      });
    }
  }
}

/** Ours first, the user's after it: Helm lets the last one win. */
function releaseValues(props: KarpenterChartsProps): string[] {
  const own = tfString`yamlencode(${controllerValues(props)})`;
  const more = props.controllerHelmValues ?? [];
  return Token.isUnresolved(more) ? tfList`concat([${own}], ${more})` : [own, ...more];
}

/** Holds the properties of {@link KarpenterCharts} against their rules. */
export function checkKarpenterCharts(problems: Problems, props: KarpenterChartsProps): void {
  problems
    .require("clusterName", props.clusterName, aws.clusterName)
    .check("clusterEndpoint", props.clusterEndpoint, aws.clusterEndpoint)
    .check("controllerRoleArn", props.controllerRoleArn, aws.roleArn)
    .check("interruptionQueueName", props.interruptionQueueName, aws.queueName)
    .check("karpenterVersion", props.karpenterVersion, karpenterVersion)
    .check("namespace", props.namespace, kubernetesRules.namespace)
    .check("serviceAccountName", props.serviceAccountName, kubernetesRules.serviceAccountName)
    .check("chartRepository", props.chartRepository, chartRepository)
    .check("chartTimeout", props.chartTimeout, timeout);
  problems.checkTogether(annotationRules, { ...props, annotateRole: props.annotateRole ?? true });
  checkControllerOptions(problems, props);
}

/** A chart of a registry or repository by name, or of a folder by path. */
function chartSource(name: string, repository = CHART_REPOSITORY): { chart: string; repository?: string } {
  if (Token.isUnresolved(repository)) {
    const remote = tf`can(regex(${REMOTE}, ${repository}))`;
    return {
      chart: tfString`${remote} ? ${name} : ${`${repository}/${name}`}`,
      repository: tfString`${remote} ? ${repository} : null`,
    };
  }
  return pattern(REMOTE).accepts(repository) ? { chart: name, repository } : { chart: `${repository}/${name}` };
}

/** The charts have been named by the bare version since Karpenter 0.35. */
function chartVersion({ karpenterVersion = DEFAULT_KARPENTER_VERSION }: KarpenterChartsProps): string {
  return `${minorVersionOf(karpenterVersion).chart.versionPrefix}${karpenterVersion}`;
}

/**
 * Where the CRDs find the webhook that turns one version of the API into another, while there is one: the charts' own
 * answer is a service in kube-system for some releases. Nothing for all other releases, whose charts know no such values.
 */
function crdValues(
  scope: Construct,
  namespace: string,
  release: string = DEFAULT_KARPENTER_VERSION,
): string[] | undefined {
  const [converts] = new ReleaseNeeds(scope, release).of(({ chart: { webhook } }): Record<string, number> =>
    webhook?.inCrdChartFrom === undefined ? {} : { webhook: webhook.inCrdChartFrom },
  );
  if (converts === undefined || (!Token.isUnresolved(release) && patchOf(release) < converts.value)) {
    return undefined;
  }
  const values = [tfString`yamlencode(${{ webhook: { serviceName: "karpenter", serviceNamespace: namespace } }})`];
  return converts.condition === true ? values : tfList`${converts.condition} ? ${values} : []`;
}
