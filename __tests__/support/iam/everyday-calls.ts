/** What the controller does on an ordinary day: each attack is one of these calls with one thing changed. */
import type { Existing, Launch, Place, Tags } from "./calls";
import { ask, createFleet, createLaunchTemplate, onExisting, onProfile, passRole, tag } from "./calls";
import type { Installation } from "./installation";
import type { AccessRequest } from "./simulator";

/** An instance with these tags. */
export const instance = (tags?: Tags): Existing => ({ type: "instance", id: "i-0123456789abcdef0", tags });

/** A launch template with these tags. */
export const launchTemplate = (tags?: Tags): Existing => ({
  type: "launch-template",
  id: "lt-0123456789abcdef0",
  tags,
});

/** An instance profile as the controller names it, with these tags. */
export const profile = (tags?: Tags) => ({ name: "karpenter/eu-north-1/demo/1234/demo_5678", tags });

/** The launch of a spot node by a launch template. */
export function nodeLaunch({ nodeTags, nodeRoleArn }: Installation, changes: Partial<Launch> = {}): Launch {
  return {
    made: {
      fleet: nodeTags,
      instance: nodeTags,
      volume: nodeTags,
      "network-interface": nodeTags,
      "spot-instances-request": nodeTags,
    },
    from: launchedFrom(launchTemplate(nodeTags)),
    roleArn: nodeRoleArn,
    ...changes,
  };
}

/** What a node is launched from, with this launch template. */
export function launchedFrom(template: Existing): readonly Existing[] {
  return [
    template,
    { type: "image", id: "ami-0123456789abcdef0" },
    { type: "snapshot", id: "snap-0123456789abcdef0" },
    { type: "subnet", id: "subnet-0123456789abcdef0", tags: { "karpenter.sh/discovery": "demo" } },
    { type: "security-group", id: "sg-0123456789abcdef0" },
  ];
}

/** A call on the interruption queue, or on another. */
export function onQueue(place: Place, action: string, arn: string): AccessRequest[] {
  return [ask(place, `sqs:${action}`, arn)];
}

/** All of it, by what the controller does. */
export function everydayCalls(installation: Installation): Readonly<Record<string, readonly AccessRequest[]>> {
  const { place, cluster, nodeTags, profileTags, nodeRoleArn, queueArn, queueKeyArn } = installation;
  const { partition, region, accountId } = place;
  const read = (action: string, resource = "*") => [ask(place, action, resource)];
  return {
    "make a launch template": createLaunchTemplate(place, nodeTags),
    "launch a node": createFleet(place, nodeLaunch(installation)),
    "name a node's instance": tag(place, instance(nodeTags), { Name: "node", "karpenter.sh/nodeclaim": "default-1" }),
    "end a node": onExisting(place, "ec2:TerminateInstances", instance(nodeTags)),
    "remove a launch template": onExisting(place, "ec2:DeleteLaunchTemplate", launchTemplate(nodeTags)),
    ...(installation.reboots ? { "reboot a node": onExisting(place, "ec2:RebootInstances", instance(nodeTags)) } : {}),
    ...(installation.instanceProfileMode === "karpenter"
      ? {
          "make a profile": onProfile(place, "iam:CreateInstanceProfile", profile(), { tags: profileTags }),
          "tag a profile": onProfile(place, "iam:TagInstanceProfile", profile(profileTags), { tags: profileTags }),
          "fill a profile": onProfile(place, "iam:AddRoleToInstanceProfile", profile(profileTags), {
            roleArn: nodeRoleArn,
          }),
          "empty a profile": onProfile(place, "iam:RemoveRoleFromInstanceProfile", profile(profileTags)),
          "remove a profile": onProfile(place, "iam:DeleteInstanceProfile", profile(profileTags)),
        }
      : {}),
    "look at a profile": onProfile(place, "iam:GetInstanceProfile", profile()),
    "pass the role of nodes": [passRole(place, nodeRoleArn)],
    "look at its cluster": read(
      "eks:DescribeCluster",
      `arn:${partition}:eks:${region}:${accountId}:cluster/${cluster}`,
    ),
    "look at instances": read("ec2:DescribeInstances"),
    "find the newest AMI": read(
      "ssm:GetParameter",
      `arn:${partition}:ssm:${region}::parameter/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/x86_64/standard/recommended/image_id`,
    ),
    "ask for prices": read("pricing:GetProducts"),
    "read its queue": ["GetQueueUrl", "ReceiveMessage", "DeleteMessage"].flatMap((action) =>
      onQueue(place, action, queueArn),
    ),
    "decrypt a message": read("kms:Decrypt", queueKeyArn),
  };
}
