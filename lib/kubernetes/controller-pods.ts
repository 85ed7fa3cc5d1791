import { Token } from "cdktf";
import { tf } from "../terraform/expression";
import { givenFields, isGiven } from "../terraform/known-values";
import type { ControllerAffinity } from "./affinity";

/** Where the controller's image comes from, by which way it reaches AWS, and which nodes it runs on. */
export interface ControllerPodOptions {
  /**
   * The repository of the controller's image, for a mirror: `"registry.example/karpenter/controller"`.
   *
   * @default - the chart's own, public.ecr.aws/karpenter/controller
   */
  readonly controllerImageRepository?: string;
  /**
   * The tag of the controller's image, beside `controllerImageDigest`. One that begins with a release must be of
   * `karpenterVersion`.
   *
   * @default - the chart's own, the release
   */
  readonly controllerImageTag?: string;
  /**
   * The digest of the controller's image, `"sha256:…"`, where the mirror has another one than the chart names: a copy of one
   * architecture, or an image of your own. With `""`, the image is taken by its tag alone.
   *
   * @default - the chart's own
   */
  readonly controllerImageDigest?: string;
  /**
   * A proxy for what the controller asks over http, `"http://proxy.example:3128"`. One with a login belongs into a Secret, which
   * `controllerHelmValues` name under `controller.envFrom`.
   *
   * @default - none
   */
  readonly controllerHttpProxy?: string;
  /**
   * A proxy for what the controller asks over https, which is all of AWS.
   *
   * @default - none
   */
  readonly controllerHttpsProxy?: string;
  /**
   * What the controller asks without the proxy: hosts, domains and ranges, such as those of VPC endpoints. The cluster itself,
   * and private and link-local addresses are always among them.
   *
   * @default - these alone
   */
  readonly controllerNoProxy?: readonly string[];
  /**
   * Labels of the nodes that the controller runs on, beside the chart's own, `kubernetes.io/os: linux`. Not on Fargate.
   *
   * @default - the chart's own alone
   */
  readonly controllerNodeSelector?: Readonly<Record<string, string>>;
  /**
   * Affinity of the controller's pods, laid over the chart's own key by key, lists as a whole. Not on Fargate.
   *
   * @default - the chart's own: nodes of no NodePool, and a node for each pod
   */
  readonly controllerAffinity?: ControllerAffinity;
  /**
   * The priority class of the controller's pods.
   *
   * @default - the chart's own, system-cluster-critical
   */
  readonly controllerPriorityClassName?: string;
  /**
   * Annotations of the controller's pods.
   *
   * @default - none
   */
  readonly controllerPodAnnotations?: Readonly<Record<string, string>>;
}

/**
 * What a proxy must not get, whatever network it is: the API server, which pods know by an address of the cluster's services, the
 * metadata service, and the EKS Pod Identity Agent. Go, which the controller is written in, reads ranges.
 */
const NEVER_BY_PROXY = [
  ...["localhost", "127.0.0.0/8", "::1"],
  ...["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
  ...["169.254.0.0/16", "fe80::/10"],
  ...[".svc", ".cluster.local"],
];

/** The environment of the container by which it finds a proxy; undefined where there surely is none. */
export function proxyEnvironment(options: ControllerPodOptions): unknown {
  const { controllerHttpProxy: http, controllerHttpsProxy: https, controllerNoProxy: own = [] } = options;
  if (!isGiven(http) && !isGiven(https)) {
    return undefined;
  }
  if (![http, https, own].some((value) => Token.isUnresolved(value))) {
    const noProxy = [...NEVER_BY_PROXY, ...own].join(",");
    return Object.entries(givenFields({ HTTP_PROXY: http, HTTPS_PROXY: https, NO_PROXY: noProxy })).map(
      ([name, value]) => ({ name, value }),
    );
  }
  const isOpen = tf`${http} == null && ${https} == null`;
  const noProxy = tf`${isOpen} ? null : join(",", concat(${NEVER_BY_PROXY}, ${own}))`;
  const all = { HTTP_PROXY: http, HTTPS_PROXY: https, NO_PROXY: noProxy };
  return tf`[for name, value in ${all} : { name = name, value = value } if value != null]`;
}

/** The image as the chart has it. */
export function imageOptions(options: ControllerPodOptions): Readonly<Record<string, unknown>> {
  return {
    repository: options.controllerImageRepository,
    tag: options.controllerImageTag,
    digest: options.controllerImageDigest,
  };
}
