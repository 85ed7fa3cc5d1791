import { all, any, given, is, not, passes, predicate, sized, some } from "../inputs/predicate";
import { NEWEST_AMI_ALIAS } from "../versions";
import type { ObjectPart } from "./object-parts";
import type { WarningRule } from "../inputs/warning-rule";

/** Windows has no other release than the latest. */
const hasLatest = some("aliases", passes("alias", { matches: "@latest$", notMatching: "^windows" }));
/** The typed field alone allows it; a manifest is as its writer wants it. */
const mayHaveLatest = any(is("allowLatestAmi", true), is("isManifest", true));

function latest(inV1: boolean, remedy: string): WarningRule<ObjectPart> {
  return {
    inV1,
    id: "karpenter-latest-ami",
    of: "nodeClass",
    text: `"{}" takes the latest AMI: every node is replaced whenever AWS releases one; ${remedy}`,
    isRight: not(all(hasLatest, mayHaveLatest)),
  };
}

/** A name of Amazon's that ends in a release has what changes in it fixed; the architecture may be left open. */
const PINNED = "-v[0-9]{8}$|-v?[0-9]+[.][0-9]+[.][0-9]+-[0-9a-f]{8}$|-[0-9]{4}[.][0-9]{2}[.][0-9]{2}$";

const isWildcard = all(
  passes("value", { matches: "[*?]", notMatching: PINNED }),
  passes("value", { matches: "^(amazon-eks-|amzn2?-|al2023-|bottlerocket-|Windows_Server-)" }),
);

function wildcard(inV1: boolean, remedy: string): WarningRule<ObjectPart> {
  return {
    inV1,
    id: "karpenter-ami-wildcard",
    of: "amiName",
    text:
      '"{}" is <value>: every node is replaced whenever AWS releases an AMI of such a name, and it may be ' +
      `one of another Kubernetes, whose nodes do not join; ${remedy}`,
    isRight: not(isWildcard),
  };
}

const hasNamedFamily = predicate(
  ({ named, family }) => named === family,
  (at) => `${at("named")} == ${at("family")}`,
);

/** What hurts in the AMIs of a node class. An alias may name a release in v1 only. */
export const amiRules: readonly WarningRule<ObjectPart>[] = [
  latest(true, `name a release, "${NEWEST_AMI_ALIAS}"`),
  latest(false, 'name AMIs by id, with "amiFamily"'),
  wildcard(true, `take an alias, "${NEWEST_AMI_ALIAS}", or name a release`),
  wildcard(false, "name a release"),
  {
    id: "karpenter-ami-family",
    of: "amiName",
    text:
      '"{}" is <value>, an AMI of <named>, and <familyPath> is <family>: its nodes are started in another way than they read, ' +
      "and do not join; say <named>, or name an AMI of <family>",
    isRight: any(not(all(given("named"), given("family"))), hasNamedFamily),
  },
  {
    id: "karpenter-ami-release",
    of: "amiAlias",
    text:
      '"{}" is <alias>, which has no AMI for Kubernetes <lacking>: on such a cluster no node starts; take ' +
      `"${NEWEST_AMI_ALIAS}" or another that has, or give <kubernetesVersion>, and it is held to that alone`,
    isRight: sized("lacking", { max: 0 }),
    words: {
      lacking: {
        of: ({ lacking }) => (lacking as readonly string[]).join(", "),
        terraform: (at) => `join(", ", ${at("lacking")})`,
      },
      kubernetesVersion: {
        of: () => '"kubernetesVersion"',
        terraform: (_, nameOf) => `jsonencode("${nameOf("kubernetesVersion")}")`,
      },
    },
  },
];
