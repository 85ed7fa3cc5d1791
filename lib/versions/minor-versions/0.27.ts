import type { MinorVersionData } from "../minor-version-after";
import { awsNodeTemplate, provisioner } from "../custom-resources";
import { interruptionEventRules } from "../event-rules";
import { discoveryByResource, eksIntegration, interruption, regionalReads } from "../policy-parts";

/** The oldest minor version, which every later one derives from. */
export const minor027: MinorVersionData = {
  minorVersion: "0.27",
  releases: ["0.27.0", "0.27.1", "0.27.2", "0.27.3", "0.27.4", "0.27.5", "0.27.6", "0.27.8"],
  yanked: [],
  apiVersion: "v1alpha5",
  chart: {
    versionPrefix: "v",
    settings: {
      clusterName: { key: "aws.clusterName" },
      clusterEndpoint: { key: "aws.clusterEndpoint" },
      interruptionQueue: { key: "aws.interruptionQueueName" },
      defaultInstanceProfile: { key: "aws.defaultInstanceProfile" },
      isolatedVPC: { key: "aws.isolatedVPC" },
      vmMemoryOverheadPercent: { key: "aws.vmMemoryOverheadPercent" },
      tags: { key: "aws.tags" },
      enablePodENI: { key: "aws.enablePodENI" },
      enableENILimitedPodDensity: { key: "aws.enableENILimitedPodDensity" },
      nodeNameConvention: { key: "aws.nodeNameConvention" },
      batchMaxDuration: {},
      batchIdleDuration: {},
    },
    featureGates: { drift: { key: "driftEnabled", default: false } },
    awsFeatureGates: {},
    webhook: { enabled: { 0: undefined } },
  },
  crds: { 0: [provisioner, awsNodeTemplate] },
  controllerPolicies: {
    "node-lifecycle": {
      AllowInstanceActions: {
        actions: ["ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:CreateTags", "ec2:RunInstances"],
        resources: ["*"],
      },
      // Karpenter's own template lets it end every instance of the account; here, only what carries the cluster's tag.
      AllowScopedDeletion: {
        actions: ["ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"],
        resources: ["*"],
        conditions: [discoveryByResource],
      },
    },
    "iam-integration": { AllowPassingInstanceRole: { actions: ["iam:PassRole"], resources: ["{nodeRoles}"] } },
    "eks-integration": eksIntegration,
    interruption,
    "resource-discovery": {
      AllowReadActions: {
        actions: [...regionalReads, "pricing:GetProducts", "ssm:GetParameter"],
        resources: ["*"],
      },
    },
  },
  nodeIdentities: { 0: ["instanceProfile"] },
  nodeTags: { "karpenter.sh/discovery": "{cluster}" },
  eventRules: interruptionEventRules,
  nodePolicies: [
    "AmazonEKSWorkerNodePolicy",
    "AmazonEKS_CNI_Policy",
    "AmazonEC2ContainerRegistryReadOnly",
    "AmazonSSMManagedInstanceCore",
  ],
  podIdentity: false,
  kubernetes: { 0: { from: "1.21", to: "1.25" } },
};
