/** What `amiFamily` says for the family of an AMI alias. */
const FAMILIES: Readonly<Record<string, string>> = {
  al2: "AL2",
  al2023: "AL2023",
  bottlerocket: "Bottlerocket",
  windows2019: "Windows2019",
  windows2022: "Windows2022",
  windows2025: "Windows2025",
};

/**
 * The family that an alias ending in `@latest` stands for before Karpenter 1.0, where a family without selector terms
 * takes the newest release. Undefined for a pinned release, which only an alias can say.
 */
export function amiFamilyOf(alias: string): string | undefined {
  const [family, release] = alias.split("@");
  return release === "latest" ? FAMILIES[family] : undefined;
}
