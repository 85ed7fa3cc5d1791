import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { Token } from "cdktf";
import { Release } from "@cdktf/provider-helm/lib/release";
import { CHART_REPOSITORY } from "../inputs/catalog/controller";
import { KARPENTER_CHARTS_PROPERTIES } from "../inputs/catalog/properties";
import { controllerCrossRules, placementRules } from "../inputs/catalog/controller-cross-rules";
import { annotationRules } from "../inputs/catalog/cross-rules";
import type { CrossRule } from "../inputs/cross-rule";
import { checkedProps } from "../inputs/problems";
import type { Crds } from "../inputs/catalog/crds";
import { crdRules } from "../inputs/catalog/crds";
import type { Toggle } from "../terraform/expression";
import { both, countOf, equals, not } from "../terraform/optional-resource";
import { tf, tfList, tfString } from "../terraform/expression";
import { propertyName } from "../module/property-name";
import { Remembered } from "../terraform/remembered";
import { mustBeUnique } from "../terraform/unique-name";
import type { AcceptedChangeProps } from "../inputs/catalog/accepted-change";
import type { NewerVersionProps } from "../inputs/catalog/newer-version";
import { newerVersionRules, warnOfNewerVersion } from "../inputs/catalog/newer-version";
import { unusedOptionRules } from "../inputs/catalog/unused-rules";
import { ReleaseNeeds } from "../release";
import { controllerGateRules } from "../release/controller-gates";
import { checkChartValues } from "../release/chart-values";
import { DEFAULT_KARPENTER_VERSION, minorVersionOf, patchOf, releaseTakenFor } from "../versions";
import type { ControllerOptions } from "./controller-options";
import { apiVersionOf } from "../node-objects/older-objects";
import type { FlowSchemaOptions } from "./flow-schemas";
import { FlowSchemas } from "./flow-schemas";
import type { HelmHistoryProps } from "./helm-history";
import { maxHistoryOf } from "./helm-history";
import type { HelmProviderProps } from "../terraform/providers";
import { useProviders } from "../terraform/providers";
import { resourcesOf } from "../terraform/resources-of";
import { guardedBy } from "./guards";
import { chartSource as packagedOr } from "./packaged-chart";
import type { ControllerValuesProps } from "./controller-values";
import { controllerValues } from "./controller-values";

