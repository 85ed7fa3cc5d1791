/** What reasons in conditions of Karpenter's objects mean, and what to do; docs/pending-pods.md says more. */

/** By the reason; what is not here is said in the controller's own words. */
export const MEANINGS: Readonly<Record<string, string>> = {
  NodeClassNotFound: "the node class that it names is not there; correct nodeClassRef, or make the class",
  SubnetsNotFound: "its subnetSelectorTerms match nothing in this account and region; compare ids, or tags",
  SecurityGroupsNotFound:
    "its securityGroupSelectorTerms match nothing in this account and region; compare ids, or tags",
  AMINotFound: "there is no AMI for this alias, Kubernetes and architecture; take a release that has one",
  UnsupportedAlias: "the alias has no AMIs for this Kubernetes; take another AMI family",
  PlacementGroupNotFound: "its placement group is not there; make it, or correct the name",
  CreateFleetAuthCheckFailed:
    "the controller's role may not start fleets; CloudTrail names the policy, boundary or SCP",
  CreateLaunchTemplateAuthCheckFailed:
    "the controller's role may not make launch templates; CloudTrail names the policy, boundary or SCP",
  RunInstancesAuthCheckFailed:
    "the controller's role may not start instances; CloudTrail names the policy, boundary, SCP or key",
  TagValidationFailed: "its tags are among those that Karpenter keeps for itself; take them out",
  UserDataSizeLimitExceeded: "its user data is longer than the 16 KB of EC2; shorten it",
  NodePoolValidationFailed: "its requirements contradict each other, or the API of this release",
  NodeNotFound: "the instance has not joined: see access entry, security groups, way out and user data",
  NodeNotReady: "the node is there and not Ready: mostly its CNI does not run; look at kube-system",
  StartupTaintsExist: "nobody takes a startup taint away; whatever should does not run",
  ResourceNotRegistered: "a device that was asked for is not reported; install its device plugin",
};
