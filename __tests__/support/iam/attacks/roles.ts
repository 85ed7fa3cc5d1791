import type { Tags } from "../calls";
import { except, onProfile, passRole } from "../calls";
import { profile } from "../everyday-calls";
import type { Installation } from "../installation";
import { granting, onAnything, without } from "../loosening";
import type { Attack } from "./attack";
import { attack } from "./attack";

const PASSING = "AllowPassingInstanceRole";
const MAKING = "AllowScopedInstanceProfileCreationActions";
const TAGGING = "AllowScopedInstanceProfileTagActions";
const ACTIONS = "AllowScopedInstanceProfileActions";
const READING = "AllowInstanceProfileReadActions";

/** Passing other roles, or the nodes' role to others than EC2. */
export function passing({ place, nodeRoleArn, controllerRoleArn }: Installation): readonly Attack[] {
  const role = (name: string, accountId = place.accountId) => `arn:${place.partition}:iam::${accountId}:role/${name}`;
  const others = {
    "an administrator's role": role("admin"),
    "the controller's own role": controllerRoleArn,
    "the role of another cluster's nodes": role("other-karpenter-node"),
    "a role whose name begins like that of its nodes": `${nodeRoleArn}-admin`,
    "a role of the same name in another path": nodeRoleArn.replace("role/", "role/admin/"),
    "a role of the same name in another account": nodeRoleArn.replace(place.accountId, "444455556666"),
  };
  const services = [
    "lambda.amazonaws.com",
    "ecs-tasks.amazonaws.com",
    "ssm.amazonaws.com",
    "ec2.amazonaws.com.example",
  ];
  return [
    ...Object.entries(others).map(([name, arn]) =>
      attack(`passing ${name}`, [passRole(place, arn)], onAnything(PASSING)),
    ),
    ...services.map((service) =>
      attack(
        `passing the role of nodes to ${service}`,
        [passRole(place, nodeRoleArn, service)],
        without("iam:PassedToService", PASSING),
      ),
    ),
    attack(
      "passing the role of nodes to no service",
      [passRole(place, nodeRoleArn, "")],
      without("iam:PassedToService", PASSING),
    ),
  ];
}

/** Instance profiles: any in Terraform's mode, and others than the cluster's own where the controller makes them. */
export function instanceProfiles(installation: Installation): readonly Attack[] {
  const { place, nodeRoleArn, instanceProfileMode, profileTags } = installation;
  const foreignRole = `arn:${place.partition}:iam::${place.accountId}:role/admin`;
  const otherAccount = { ...place, accountId: "444455556666" };
  return [
    ...(instanceProfileMode === "terraform" ? inTerraformMode(installation) : inKarpenterMode(installation)),
    attack(
      "putting a foreign role into a profile",
      onProfile(place, "iam:AddRoleToInstanceProfile", profile(profileTags), { roleArn: foreignRole }),
      onAnything(PASSING),
      ...(instanceProfileMode === "terraform"
        ? [granting(place.principal.id, { Effect: "Allow", Action: "iam:AddRoleToInstanceProfile", Resource: "*" })]
        : []),
    ),
    attack(
      "looking at a profile of another account",
      onProfile(otherAccount, "iam:GetInstanceProfile", profile(profileTags)),
      onAnything(READING),
    ),
    attack(
      "taking the tags off a profile",
      onProfile(place, "iam:UntagInstanceProfile", profile(profileTags)),
      granting(place.principal.id, { Effect: "Allow", Action: "iam:UntagInstanceProfile", Resource: "*" }),
    ),
    ...["iam:AttachRolePolicy", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"].map((action) =>
      attack(
        `${action} on the role of nodes`,
        [{ ...passRole(place, nodeRoleArn, ""), action }],
        granting(place.principal.id, { Effect: "Allow", Action: "iam:*", Resource: "*" }),
      ),
    ),
  ];
}

