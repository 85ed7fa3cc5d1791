import type { Tags } from "../calls";
import { createFleet, createLaunchTemplate, except, runInstances } from "../calls";
import { launchedFrom, launchTemplate, nodeLaunch } from "../everyday-calls";
import type { Installation } from "../installation";
import { onAnything, without } from "../loosening";
import type { Attack } from "./attack";
import { attack, inCase } from "./attack";

const MAKING = "AllowScopedEC2InstanceActionsWithTags";
const TAGGING = "AllowScopedResourceCreationTagging";
const TEMPLATES = "AllowScopedEC2LaunchTemplateAccessActions";
const ACCESS = "AllowScopedEC2InstanceAccessActions";

/** Launching what is not of this cluster, or by what is not. */
export function launching(installation: Installation): readonly Attack[] {
  const { place, cluster, nodeTags, tagsClusterName } = installation;
  const owner = `kubernetes.io/cluster/${cluster}`;
  const pool = "karpenter.sh/nodepool";
  const unowned = except(owner, nodeTags);
  const poolless = except(pool, nodeTags);
  const elsewhere = { ...place, region: "us-west-2" };

  /** A launch and a launch template, both with these tags on all that is made. */
  const madeWith = (name: string, tags: Tags, ...keptOutBy: Attack["keptOutBy"]): Attack[] => {
    const { made } = nodeLaunch(installation);
    const changed = Object.fromEntries(Object.keys(made).map((type) => [type, tags]));
    return [
      attack(`launching ${name}`, createFleet(place, nodeLaunch(installation, { made: changed })), ...keptOutBy),
      attack(`making a launch template ${name}`, createLaunchTemplate(place, tags), ...keptOutBy),
    ];
  };
  const partly = (type: string): Attack =>
    attack(
      `launching with no tags on the ${type}`,
      createFleet(place, nodeLaunch(installation, { made: { ...nodeLaunch(installation).made, [type]: {} } })),
      without("aws:RequestTag/", MAKING),
    );
  const by = (name: string, tags: Tags, ...keptOutBy: Attack["keptOutBy"]): Attack =>
    attack(
      `launching by a launch template ${name}`,
      createFleet(place, nodeLaunch(installation, { from: launchedFrom(launchTemplate(tags)) })),
      ...keptOutBy,
    );
  const ownership = without(owner, MAKING, TAGGING);
  const all = [MAKING, TAGGING, TEMPLATES, ACCESS];

  return [
    ...madeWith("with no tags", {}, without("aws:RequestTag/", MAKING)),
    ...madeWith("with foreign tags", { team: "platform" }, without("aws:RequestTag/", MAKING, TAGGING)),
    ...madeWith("without the cluster's tag", unowned, ownership),
    ...madeWith("without the node pool's tag", poolless, without(pool, MAKING, TAGGING)),
    ...madeWith("with another cluster's tag", { ...unowned, "kubernetes.io/cluster/other": "owned" }, ownership),
    ...madeWith("with the tag of a longer name", { ...unowned, [`${owner}-2`]: "owned" }, ownership),
    ...madeWith("with the cluster's tag as Owned", { ...nodeTags, [owner]: "Owned" }, ownership),
    ...madeWith("with the cluster's tag as shared", { ...nodeTags, [owner]: "shared" }, ownership),
    ...inCase(tagsClusterName, () => {
      const nameless = except("eks:eks-cluster-name", nodeTags);
      const naming = without("eks:eks-cluster-name", MAKING, TAGGING);
      return [
        ...madeWith("without the cluster's name", nameless, naming),
        ...madeWith("with another cluster's name", { ...nodeTags, "eks:eks-cluster-name": "other" }, naming),
        ...madeWith("with the cluster's name in capitals", { ...nodeTags, "eks:eks-cluster-name": "DEMO" }, naming),
      ];
    }),
    ...["fleet", "instance", "volume", "network-interface", "spot-instances-request"].map(partly),
    by("with no tags", {}, without("aws:ResourceTag/", TEMPLATES)),
    by("with foreign tags", { team: "platform" }, without("aws:ResourceTag/", TEMPLATES)),
    by("without the node pool's tag", poolless, without(pool, TEMPLATES)),
    by("of another cluster", { ...unowned, "kubernetes.io/cluster/other": "owned" }, without(owner, TEMPLATES)),
    by("with the cluster's tag as OWNED", { ...nodeTags, [owner]: "OWNED" }, without(owner, TEMPLATES)),
    attack("launching in another region", createFleet(elsewhere, nodeLaunch(installation)), onAnything(...all)),
    attack(
      "making a launch template in another region",
      createLaunchTemplate(elsewhere, nodeTags),
      onAnything(MAKING, TAGGING),
    ),
    attack(
      "launching without a launch template and without tags",
      runInstances(place, {
        made: { instance: {}, volume: {}, "network-interface": {} },
        from: launchedFrom(launchTemplate(nodeTags)).slice(1),
      }),
      without("aws:RequestTag/", MAKING),
    ),
    attack(
      "launching with a key pair to log in by",
      runInstances(place, {
        made: { instance: nodeTags, volume: nodeTags, "network-interface": nodeTags },
        from: [...launchedFrom(launchTemplate(nodeTags)), { type: "key-pair", id: "mine" }],
      }),
      onAnything(ACCESS),
    ),
  ];
}
