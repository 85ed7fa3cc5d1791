import { minorVersionAfter } from "../minor-version-after";
import {
  ec2,
  eksIntegration,
  equals,
  interruption,
  managedByRequest,
  onlyTagKeys,
  ownedByRequest,
  ownedByResource,
  provisionerByRequest,
  provisionerByResource,
  regionalReads,
} from "../policy-parts";
import { minor028 } from "./0.28";

/** Permissions scoped by tags. */
export const minor029 = minorVersionAfter(minor028, {
  newest: "0.29.2",
  nodeTags: {},
  controllerPolicies: {
    "node-lifecycle": {
      AllowScopedEC2InstanceActions: {
        actions: ["ec2:CreateFleet", "ec2:RunInstances"],
        resources: ec2("image", "snapshot", "security-group", "subnet", "launch-template", "spot-instances-request"),
      },
      AllowScopedEC2InstanceActionsWithTags: {
        actions: ["ec2:CreateFleet", "ec2:RunInstances"],
        resources: ec2("fleet", "instance", "volume", "network-interface"),
        conditions: [ownedByRequest, provisionerByRequest],
      },
      AllowScopedEC2LaunchTemplateActions: {
        actions: ["ec2:CreateLaunchTemplate"],
        resources: ec2("launch-template"),
        conditions: [ownedByRequest, provisionerByRequest],
      },
      AllowScopedResourceCreationTagging: {
        actions: ["ec2:CreateTags"],
        resources: ec2("fleet", "instance", "volume", "network-interface", "launch-template"),
        conditions: [
          ownedByRequest,
          provisionerByRequest,
          equals("ec2:CreateAction", "CreateFleet", "CreateLaunchTemplate", "RunInstances"),
        ],
      },
      AllowMachineMigrationTagging: {
        actions: ["ec2:CreateTags"],
        resources: ec2("instance"),
        conditions: [
          ownedByResource,
          managedByRequest,
          provisionerByRequest,
          onlyTagKeys("karpenter.sh/managed-by", "karpenter.sh/provisioner-name"),
        ],
      },
      AllowScopedDeletion: {
        actions: ["ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"],
        resources: ec2("instance", "launch-template"),
        conditions: [ownedByResource, provisionerByResource],
      },
    },
    "iam-integration": {
      AllowPassingInstanceRole: {
        actions: ["iam:PassRole"],
        resources: ["{nodeRoles}"],
        conditions: [equals("iam:PassedToService", "ec2.amazonaws.com")],
      },
    },
    "eks-integration": eksIntegration,
    interruption,
    "resource-discovery": {
      AllowRegionalReadActions: {
        actions: regionalReads,
        resources: ["*"],
        conditions: [equals("aws:RequestedRegion", "{region}")],
      },
      AllowGlobalReadActions: { actions: ["pricing:GetProducts", "ssm:GetParameter"], resources: ["*"] },
    },
  },
});
