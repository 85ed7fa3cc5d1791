import { Token } from "cdktf";
import type { Warning } from "../inputs/acknowledged-warnings";
import { AMI_FAMILIES } from "../inputs/catalog/ami-families";
import { isFields, isKnownList, isKnownText } from "../terraform/known-values";
import {
  atRelease,
  DEFAULT_KARPENTER_VERSION,
  kubernetesMinor,
  mayBeTaken,
  minorVersionOf,
  NEWEST_AMI_ALIAS,
  releaseTakenFor,
  SUPPORTED_KUBERNETES,
} from "../versions";
import { amiAliases, lackOf } from "./ami-aliases";
import type { NodeObjects } from "./node-objects";
import type { Said } from "./said";

/** The AMI family of a node class: what it says, or the family of its alias; undefined where that is not known. */
export function familyOf({ fields }: Said): string | undefined {
  const aliases = [fields.amiAlias, ...termsOf(fields).map(({ alias }) => alias)].filter(isKnownText);
  const ofAlias = aliases.map((alias) => (AMI_FAMILIES as Readonly<Record<string, string>>)[alias.split("@")[0]]);
  const family = isKnownText(fields.amiFamily) ? fields.amiFamily : ofAlias[0];
  return family === "Custom" ? undefined : family;
}

/**
 * What hurts in the AMIs of a node class, as far as it is known at synth.
 *
 * @param isV1 whether an alias may name a release, as it does from Karpenter 1.0 on
 */
export function amiWarnings(nodeClass: Said, isV1: boolean): Warning[] {
  const { fields } = nodeClass;
  const terms = termsOf(fields);
  const aliases = [fields.amiAlias, ...terms.map(({ alias }) => alias)];
  const path = nodeClass.at("amiSelectorTerms");
  return [
    // The typed field alone allows it; a manifest is as its writer wants it.
    ...(aliases.some(isLatestByChoice) && (fields.allowLatestAmi === true || nodeClass.path.startsWith("manifests"))
      ? [
          {
            id: "karpenter-latest-ami" as const,
            text: `"${nodeClass.path}" takes the latest AMI: every node is replaced whenever AWS releases one; ${isV1 ? `name a release, "${NEWEST_AMI_ALIAS}"` : 'name AMIs by id, with "amiFamily"'}`,
          },
        ]
      : []),
    ...terms.flatMap((term, index) => [
      ...wildcardWarnings(`${path}[${index}].name`, term.name, isV1),
      ...["name", "ssmParameter"].flatMap((field) =>
        familyWarnings(`${path}[${index}].${field}`, term[field], nodeClass),
      ),
    ]),
  ];
}

/** Amazon's own AMIs by how their names, and the SSM parameters of their ids, begin. */
const NAMES_OF_FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^amazon-eks-node-al2023-|^\/aws\/service\/eks\/optimized-ami\/[^/]+\/amazon-linux-2023\//, "AL2023"],
  [
    /^amazon-eks-(gpu-node|arm64-node|node)-[0-9]|^\/aws\/service\/eks\/optimized-ami\/[^/]+\/amazon-linux-2[-/]/,
    "AL2",
  ],
  [/^bottlerocket-|^\/aws\/service\/bottlerocket\//, "Bottlerocket"],
  ...["2019", "2022", "2025"].map(
    (year) => [new RegExp(`^(/aws/service/ami-windows-latest/)?Windows_Server-${year}-`), `Windows${year}`] as const,
  ),
];

function familyWarnings(path: string, name: unknown, nodeClass: Said): Warning[] {
  const family = familyOf(nodeClass);
  const ofName = isKnownText(name) ? NAMES_OF_FAMILIES.find(([pattern]) => pattern.test(name))?.[1] : undefined;
  return family === undefined || ofName === undefined || family === ofName
    ? []
    : [
        {
          id: "karpenter-ami-family",
          text:
            `"${path}" is ${JSON.stringify(name)}, an AMI of ${ofName}, and "${nodeClass.at("amiFamily")}" is "${family}": its nodes ` +
            `are started in another way than they read, and do not join; say "${ofName}", or name an AMI of ${family}`,
        },
      ];
}

/** A name of Amazon's that ends in a release has what changes in it fixed; the architecture may be left open. */
const PINNED = /-v[0-9]{8}$|-v?[0-9]+[.][0-9]+[.][0-9]+-[0-9a-f]{8}$|-[0-9]{4}[.][0-9]{2}[.][0-9]{2}$/;

function wildcardWarnings(path: string, name: unknown, isV1: boolean): Warning[] {
  return isKnownText(name) &&
    /[*?]/.test(name) &&
    /^(amazon-eks-|amzn2?-|al2023-|bottlerocket-|Windows_Server-)/.test(name) &&
    !PINNED.test(name)
    ? [
        {
          id: "karpenter-ami-wildcard",
          text:
            `"${path}" is ${JSON.stringify(name)}: every node is replaced whenever AWS releases an AMI of such a name, and it may be ` +
            `one of another Kubernetes, whose nodes do not join; ${isV1 ? `take an alias, "${NEWEST_AMI_ALIAS}", or ` : ""}name a release`,
        },
      ]
    : [];
}

/** Aliases that lack some supported Kubernetes, where nothing is said of the cluster's. */
export function releaseWarnings(props: NodeObjects): Warning[] {
  const { kubernetesVersion, karpenterVersion = DEFAULT_KARPENTER_VERSION } = props;
  if (kubernetesVersion !== undefined || Token.isUnresolved(karpenterVersion) || !mayBeTaken(karpenterVersion)) {
    return [];
  }
  const { from, to } = atRelease(minorVersionOf(karpenterVersion).kubernetes, releaseTakenFor(karpenterVersion));
  const supported = SUPPORTED_KUBERNETES.filter(
    (kubernetes) =>
      kubernetesMinor(from) <= kubernetesMinor(kubernetes) && kubernetesMinor(kubernetes) <= kubernetesMinor(to),
  );
  return amiAliases(props).flatMap(({ path, alias }) => {
    const lacking = supported.filter((kubernetes) => lackOf(alias, kubernetes) !== undefined);
    return lacking.length === 0
      ? []
      : [
          {
            id: "karpenter-ami-release",
            text:
              `"${path}" is "${alias}", which has no AMI for Kubernetes ${lacking.join(", ")}: on such a cluster no node starts; ` +
              `take "${NEWEST_AMI_ALIAS}" or another that has, or give "kubernetesVersion", and it is held to that alone`,
          },
        ];
  });
}

function termsOf({ amiSelectorTerms }: Said["fields"]): Readonly<Record<string, unknown>>[] {
  return isKnownList(amiSelectorTerms) ? amiSelectorTerms.map((term) => (isFields(term) ? term : {})) : [];
}

/** Windows has no other release than the latest. */
function isLatestByChoice(alias: unknown): boolean {
  return isKnownText(alias) && /^(?!windows).*@latest$/.test(alias);
}
