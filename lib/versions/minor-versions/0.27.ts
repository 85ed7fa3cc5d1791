import type { MinorVersionData } from "../minor-version-after";
import { awsNodeTemplate, provisioner } from "../custom-resources";
import { interruptionEventRules } from "../event-rules";
import {
  discoveryByResource,
  eksIntegration,
  interruption,
  passedToEc2,
  regionalReads,
  volumeEncryption,
} from "../policy-parts";

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
        why: "Launches instances, with a launch template each, and tags them.",
        deviation: "In the template, one statement with reads and deletions; the same actions on the same resources.",
        actions: ["ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:CreateTags", "ec2:RunInstances"],
        resources: ["*"],
      },
      AllowScopedDeletion: {
        why: "Ends the cluster's own instances and removes their launch templates.",
        deviation:
          "The template lets the controller end every instance of the account. Here it ends what carries the tag " +
          "karpenter.sh/discovery with the cluster's name, which every AWSNodeTemplate made here gives its instances.",
        actions: ["ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"],
        resources: ["*"],
        conditions: [discoveryByResource],
      },
      ...volumeEncryption,
    },
    "iam-integration": {
      AllowPassingInstanceRole: {
        why: "Gives instances the role of nodes.",
        deviation: "The template names no service: its controller could pass the role to any. Only EC2 needs it.",
        actions: ["iam:PassRole"],
        resources: ["{nodeRoles}"],
        conditions: [passedToEc2],
      },
    },
    "eks-integration": eksIntegration,
    interruption,
    "resource-discovery": {
      AllowReadActions: {
        why: "Reads what there is to launch, where and at what price, and which AMI is the newest.",
        deviation:
          "In the template, one statement with launches and deletions; the same actions on the same resources.",
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