/** Properties of {@link KarpenterCharts}. */
export interface KarpenterChartsProps
  extends
    ControllerValuesProps,
    ControllerOptions,
    FlowSchemaOptions,
    HelmHistoryProps,
    HelmProviderProps,
    NewerVersionProps,
    AcceptedChangeProps {
  /**
   * The controller's namespace. A change of it is an installation made anew, CRDs included, and every node goes: a plan refuses it
   * without `acceptedChange`.
   *
   * @default "karpenter"
   */
  readonly namespace?: string;
  /**
   * Whether Helm makes the namespace.
   *
   * @default true
   */
  readonly createNamespace?: Toggle;
  /**
   * What becomes of the CRDs. "managed" upgrades them with the controller, adopts those that are there, and removes them with the
   * controller, and with them every NodePool. "kept" leaves them behind. "existing" touches none that is there, as beside EKS Auto
   * Mode, whose NodePools and NodeClaims are of the same CRDs; the missing ones are made once, and neither upgraded nor removed.
   * From "managed" to "existing", apply "kept" first: a plan refuses it in one step. "kept" and "existing" need Karpenter 1.2.
   *
   * @default "managed"
   */
  readonly crds?: Crds;
  /**
   * Where the charts `karpenter` and `karpenter-crd` are: an OCI registry (`oci://…`), a chart repository (`https://…`) or
   * a folder that holds both, for mirrors and air-gapped clusters.
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
  /**
   * The password for a registry of your own; it is kept in the state.
   *
   * @default - none
   */
  readonly chartRepositoryPassword?: string;
  /**
   * The file with the certificate authority of an `https://` repository of your own, where Terraform runs.
   *
   * @default - those that the machine trusts
   */
  readonly chartRepositoryCaFile?: string;
  /**
   * How long Helm waits for the controller, in seconds.
   *
   * @default 600
   */
  readonly chartTimeout?: number;
  /**
   * Whether Helm waits until the controller runs, and with it what depends on the controller.
   *
   * @default true
   */
  readonly helmWait?: Toggle;
  /**
   * Whether Helm undoes an install or upgrade of the controller that fails. The CRDs stay: with them, every NodePool would go.
   *
   * @default false
   */
  readonly helmAtomic?: Toggle;
  /**
   * Whether Helm removes what a failed upgrade of the controller has newly made.
   *
   * @default false
   */
  readonly helmCleanupOnFail?: Toggle;
  /**
   * The chart that keeps the controller there as long as it has nodes, where it should not come from this library: its
   * folder, or its address with its name, `oci://registry.example/charts/karpenter-guard`. A registry is asked for the version
   * of the chart that ships with this library.
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

/** What goes together, where the controller is installed. */
const RULES: readonly CrossRule[] = [
  ...annotationRules,
  ...newerVersionRules,
  ...controllerGateRules,
  ...unusedOptionRules,
  ...controllerCrossRules,
  ...crdRules,
];

const REMOTE = "^(oci|https?)://";

/**
 * Karpenter's two Helm releases: the CRDs with a chart of their own, so that they are upgraded with the controller, and
 * then the controller without them. CRDs that are there already are adopted. Outside of kube-system, another release has the
 * API server answer the controller as it answers those of kube-system. A further release keeps a destroy from taking
 * the controller away while there is any NodeClaim: without it, nobody would end the instances.
 */
export class KarpenterCharts extends Construct {
  /** The release of the CRDs; none with `crds` "existing". */
  public readonly crds?: Release;
  /** The release of the controller. */
  public readonly controller: Release;
  /**
   * The release that is uninstalled only when there is no NodeClaim any more, and before the controller is. None before
   * Karpenter 1.0, whose NodeClaims are of another API; on Kubernetes before 1.30, which has no admission policies, it does not delay a destroy.
   */
  public readonly guard?: Release;

  constructor(scope: Construct, id: string, props: KarpenterChartsProps) {
    super(scope, id);
    props = checkedProps(this, props, KARPENTER_CHARTS_PROPERTIES, (problems, props) => {
      problems.checkTogether([...RULES, ...placementRules("onFargate")], {
        ...props,
        karpenterVersion: props.karpenterVersion ?? DEFAULT_KARPENTER_VERSION,
        annotateRole: props.annotateRole ?? true,
        onFargate: props.onFargate ?? true,
        crds: props.crds ?? "managed",
        chartRepository: props.chartRepository ?? CHART_REPOSITORY,
      });
      checkChartValues(problems, props, props.karpenterVersion);
    });
    warnOfNewerVersion(this, props);
    const common = {
      namespace: props.namespace ?? "karpenter",
      version: chartVersion(props),
      repositoryUsername: props.chartRepositoryUsername,
      repositoryPassword: props.chartRepositoryPassword,
      repositoryCaFile: props.chartRepositoryCaFile,
      timeout: props.chartTimeout ?? 600,
      maxHistory: maxHistoryOf(props),
    };
    const crds = props.crds ?? "managed";
    const hasCrds = not(equals(crds, "existing"));
    const createNamespace = props.createNamespace ?? true;
    if (hasCrds !== false) {
      this.crds = new Release(this, "crd", {
        ...common,
        ...chartSource("karpenter-crd", props.chartRepository),
        name: "karpenter-crd",
        createNamespace,
        takeOwnership: true,
        wait: true,
        values: crdValues(this, common.namespace, crds, props.karpenterVersion),
        count: countOf(hasCrds),
        dependsOn: props.dependsOn,
      });
    }
    // The first of the releases makes the namespace.
    const isFirst = both(not(hasCrds), createNamespace);
    const first = {
      createNamespace: isFirst === false ? undefined : isFirst,
      dependsOn: this.crds === undefined ? (props.dependsOn ?? []) : [this.crds],
    };
    const flowSchemas = new FlowSchemas(this, "flow-schemas", {
      ...props,
      namespace: common.namespace,
      serviceAccountName: props.serviceAccountName ?? "karpenter",
      ...first,
    });
    this.controller = new Release(this, "controller", {
      ...common,
      ...chartSource("karpenter", props.chartRepository),
      name: "karpenter",
      createNamespace: first.createNamespace,
      skipCrds: hasCrds,
      wait: props.helmWait ?? true,
      atomic: props.helmAtomic,
      cleanupOnFail: props.helmCleanupOnFail,
      values: releaseValues(this, props),
      dependsOn: [...first.dependsOn, ...resourcesOf(flowSchemas)],
    });
    if (apiVersionOf(props.karpenterVersion) === "v1") {
      this.guard = new Release(this, "guard", {
        name: "karpenter-guard",
        namespace: common.namespace,
        ...packagedOr(this, "guard", props.guardChart),
        maxHistory: maxHistoryOf(props),
        values: [tfString`yamlencode(${{ crds }})`],
        dependsOn: [this.controller],
      });
      guardedBy(this.guard, this.controller, ...(this.crds === undefined ? [] : [this.crds]));
    }
    this.rememberWhere(props, common.namespace, crds);
    useProviders(this, props);
    // Whoever has a second controller has a second CRD chart and a second guard, too: one sentence says it.
    mustBeUnique(this, this.controller, {
      kind: "Helm release",
      name: "karpenter",
      namespace: common.namespace,
      remedy: "install Karpenter once in a cluster, or give one of them a provider of another cluster",
    });
  }

  /** Neither change can be made without losing every node, which a plan does not show. */
  private rememberWhere({ acceptedChange }: KarpenterChartsProps, namespace: string, crds: Crds): void {
    const [accepted, where] = [propertyName(this, "acceptedChange"), propertyName(this, "namespace")];
    new Remembered(this, "installed", {
      values: { namespace },
      acceptedChange,
      refusal: (was) =>
        `"${where}" would take CRDs and controller from where they are, ${was}, and every node goes with the CRDs; leave it as ` +
        `it was, or plan an outage of all that runs on these nodes, and say so in "${accepted}"`,
    });
    // Nothing is remembered while they are kept: whatever comes then finds them there.
    const goWithRelease = not(equals(crds, "kept"));
    if (goWithRelease !== false) {
      new Remembered(this, "crds-installed", {
        values: { crds },
        // Those that are there may be adopted.
        harmless: { crds: (_, is) => tf`${is} == "managed"` },
        condition: goWithRelease,
        acceptedChange,
        refusal: (was) =>
          `"crds" would remove the CRDs, which were ${was}, and every NodePool and node with them; apply "kept" first, and ` +
          `"existing" then`,
      });
    }
  }

  /** What NodePools need, to give to their `dependsOn`: the CRDs, the controller, and the guard where there is one. */
  public get dependables(): ITerraformDependable[] {
    return resourcesOf(this);
  }
}

/** Ours first, the user's after it: Helm lets the last one win. */
function releaseValues(scope: Construct, props: KarpenterChartsProps): string[] {
  const own = tfString`yamlencode(${controllerValues(props, scope)})`;
  const more = props.controllerHelmValues ?? [];
  if (Token.isUnresolved(more)) {
    return tfList`concat([${own}], [for values in ${more} : try(tostring(values), yamlencode(values))])`;
  }
  const all = (Array.isArray(more) ? more : [more]) as readonly (string | object)[];
  return [own, ...all.map((values) => (typeof values === "string" ? values : tfString`yamlencode(${values})`))];
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
  return new RegExp(REMOTE).test(repository) ? { chart: name, repository } : { chart: `${repository}/${name}` };
}

/** The charts have been named by the bare version since Karpenter 0.35. */
export function chartVersion({
  karpenterVersion = DEFAULT_KARPENTER_VERSION,
}: Pick<KarpenterChartsProps, "karpenterVersion">): string {
  return `${minorVersionOf(karpenterVersion).chart.versionPrefix}${karpenterVersion}`;
}

/** What the CRDs are told: to stay when their release goes, or where to find the controller. */
function crdValues(scope: Construct, namespace: string, crds: Crds, release?: string): string[] | undefined {
  const isKept = equals(crds, "kept");
  const kept = [tfString`yamlencode(${{ additionalAnnotations: { "helm.sh/resource-policy": "keep" } }})`];
  const others = webhookValues(scope, namespace, release);
  return typeof isKept === "boolean" ? (isKept ? kept : others) : tfList`${isKept} ? ${kept} : ${others ?? []}`;
}

/**
 * Where the CRDs find the webhook that turns one version of the API into another, while there is one: the charts' own
 * answer is a service in kube-system for some releases. Nothing for all other releases, whose charts know no such values.
 */
function webhookValues(
  scope: Construct,
  namespace: string,
  release: string = DEFAULT_KARPENTER_VERSION,
): string[] | undefined {
  const [converts] = new ReleaseNeeds(scope, release).of(({ chart: { webhook } }): Record<string, number> =>
    webhook?.inCrdChartFrom === undefined ? {} : { webhook: webhook.inCrdChartFrom },
  );
  if (converts === undefined || (!Token.isUnresolved(release) && patchOf(releaseTakenFor(release)) < converts.value)) {
    return undefined;
  }
  const values = [tfString`yamlencode(${{ webhook: { serviceName: "karpenter", serviceNamespace: namespace } }})`];
  return converts.condition === true ? values : tfList`${converts.condition} ? ${values} : []`;
}
