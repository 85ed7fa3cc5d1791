import { minorVersionAfter } from "../minor-version-after";
import { awsNodeTemplate, machine, nodePoolsIn, provisioner } from "../custom-resources";
import {
  ec2,
  equals,
  instanceProfiles,
  nodeClassByRequest,
  nodeClassByResource,
  nodePoolByRequest,
  nodePoolByResource,
  onlyTagKeys,
  ownedByRequest,
  ownedByResource,
  regionByRequest,
  regionByResource,
} from "../policy-parts";
import { minor031 } from "./0.31";

/**
 * NodePools and EC2NodeClasses beside Provisioners and AWSNodeTemplates. The policies are those of the template as it was corrected after the
 * release: no `sqs:GetQueueAttributes`, which nothing calls, instance profiles as resources, and EC2's second name.
 */
export const minor032 = minorVersionAfter(minor031, {
  newest: "0.32.10",
  apiVersion: "v1beta1",
  nodeIdentities: { 0: ["role"], 2: ["role", "instanceProfile"] },
  chart: {
    settings: {
      clusterName: {},
      clusterEndpoint: {},
      clusterCABundle: {},
      interruptionQueue: {},
      isolatedVPC: {},
      vmMemoryOverheadPercent: {},
      reservedENIs: {},
      assumeRoleARN: {},
      assumeRoleDuration: {},
    },
    featureGates: { drift: { default: false } },
    webhook: { enabled: { 0: true } },
  },
  crds: { 0: [provisioner, machine, awsNodeTemplate, ...nodePoolsIn("v1beta1")] },
  policies: {
    "node-lifecycle": {
      AllowMachineMigrationTagging: null,
      AllowScopedEC2InstanceActionsWithTags: { conditions: [ownedByRequest, nodePoolByRequest] },
      AllowScopedResourceCreationTagging: {
        conditions: [
          ownedByRequest,
          nodePoolByRequest,
          equals("ec2:CreateAction", "CreateFleet", "CreateLaunchTemplate", "RunInstances"),
        ],
      },
      AllowScopedResourceTagging: {
        why: "Names its instances after the nodes that they become.",
        actions: ["ec2:CreateTags"],
        resources: ec2("instance"),
        conditions: [ownedByResource, nodePoolByResource, onlyTagKeys("Name", "karpenter.sh/nodeclaim")],
      },
      AllowScopedDeletion: { conditions: [ownedByResource, nodePoolByResource] },
    },
    "iam-integration": {
      AllowPassingInstanceRole: { deviation: undefined },
      AllowScopedInstanceProfileCreationActions: {
        why: "Makes an instance profile for each EC2NodeClass, under the tags of its cluster and region.",
        actions: ["iam:CreateInstanceProfile"],
        resources: instanceProfiles,
        conditions: [ownedByRequest, regionByRequest, nodeClassByRequest],
        onlyIf: "karpenterMakesInstanceProfiles",
      },
      AllowScopedInstanceProfileTagActions: {
        why: "Keeps the tags of the instance profiles that it made.",
        actions: ["iam:TagInstanceProfile"],
        resources: instanceProfiles,
        conditions: [
          ownedByResource,
          regionByResource,
          nodeClassByResource,
          ownedByRequest,
          regionByRequest,
          nodeClassByRequest,
        ],
        onlyIf: "karpenterMakesInstanceProfiles",
      },
      AllowScopedInstanceProfileActions: {
        why: "Puts the role into the instance profiles that it made, and removes these again.",
        actions: ["iam:AddRoleToInstanceProfile", "iam:DeleteInstanceProfile", "iam:RemoveRoleFromInstanceProfile"],
        resources: instanceProfiles,
        conditions: [ownedByResource, regionByResource, nodeClassByResource],
        onlyIf: "karpenterMakesInstanceProfiles",
      },
    },
    interruption: { AllowInterruptionQueueActions: { remove: { actions: ["sqs:GetQueueAttributes"] } } },
    "resource-discovery": {
      AllowInstanceProfileReadActions: {
        why: "Sees whether an instance profile is there and which role is in it.",
        actions: ["iam:GetInstanceProfile"],
        resources: instanceProfiles,
      },
    },
  },
});
