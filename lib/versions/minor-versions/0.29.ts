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
  passedToEc2,
  provisionerByRequest,
  provisionerByResource,
  regionalReads,
  volumeEncryption,
} from "../policy-parts";
import { minor028 } from "./0.28";

/** Permissions scoped by tags. */
export const minor029 = minorVersionAfter(minor028, {
  newest: "0.29.2",
  nodeTags: {},
  controllerPolicies: {
    "node-lifecycle": {
      AllowScopedEC2InstanceActions: {
        why: "Launches instances from images, in subnets and with security groups that are there already, and by launch templates.",
        actions: ["ec2:CreateFleet", "ec2:RunInstances"],
        resources: ec2("image", "snapshot", "security-group", "subnet", "launch-template", "spot-instances-request"),
      },
      AllowScopedEC2InstanceActionsWithTags: {
        why: "Makes instances and what comes with them only under the cluster's tags, by which it owns them later.",
        actions: ["ec2:CreateFleet", "ec2:RunInstances"],
        resources: ec2("fleet", "instance", "volume", "network-interface"),
        conditions: [ownedByRequest, provisionerByRequest],
      },
      AllowScopedEC2LaunchTemplateActions: {
        why: "Makes launch templates only under the cluster's tags.",
        actions: ["ec2:CreateLaunchTemplate"],
        resources: ec2("launch-template"),
        conditions: [ownedByRequest, provisionerByRequest],
      },
      AllowScopedResourceCreationTagging: {
        why: "Tags what it makes, in the call that makes it and at no other time.",
        actions: ["ec2:CreateTags"],
        resources: ec2("fleet", "instance", "volume", "network-interface", "launch-template"),
        conditions: [
          ownedByRequest,
          provisionerByRequest,
          equals("ec2:CreateAction", "CreateFleet", "CreateLaunchTemplate", "RunInstances"),
        ],
      },
      AllowMachineMigrationTagging: {
        why: "Adopts instances that an earlier release of the same cluster launched.",
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
        why: "Ends the cluster's own instances and removes their launch templates.",
        actions: ["ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"],
        resources: ec2("instance", "launch-template"),
        conditions: [ownedByResource, provisionerByResource],
      },
      ...volumeEncryption,
    },
    "iam-integration": {
      AllowPassingInstanceRole: {
        why: "Gives instances the role of nodes, and that to EC2 alone.",
        deviation:
          "The template names ec2.amazonaws.com alone, under which no instance starts in China. The second name is that of the templates from 0.32 on.",
        actions: ["iam:PassRole"],
        resources: ["{nodeRoles}"],
        conditions: [passedToEc2],
      },
    },
    "eks-integration": eksIntegration,
    interruption,
    "resource-discovery": {
      AllowRegionalReadActions: {
        why: "Reads what there is to launch in the cluster's region, and what it has launched.",
        actions: regionalReads,
        resources: ["*"],
        conditions: [equals("aws:RequestedRegion", "{region}")],
      },
      AllowGlobalReadActions: {
        why: "Reads prices, and which AMI is the newest.",
        actions: ["pricing:GetProducts", "ssm:GetParameter"],
        resources: ["*"],
      },
    },
  },
});
