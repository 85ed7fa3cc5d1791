import { AMI_FAMILIES } from "../inputs/catalog/ami-families";
import { isFields, isKnownList, isKnownText } from "../terraform/known-values";
import type { Said } from "./said";

/** The AMI family of a node class: what it says, or the family of its alias; undefined where that is not known. */
export function familyOf({ fields }: Said): string | undefined {
  const terms = isKnownList(fields.amiSelectorTerms) ? fields.amiSelectorTerms : [];
  const aliases = [fields.amiAlias, ...terms.map((term) => (isFields(term) ? term.alias : undefined))].filter(
    isKnownText,
  );
  const ofAlias = aliases.map((alias) => (AMI_FAMILIES as Readonly<Record<string, string>>)[alias.split("@")[0]]);
  const family = isKnownText(fields.amiFamily) ? fields.amiFamily : ofAlias[0];
  return family === "Custom" ? undefined : family;
}

/** What says by its pattern of which family an AMI is. */
export interface NamedFamily {
  readonly pattern: string;
  readonly family: string;
}

/** Amazon's own AMIs by how their names, and the SSM parameters of their ids, begin. */
export const NAMED_FAMILIES: readonly NamedFamily[] = [
  {
    pattern: "^amazon-eks-node-al2023-|^/aws/service/eks/optimized-ami/[^/]+/amazon-linux-2023/",
    family: "AL2023",
  },
  {
    pattern: "^amazon-eks-(gpu-node|arm64-node|node)-[0-9]|^/aws/service/eks/optimized-ami/[^/]+/amazon-linux-2[-/]",
    family: "AL2",
  },
  { pattern: "^bottlerocket-|^/aws/service/bottlerocket/", family: "Bottlerocket" },
  ...["2019", "2022", "2025"].map((year) => ({
    pattern: `^(/aws/service/ami-windows-latest/)?Windows_Server-${year}-`,
    family: `Windows${year}`,
  })),
];

/** The family of Amazon's AMI of this name, or whose id stands in this SSM parameter. */
export function namedFamily(value: string): string | undefined {
  return NAMED_FAMILIES.find(({ pattern }) => new RegExp(pattern).test(value))?.family;
}
