import { minorVersionAfter } from "../minor-version-after";
import { awsNodeTemplate, machine, nodePoolsIn, provisioner } from "../custom-resources";
import {
  ec2,
  equals,
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

/** NodePools and EC2NodeClasses beside Provisioners and AWSNodeTemplates. */
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
        actions: ["ec2:CreateTags"],
        resources: ec2("instance"),
        conditions: [ownedByResource, nodePoolByResource, onlyTagKeys("Name", "karpenter.sh/nodeclaim")],
      },
      AllowScopedDeletion: { conditions: [ownedByResource, nodePoolByResource] },
    },
    "iam-integration": {
      AllowScopedInstanceProfileCreationActions: {
        actions: ["iam:CreateInstanceProfile"],
        resources: ["*"],
        conditions: [ownedByRequest, regionByRequest, nodeClassByRequest],
        onlyIf: "karpenterMakesInstanceProfiles",
      },
      AllowScopedInstanceProfileTagActions: {
        actions: ["iam:TagInstanceProfile"],
        resources: ["*"],
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
        actions: ["iam:AddRoleToInstanceProfile", "iam:DeleteInstanceProfile", "iam:RemoveRoleFromInstanceProfile"],
        resources: ["*"],
        conditions: [ownedByResource, regionByResource, nodeClassByResource],
        onlyIf: "karpenterMakesInstanceProfiles",
      },
    },
    "resource-discovery": {
      AllowInstanceProfileReadActions: { actions: ["iam:GetInstanceProfile"], resources: ["*"] },
    },
  },
});
