import type { InterruptionEventRule } from "./event-rules";
import type { ControllerPolicies } from "./policy-statement";

/** What a minor version of Karpenter is and needs. */
export interface MinorVersion {
  /** The minor version, `1.14`. */
  readonly minorVersion: string;
  /** Its releases, oldest first, without those that were yanked. */
  readonly releases: readonly string[];
  /** Releases that were published and should not be used. */
  readonly yanked: readonly YankedRelease[];
  /** The API that NodePools are written in; 0.32 also serves the one before. */
  readonly apiVersion: KarpenterApiVersion;
  readonly chart: KarpenterChart;
  /** The custom resources that come with it. */
  readonly crds: ByPatch<readonly CustomResource[]>;
  readonly controllerPolicies: ControllerPolicies;
  /** What a node class may name: the nodes' role, of which Karpenter makes an instance profile, or an instance profile. */
  readonly nodeIdentities: ByPatch<readonly NodeIdentity[]>;
  /** Tags that node classes must put on what they launch, as a permission asks for them; `{cluster}` is the cluster's name. */
  readonly nodeTags: Readonly<Record<string, string>>;
  readonly eventRules: readonly InterruptionEventRule[];
  /** The AWS managed policies of the node role, by name. */
  readonly nodePolicies: readonly string[];
  /** Whether its AWS SDK knows EKS Pod Identity in every release. */
  readonly podIdentity: boolean;
  /** The minor versions of Kubernetes that it is made for. */
  readonly kubernetes: ByPatch<KubernetesRange>;
  readonly support: KarpenterSupport;
}

/** `v1alpha5`: Provisioner and AWSNodeTemplate. `v1beta1` and `v1`: NodePool and EC2NodeClass. */
export type KarpenterApiVersion = "v1alpha5" | "v1beta1" | "v1";

/** A value that changes within a minor version, by the patch from which it holds; the first is that of patch 0. */
export type ByPatch<T> = Readonly<Record<number, T>>;

/** What a node class names its nodes' permissions by. */
export type NodeIdentity = "role" | "instanceProfile";

/** A release that crashes or does harm. */
export interface YankedRelease {
  readonly release: string;
  /** What it does; a clause. */
  readonly reason: string;
  /** The release to take. */
  readonly instead: string;
}

/** Minor versions of Kubernetes from the first to the last, `1.26` to `1.36`. */
export interface KubernetesRange {
  readonly from: string;
  readonly to: string;
}

/**
 * Until when fixes come: `current` until the next minor version appears, `ended` since it has, or a long-term support minor version until
 * the end of a month.
 */
export type KarpenterSupport = "current" | "ended" | { readonly longTermUntil: string };

/** A custom resource definition. */
export interface CustomResource {
  readonly group: string;
  readonly kind: string;
  /** The versions that the API server serves. */
  readonly served: readonly string[];
  /** The version that it keeps objects in. */
  readonly stored: string;
  /** Whether a webhook of the controller turns one version into the other. */
  readonly conversion: boolean;
}

/** What the values of the `karpenter` and `karpenter-crd` charts of a minor version look like. */
export interface KarpenterChart {
  /** What stands before the release in the charts' version and in the image's tag. */
  readonly versionPrefix: "v" | "";
  /** Settings by the name that this project has for them, which is that of the newest chart. */
  readonly settings: Readonly<Record<string, ChartValue>>;
  /** Keys of `settings.featureGates`, as {@link settings}. */
  readonly featureGates: Readonly<Record<string, ChartValue>>;
  /** Keys of `settings.awsFeatureGates`, as {@link settings}. */
  readonly awsFeatureGates: Readonly<Record<string, ChartValue>>;
  /** Whether the `karpenter-crd` chart takes annotations of the CRDs. */
  readonly crdAnnotations?: true;
  /** The controller's webhook; none from 1.1 on. */
  readonly webhook?: ChartWebhook;
}

/** A value that a chart knows. */
export interface ChartValue {
  /**
   * Its key below `settings`, `settings.featureGates` or `settings.awsFeatureGates`; a dot is one level down.
   *
   * @default - its name here
   */
  readonly key?: string;
  /** What a feature gate is where nothing is said; null where the controller decides. */
  readonly default?: boolean | null;
  /** The first patch that knows it, where patch 0 does not. */
  readonly fromPatch?: number;
}

/** The webhook of the controller, on port 8443. */
export interface ChartWebhook {
  /** What the chart's `webhook.enabled` is by default; undefined where the webhook is always on and there is no such key. */
  readonly enabled: ByPatch<boolean | undefined>;
  /** The patch from which the `karpenter-crd` chart takes `webhook.*` too, for a webhook that converts between versions. */
  readonly inCrdChartFrom?: number;
}

/** What holds for a release, of a value that changes within its minor version. */
export function atRelease<T>(values: ByPatch<T>, release: string): T {
  const patch = patchOf(release);
  const from = patchesOf(values).filter((candidate) => candidate <= patch);
  return values[from.at(-1) ?? 0];
}

/** What holds for a minor version's last patch. */
export function atLastPatch<T>(values: ByPatch<T>): T {
  return values[patchesOf(values).at(-1) ?? 0];
}

/** The last number of a release. */
export function patchOf(release: string): number {
  return Number(release.split(".")[2]);
}

/** The minor version of a release, `1.14`. */
export function minorOf(release: string): string {
  return release.split(".").slice(0, 2).join(".");
}

function patchesOf(values: ByPatch<unknown>): number[] {
  return Object.keys(values)
    .map(Number)
    .sort((a, b) => a - b);
}
