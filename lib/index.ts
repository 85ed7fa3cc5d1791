/** The public names of `cdktf-karpenter`: what is not here may change at any time. */
export { Karpenter } from "./karpenter";
export type { KarpenterProps } from "./karpenter-props";

export type {
  ClusterProps,
  EnvironmentProps,
  IamProps,
  IpFamily,
  IpFamilyProps,
  NamingProps,
  TagProps,
} from "./aws/common-props";
export type { QueuePolicyStatement, StatementPrincipals } from "./aws/queue-statements";
export type { EventRulesProps } from "./aws/event-rules";
export type { QueueAlarmProps } from "./aws/queue-alarm";
export { ControllerPolicy } from "./aws/controller-policy";
export type { ControllerPolicyProps, InstanceProfileMode } from "./aws/controller-policy-props";
export { ControllerRole } from "./aws/controller-role";
export type { ControllerIdentity, ControllerPolicyForm, ControllerRoleProps } from "./aws/controller-role";
export { DISCOVERY_TAG, DiscoveryTags } from "./aws/discovery-tags";
export type { DiscoveryTagsProps } from "./aws/discovery-tags";
export { FargateProfile, KARPENTER_SELECTOR_LABELS } from "./aws/fargate-profile";
export type { FargateLogGroupProps } from "./aws/fargate-logs";
export type { FargateProfileProps } from "./aws/fargate-profile";
export { InterruptionQueue } from "./aws/interruption-queue";
export type { InterruptionQueueProps } from "./aws/interruption-queue";
export { IrsaRole } from "./aws/irsa-role";
export type { IrsaRoleProps, ServiceAccount } from "./aws/irsa-role";
export { NodeAccess } from "./aws/node-access";
export type { AccessEntryType, AwsAuthRole, NodeAccessProps } from "./aws/node-access";
export { NodeRole } from "./aws/node-role";
export type { NodeRoleProps } from "./aws/node-role";

export { SpotServiceLinkedRole } from "./aws/spot-service-linked-role";
export type { SpotServiceLinkedRoleProps } from "./aws/spot-service-linked-role";

export { AwsAuth } from "./kubernetes/aws-auth";
export type { AwsAuthProps } from "./kubernetes/aws-auth";
export type {
  ControllerAffinity,
  LabelSelector,
  LabelSelectorRequirement,
  NodeAffinity,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
} from "./kubernetes/affinity";
export type {
  AwsFeatureGates,
  ControllerOptions,
  ControllerSettings,
  ControllerSize,
  FeatureGates,
  Toleration,
  TopologySpread,
} from "./kubernetes/controller-options";
export type { ControllerPodOptions } from "./kubernetes/controller-pods";
export { controllerValues } from "./kubernetes/controller-values";
export type { ControllerValuesProps } from "./kubernetes/controller-values";
export { FargateLogging } from "./kubernetes/fargate-logging";
export type { FargateLoggingOptions, FargateLoggingProps } from "./kubernetes/fargate-logging";
export type { FlowSchemaOptions } from "./kubernetes/flow-schemas";
export type { HelmHistoryProps } from "./kubernetes/helm-history";
export { KarpenterCharts } from "./kubernetes/karpenter-charts";
export type { KarpenterChartsProps } from "./kubernetes/karpenter-charts";
export { Monitoring } from "./kubernetes/monitoring";
export type { MonitoringProps } from "./kubernetes/monitoring";
export type { CapacityBuffer, PodTemplateSpec } from "./node-objects/capacity-buffer";
export type {
  AmiSelectorTerm,
  BlockDeviceMapping,
  CapacityReservationSelectorTerm,
  Kubelet,
  NodeClass,
  SecurityGroupSelectorTerm,
  SelectorTags,
  SubnetSelectorTerm,
} from "./node-objects/node-class";
export type {
  Disruption,
  DisruptionBudget,
  NodeOverlay,
  NodePool,
  ObjectMetadata,
  Requirement,
  Taint,
} from "./node-objects/node-pool";
export type { KubeletConfiguration, KubeletValue } from "./versions/kubelet-fields";
export { NodePools } from "./kubernetes/node-pools";
export type { NodePoolsProps } from "./kubernetes/node-pools";
export type { NodeClassDefaults, NodeObjects } from "./node-objects/node-objects";
export { SmokeTest } from "./kubernetes/smoke-test";
export type { SmokeTestProps } from "./kubernetes/smoke-test";

export type { Crds } from "./inputs/catalog/crds";
export type { FargateLoggingMode } from "./inputs/catalog/fargate-logging";
export type { FargateProfileSelector } from "./inputs/catalog/kubernetes";
export type {
  IamCondition,
  IamPolicyStatement,
  IamPrincipal,
  IamTrustStatement,
} from "./inputs/catalog/iam-statements";
export type { Toggle } from "./terraform/expression";
export { movedFrom } from "./terraform/moved-from";
export { takeOver } from "./terraform/take-over";
export type { Existing, TakeOverProps } from "./terraform/take-over";
export type { OptionalResource } from "./terraform/optional-resource";
export { DEFAULT_KARPENTER_VERSION, KARPENTER_VERSIONS } from "./versions/karpenter-version";
export type { AwsProviderProps, HelmProviderProps, KubernetesProviderProps } from "./terraform/providers";
export { WARNING_IDS } from "./inputs/acknowledged-warnings";
export type { AcknowledgedWarningsProps, WarningId } from "./inputs/acknowledged-warnings";
export type { NewerVersionProps } from "./inputs/catalog/newer-version";
export type { AcceptedChangeProps } from "./inputs/catalog/accepted-change";