/** What the controller does in the other mode, right in every other way. */
function inTerraformMode({ place, nodeRoleArn, profileTags }: Installation): readonly Attack[] {
  const attempt = (verb: string, action: string, given: Parameters<typeof onProfile>[3] = {}): Attack =>
    attack(
      `${verb} where Terraform makes it`,
      onProfile(place, action, profile(profileTags), given),
      granting(place.principal.id, { Effect: "Allow", Action: action, Resource: "*" }),
    );
  return [
    attempt("making a profile", "iam:CreateInstanceProfile", { tags: profileTags }),
    attempt("tagging a profile", "iam:TagInstanceProfile", { tags: profileTags }),
    attempt("filling a profile", "iam:AddRoleToInstanceProfile", { roleArn: nodeRoleArn }),
    attempt("emptying a profile", "iam:RemoveRoleFromInstanceProfile"),
    attempt("removing a profile", "iam:DeleteInstanceProfile"),
  ];
}

function inKarpenterMode(installation: Installation): readonly Attack[] {
  const { place, cluster, nodeRoleArn, profileTags, tagsClusterName } = installation;
  const owner = `kubernetes.io/cluster/${cluster}`;
  const [region, nodeClass] = ["topology.kubernetes.io/region", "karpenter.k8s.aws/ec2nodeclass"];
  const unowned = except(owner, profileTags);
  const classless = except(nodeClass, profileTags);
  const strangers: readonly (readonly [name: string, tags: Tags, key: string])[] = [
    ["with no tags", {}, "aws:ResourceTag/"],
    ["of another cluster", { ...unowned, "kubernetes.io/cluster/other": "owned" }, owner],
    ["of the cluster of this name in another region", { ...profileTags, [region]: "us-west-2" }, region],
    ["of no node class", classless, nodeClass],
    ["with the cluster's tag as Owned", { ...profileTags, [owner]: "Owned" }, owner],
  ];
  const onStrangers = (verb: string, action: string, given: Parameters<typeof onProfile>[3] = {}): Attack[] =>
    strangers.map(([name, tags, key]) =>
      attack(`${verb} a profile ${name}`, onProfile(place, action, profile(tags), given), without(key, ACTIONS)),
    );
  const made: readonly (readonly [name: string, tags: Tags, key: string])[] = [
    ["with no tags", {}, "aws:RequestTag/"],
    ["for another cluster", { ...unowned, "kubernetes.io/cluster/other": "owned" }, owner],
    ["for another region", { ...profileTags, [region]: "us-west-2" }, region],
    ["for no node class", classless, nodeClass],
    ...(tagsClusterName
      ? ([
          ["with another cluster's name", { ...profileTags, "eks:eks-cluster-name": "other" }, "eks:eks-cluster-name"],
        ] as const)
      : []),
  ];
  return [
    ...onStrangers("filling", "iam:AddRoleToInstanceProfile", { roleArn: nodeRoleArn }),
    ...onStrangers("emptying", "iam:RemoveRoleFromInstanceProfile"),
    ...onStrangers("removing", "iam:DeleteInstanceProfile"),
    ...made.map(([name, tags, key]) =>
      attack(
        `making a profile ${name}`,
        onProfile(place, "iam:CreateInstanceProfile", profile(), { tags }),
        without(key, MAKING),
      ),
    ),
    ...strangers.map(([name, tags, key]) =>
      attack(
        `adopting a profile ${name}`,
        onProfile(place, "iam:TagInstanceProfile", profile(tags), { tags: profileTags }),
        without(key.startsWith("aws:") ? key : `aws:ResourceTag/${key}`, TAGGING),
      ),
    ),
    ...made
      .slice(1)
      .map(([name, tags, key]) =>
        attack(
          `tagging its profile ${name}`,
          onProfile(place, "iam:TagInstanceProfile", profile(profileTags), { tags }),
          without(`aws:RequestTag/${key}`, TAGGING),
        ),
      ),
  ];
}
