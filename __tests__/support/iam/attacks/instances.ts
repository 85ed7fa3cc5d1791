import type { Existing, Tags } from "../calls";
import { ask, ec2Arn, except, onExisting, tag } from "../calls";
import { instance, launchTemplate } from "../everyday-calls";
import type { Installation } from "../installation";
import type { Loosening } from "../loosening";
import { alsoAllowing, granting, onAnything, without } from "../loosening";
import type { Attack } from "./attack";
import { attack, inCase } from "./attack";

const DELETION = "AllowScopedDeletion";
const REBOOT = "AllowScopedReboot";
const TAGGING = "AllowScopedResourceTagging";

/** Ending, rebooting, tagging and adopting instances that are not this cluster's, or as no controller would. */
export function onInstances(installation: Installation): readonly Attack[] {
  const { place, cluster, nodeTags, tagsClusterName, reboots } = installation;
  const owner = `kubernetes.io/cluster/${cluster}`;
  const pool = "karpenter.sh/nodepool";
  const unowned = except(owner, nodeTags);
  const poolless = except(pool, nodeTags);
  const elsewhere = { ...place, region: "us-west-2" };

  /** Things with tags that do not make them the cluster's, and what in a statement tells that. */
  const strangers: readonly (readonly [name: string, tags: Tags, key: string])[] = [
    ["with no tags", {}, "aws:ResourceTag/"],
    ["with foreign tags", { team: "platform" }, "aws:ResourceTag/"],
    ["of another cluster", { ...unowned, "kubernetes.io/cluster/other": "owned" }, owner],
    ["of a cluster of a longer name", { ...unowned, [`${owner}-2`]: "owned" }, owner],
    ["that the cluster shares", { ...nodeTags, [owner]: "shared" }, owner],
    ["with the cluster's tag as Owned", { ...nodeTags, [owner]: "Owned" }, owner],
    ["of the cluster but of no node pool", poolless, pool],
  ];
  const against = (
    verb: string,
    action: string,
    sid: string,
    what: string,
    made: (tags: Tags) => Existing,
  ): Attack[] => [
    ...strangers.map(([name, tags, key]) =>
      attack(`${verb} ${what} ${name}`, onExisting(place, action, made(tags)), without(key, sid)),
    ),
    attack(`${verb} ${what} in another region`, onExisting(elsewhere, action, made(nodeTags)), onAnything(sid)),
  ];
  const setting = (name: string, existing: Existing, tags: Tags, ...keptOutBy: readonly Loosening[]): Attack =>
    attack(name, tag(place, existing, tags), ...keptOutBy);
  const adopted = { [owner]: "owned", [pool]: "default" };
  const [anyTag, anyKey] = [without("aws:ResourceTag/", TAGGING), without("aws:TagKeys", TAGGING)];
  const naming = { Name: "node" };
  const volume: Existing = { type: "volume", id: "vol-0123456789abcdef0", tags: nodeTags };

  return [
    ...against("ending", "ec2:TerminateInstances", DELETION, "an instance", instance),
    attack(
      "ending an instance of its own together with another",
      onExisting(place, "ec2:TerminateInstances", instance(nodeTags), { ...instance({}), id: "i-0fedcba9876543210" }),
      without("aws:ResourceTag/", DELETION),
    ),
    ...against("removing", "ec2:DeleteLaunchTemplate", DELETION, "a launch template", launchTemplate),
    ...inCase(reboots, () => against("rebooting", "ec2:RebootInstances", REBOOT, "an instance", instance)),
    ...inCase(!reboots, () => [
      attack(
        "rebooting where nodes are not rebooted",
        onExisting(place, "ec2:RebootInstances", instance(nodeTags)),
        alsoAllowing(["ec2:RebootInstances"], DELETION),
      ),
    ]),
    ...["ec2:StopInstances", "ec2:ModifyInstanceAttribute", "ec2:CreateLaunchTemplateVersion", "ec2:DeleteTags"].map(
      (action) =>
        attack(
          `${action} on what is its own`,
          onExisting(place, action, action.includes("LaunchTemplate") ? launchTemplate(nodeTags) : instance(nodeTags)),
          alsoAllowing([action], DELETION),
        ),
    ),
    ...strangers.map(([name, tags, key]) =>
      setting(`naming an instance ${name}`, instance(tags), naming, without(key, TAGGING)),
    ),
    setting("adopting an instance with no tags", instance({}), adopted, anyTag, anyKey),
    setting(
      "adopting another cluster's instance",
      instance({ ...nodeTags, [owner]: "shared" }),
      adopted,
      without(owner, TAGGING),
      anyKey,
    ),
    setting(
      "giving its instance another cluster's tag",
      instance(nodeTags),
      { "kubernetes.io/cluster/other": "owned" },
      anyKey,
    ),
    setting("giving its instance any other tag", instance(nodeTags), { ...naming, team: "platform" }, anyKey),
    setting("giving its instance a name under a key in capitals", instance(nodeTags), { NAME: "node" }, anyKey),
    ...inCase(tagsClusterName, () => [
      setting(
        "giving its instance another cluster's name",
        instance(nodeTags),
        { "eks:eks-cluster-name": "other" },
        without("eks:eks-cluster-name", TAGGING),
      ),
    ]),
    setting("naming a volume", volume, naming, onAnything(TAGGING)),
    setting(
      "opening a subnet to its cluster",
      { type: "subnet", id: "subnet-0123456789abcdef0" },
      { "karpenter.sh/discovery": cluster },
      anyTag,
      anyKey,
      onAnything(TAGGING),
    ),
    setting(
      "opening a security group to its cluster",
      { type: "security-group", id: "sg-0123456789abcdef0" },
      { "karpenter.sh/discovery": cluster },
      anyTag,
      anyKey,
      onAnything(TAGGING),
    ),
    attack("naming an instance in another region", tag(elsewhere, instance(nodeTags), naming), onAnything(TAGGING)),
    attack(
      "tagging what another call makes",
      [
        ask(place, "ec2:CreateTags", ec2Arn(place, "volume", "*"), {
          ...Object.fromEntries(Object.entries(nodeTags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
          "aws:TagKeys": Object.keys(nodeTags),
          "ec2:CreateAction": "CreateVolume",
        }),
      ],
      without("ec2:CreateAction", "AllowScopedResourceCreationTagging"),
    ),
    attack(
      "reading the instance's user data",
      onExisting(place, "ec2:DescribeInstanceAttribute", instance(nodeTags)),
      granting(place.principal.id, { Effect: "Allow", Action: "ec2:Describe*", Resource: "*" }),
    ),
  ];
}
