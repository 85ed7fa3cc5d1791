import { AMI_FAMILIES } from "../inputs/catalog/ami-families";

/**
 * The family that an alias ending in `@latest` stands for before Karpenter 1.0, where a family without selector terms
 * takes the newest release. Undefined for a pinned release, which only an alias can say.
 */
export function amiFamilyOf(alias: string): string | undefined {
  const [family, release] = alias.split("@");
  return release === "latest" ? (AMI_FAMILIES as Readonly<Record<string, string>>)[family] : undefined;
}
