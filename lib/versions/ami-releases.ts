/**
 * Which releases of Amazon's AMIs have which Kubernetes. Amazon Linux: changelog of the EKS AMIs up to 14 July 2026
 * (https://github.com/awslabs/amazon-eks-ami/blob/main/CHANGELOG.md). Bottlerocket: its changelog up to 1.28.0
 * (https://github.com/bottlerocket-os/bottlerocket/blob/develop/CHANGELOG.md). Windows Server: the EKS user guide's page on
 * versions of Windows AMIs, read in November 2026. What a table does not say is not held against anyone.
 */
export interface AmiReleases {
  /** The newest release that the table knows; a newer one may have any newer Kubernetes. */
  readonly newest?: string;
  /** The first release with a Kubernetes. One that is newer than all of these comes after {@link newest}. */
  readonly first?: Readonly<Record<string, string>>;
  /** The last release with a Kubernetes that AWS builds none for any more. */
  readonly last?: Readonly<Record<string, string>>;
  /** The first Kubernetes that the family has AMIs for. */
  readonly from?: string;
  /** The last one. */
  readonly to?: string;
}

/** By the family as an alias has it. */
export const AMI_RELEASES: Readonly<Record<string, AmiReleases>> = {
  al2023: {
    newest: "v20260714",
    first: {
      "1.28": "v20240213",
      "1.29": "v20240213",
      "1.30": "v20240514",
      "1.31": "v20240917",
      "1.32": "v20241225",
      "1.33": "v20250519",
      "1.34": "v20250915",
      "1.35": "v20260114",
      "1.36": "v20260610",
    },
    last: { "1.28": "v20251112", "1.29": "v20260318" },
  },
  al2: {
    last: {
      "1.28": "v20251112",
      "1.29": "v20251209",
      "1.30": "v20251209",
      "1.31": "v20251209",
      "1.32": "v20251209",
    },
    to: "1.32",
  },
  bottlerocket: {
    newest: "1.28.0",
    first: { "1.29": "1.18.0", "1.30": "1.20.0", "1.31": "1.22.0" },
  },
  windows2025: { from: "1.35" },
};

/** The release that messages and examples name: it has every Kubernetes that EKS supported when it appeared. */
export const NEWEST_AMI_ALIAS = `al2023@${AMI_RELEASES.al2023.newest}`;

/** The Kubernetes versions that AWS still built AMIs for when the table was made. */
export const SUPPORTED_KUBERNETES: readonly string[] = Object.keys(AMI_RELEASES.al2023.first ?? {}).filter(
  (kubernetes) => AMI_RELEASES.al2023.last?.[kubernetes] === undefined,
);

/** `33` of Kubernetes 1.33. */
export function kubernetesMinor(version: string): number {
  return Number(version.split(".")[1]);
}
