import type { ITerraformDependable } from "cdktf";
import type { FargateProfileProps } from "./aws/fargate-profile";
import type { FargateLoggingMode } from "./inputs/catalog/fargate-logging";
import type { ControllerRoleProps } from "./aws/controller-role";
import type { DiscoveryTagsProps } from "./aws/discovery-tags";
import type { InterruptionQueueProps } from "./aws/interruption-queue";
import type { NodeAccessProps } from "./aws/node-access";
import type { NodeRoleProps } from "./aws/node-role";
import type { FargateLoggingOptions } from "./kubernetes/fargate-logging";
import type { KarpenterChartsProps } from "./kubernetes/karpenter-charts";
import type { MonitoringProps } from "./kubernetes/monitoring";
import type { NodePoolsProps } from "./kubernetes/node-pools";

/** Properties of {@link Karpenter}: those of its parts, without what it gives them itself or calls by another name. */
export interface KarpenterProps
  extends
    Omit<
      ControllerRoleProps,
      "nodeRoleArns" | "rebootForRepair" | "interruptionHandling" | "interruptionQueueArn" | "additionalPolicies"
    >,
    Omit<
      FargateProfileProps,
      "subnetIds" | "selectors" | "createPodExecutionRole" | "fargateLogging" | "createFargateLogGroup"
    >,
    FargateLoggingOptions,
    Omit<NodeRoleProps, "createNodeRole" | "createInstanceProfile" | "additionalPolicies">,
    Omit<NodeAccessProps, "nodeRoleArn" | "nodeRoleUniqueId" | "createAccessEntry">,
    Omit<InterruptionQueueProps, "createInterruptionQueue" | "createEventRules">,
    DiscoveryTagsProps,
    Omit<
      KarpenterChartsProps,
      "controllerRoleArn" | "annotateRole" | "onFargate" | "defaultInstanceProfile" | "createNamespace" | "dependsOn"
    >,
    Omit<MonitoringProps, "prometheusRule" | "grafanaDashboard" | "dependsOn">,
    Partial<Omit<NodePoolsProps, "nodeClassDefaults" | "releaseName" | "dependsOn">> {
  /**
   * Subnets that Karpenter starts nodes in, by id, up to 30, and that the controller runs in on Fargate.
   *
   * @default - every node class selects its own, and the controller runs on nodes or in `fargateSubnetIds`
   */
  readonly subnetIds?: string[];
  /**
   * Security groups of the nodes that Karpenter starts, by id, up to 16.
   *
   * @default - every node class selects its own
   */
  readonly securityGroupIds?: string[];
  /**
   * Whether to make the controller's role and its policies.
   *
   * @default - true unless `controllerRoleArn` is given
   */
  readonly createControllerRole?: boolean;
  /**
   * A controller role of your own, with the permissions and the trust policy that it needs.
   *
   * @default - one is made
   */
  readonly controllerRoleArn?: string;
  /**
   * More policies for the controller's role, by a name of your choice. To give one another name takes a
   * `moved` block: without it, Terraform detaches and attaches it at once, and it may be gone until the next apply.
   *
   * @default - none
   */
  readonly controllerAdditionalPolicies?: Record<string, string>;
  /**
   * Whether what Karpenter launches gets `tags` too: instances, volumes, network interfaces, spot requests and launch templates.
   * Tags of a node class win over them. A change of tags is drift to Karpenter, and every node is replaced.
   *
   * @default true
   */
  readonly tagNodes?: boolean;
  /**
   * Whether the controller runs on Fargate, and the cluster needs no node group.
   *
   * @default true
   */
  readonly createFargateProfile?: boolean;
  /**
   * Private subnets for the controller, where they should differ from those of the nodes.
   *
   * @default - `subnetIds`
   */
  readonly fargateSubnetIds?: string[];
  /**
   * Which pods run on Fargate, 1 to 5 selectors.
   *
   * @default - Karpenter's controller only, in its namespace
   */
  readonly fargateSelectors?: FargateProfileProps["selectors"];
  /**
   * Whether to make the pod execution role of the Fargate profile.
   *
   * @default - true unless `podExecutionRoleArn` is given
   */
  readonly createPodExecutionRole?: boolean;
  /**
   * Whether what pods on Fargate write goes to CloudWatch Logs. "managed" makes a log group, lets the pod execution role made
   * here write to it, and makes the namespace `aws-observability` with the ConfigMap `aws-logging` before the controller's
   * pods: EKS reads it when it makes a pod. With "existing" the cluster has that ConfigMap already, for other Fargate profiles
   * for example; it is left alone, and the role may write to `fargateLogGroupName`, the log group that it names.
   *
   * @default "none"
   */
  readonly fargateLogging?: FargateLoggingMode;
  /**
   * Whether to make the log group of pods on Fargate. A destroy takes it along with its logs.
   *
   * @default - true with `fargateLogging` "managed"
   */
  readonly createFargateLogGroup?: boolean;
  /**
   * Whether to make the node role.
   *
   * @default - true unless `nodeRoleArn` is given
   */
  readonly createNodeRole?: boolean;
  /**
   * More policies for the node role made here, by a name of your choice. To give one another name takes a
   * `moved` block: without it, Terraform detaches and attaches it at once, and it may be gone until the next apply.
   *
   * @default - none
   */
  readonly nodeAdditionalPolicies?: Record<string, string>;
  /**
   * Roles of node classes that name a role or an instance profile of their own, up to 19 ARNs: the controller may pass these
   * too. Each needs an access entry, see {@link NodeAccess}.
   *
   * @default - every node runs as the node role
   */
  readonly additionalNodeRoleArns?: string[];
  /**
   * Whether to make the role `AWSServiceRoleForEC2Spot`, without which an account starts no spot instance. An account has one, and
   * most have it already: then leave this out, or import it.
   *
   * @default false
   */
  readonly createSpotServiceLinkedRole?: boolean;
  /**
   * Whether to make the nodes' instance profile.
   *
   * @default - true with `instanceProfileMode` "terraform"
   */
  readonly createInstanceProfile?: boolean;
  /**
   * Whether to make the node role's access entry. Without it, map `awsAuthRole` in the aws-auth ConfigMap.
   *
   * @default true
   */
  readonly createAccessEntry?: boolean;
  /**
   * Whether Karpenter acts on interruptions before they happen.
   *
   * @default true
   */
  readonly interruptionHandling?: boolean;
  /**
   * Whether to make the interruption queue with its rules.
   *
   * @default - true unless `interruptionQueueArn` is given
   */
  readonly createInterruptionQueue?: boolean;
  /**
   * Whether to make the EventBridge rules and their targets. With a queue of your own, `true` makes them onto it; its policy
   * has to let `events.amazonaws.com` send for the ARNs in `interruptionQueue.eventRuleArns`.
   *
   * @default - true where the queue is made here
   */
  readonly createEventRules?: boolean;
  /**
   * Whether to install the CRDs and the controller with Helm. Without it, `helmValues` are for your own way to do that.
   *
   * @default true
   */
  readonly installController?: boolean;
  /**
   * Whether to make a PrometheusRule with alerts on Karpenter. It requires the Prometheus operator's CRDs, and a Prometheus
   * that scrapes the controller, as with `serviceMonitor`. Karpenter 1.0 and later.
   *
   * @default false
   */
  readonly prometheusRule?: boolean;
  /**
   * Whether to make a ConfigMap with a dashboard of Karpenter for Grafana. Karpenter 1.0 and later.
   *
   * @default false
   */
  readonly grafanaDashboard?: boolean;
  /**
   * Whether Helm makes the controller's namespace.
   *
   * @default true
   */
  readonly createNamespace?: boolean;
  /**
   * Whether to make the NodePools, EC2NodeClasses, NodeOverlays and CapacityBuffers given here, by field or as manifests.
   *
   * @default - true where any is given
   */
  readonly createNodePools?: boolean;
  /**
   * What the nodes and the controller need as long as there are any: NAT gateways, routes, VPC endpoints. Where they are
   * made in the same stack, a destroy keeps them until the last node is gone.
   *
   * @default - nothing
   */
  readonly nodesDependOn?: ITerraformDependable[];
}
