/** Tags to select by; `*` as a value takes any. */
export type SelectorTags = Readonly<Record<string, string>>;

/** Which AMIs nodes are made of. */
export interface AmiSelectorTerm {
  readonly alias?: string;
  readonly id?: string;
  readonly name?: string;
  readonly owner?: string;
  readonly ssmParameter?: string;
  readonly tags?: SelectorTags;
}

/** Which subnets nodes are started in. */
export interface SubnetSelectorTerm {
  readonly id?: string;
  readonly tags?: SelectorTags;
}

/** Which security groups nodes are in. */
export interface SecurityGroupSelectorTerm {
  readonly id?: string;
  readonly name?: string;
  readonly tags?: SelectorTags;
}

/** Which capacity reservations nodes may use. */
export interface CapacityReservationSelectorTerm {
  readonly id?: string;
  /** An account of 12 digits. */
  readonly ownerID?: string;
  readonly instanceMatchCriteria?: "open" | "targeted";
  readonly tags?: SelectorTags;
}

/** A volume of a node. */
export interface BlockDeviceMapping {
  /** `/dev/xvda`. */
  readonly deviceName?: string;
  readonly rootVolume?: boolean;
  readonly ebs?: {
    readonly deleteOnTermination?: boolean;
    readonly encrypted?: boolean;
    readonly iops?: number;
    readonly kmsKeyID?: string;
    readonly snapshotID?: string;
    /** MiB a second. */
    readonly throughput?: number;
    /** MiB a second, 100 to 300; needs a snapshot. */
    readonly volumeInitializationRate?: number;
    /** `"100Gi"`. */
    readonly volumeSize?: string;
    readonly volumeType?: "standard" | "io1" | "io2" | "gp2" | "sc1" | "st1" | "gp3";
  };
}

/** The kubelet of a node. */
export interface Kubelet {
  readonly clusterDNS?: readonly string[];
  readonly cpuCFSQuota?: boolean;
  readonly evictionHard?: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly evictionMaxPodGracePeriod?: number;
  readonly evictionSoft?: Readonly<Record<string, string>>;
  readonly evictionSoftGracePeriod?: Readonly<Record<string, string>>;
  readonly imageGCHighThresholdPercent?: number;
  readonly imageGCLowThresholdPercent?: number;
  readonly kubeReserved?: Readonly<Record<string, string>>;
  readonly maxPods?: number;
  readonly podsPerCore?: number;
  readonly systemReserved?: Readonly<Record<string, string>>;
}

/**
 * A node class: how EC2 makes Karpenter's nodes. The API's own words; role or instance profile, subnets and security
 * groups come from the AWS side unless they are given here.
 * https://karpenter.sh/docs/concepts/nodeclasses/
 */
export interface NodeClass {
  /**
   * The AMIs by family and release, `al2023@v20251108`. `@latest` replaces every node whenever AWS releases an AMI, and is
   * refused unless `allowLatestAmi` says so.
   *
   * @default - `amiSelectorTerms` must be given
   */
  readonly amiAlias?: string;
  /**
   * Whether an AMI alias may end in `@latest`.
   *
   * @default false
   */
  readonly allowLatestAmi?: boolean;
  readonly amiFamily?: "AL2" | "AL2023" | "Bottlerocket" | "Custom" | "Windows2019" | "Windows2022" | "Windows2025";
  readonly amiSelectorTerms?: readonly AmiSelectorTerm[];
  /**
   * The name of the nodes' role, not its ARN.
   *
   * @default - from the AWS side
   */
  readonly role?: string;
  /**
   * The name of the nodes' instance profile.
   *
   * @default - from the AWS side
   */
  readonly instanceProfile?: string;
  /** @default - the subnets of the AWS side, by id */
  readonly subnetSelectorTerms?: readonly SubnetSelectorTerm[];
  /** @default - the security groups of the AWS side, by id */
  readonly securityGroupSelectorTerms?: readonly SecurityGroupSelectorTerm[];
  readonly capacityReservationSelectorTerms?: readonly CapacityReservationSelectorTerm[];
  readonly associatePublicIPAddress?: boolean;
  readonly blockDeviceMappings?: readonly BlockDeviceMapping[];
  /** Seconds. */
  readonly connectionTracking?: {
    readonly tcpEstablishedTimeout?: number;
    readonly udpStreamTimeout?: number;
    readonly udpTimeout?: number;
  };
  readonly context?: string;
  readonly cpuOptions?: { readonly nestedVirtualization?: "enabled" | "disabled" };
  readonly detailedMonitoring?: boolean;
  /** Karpenter 1.15 and later. */
  readonly enclaveOptions?: { readonly enabled: boolean };
  readonly instanceStorePolicy?: "RAID0";
  readonly ipPrefixCount?: number;
  readonly kubelet?: Kubelet;
  /** @default - IMDSv2 only, one hop */
  readonly metadataOptions?: {
    readonly httpEndpoint?: "enabled" | "disabled";
    readonly httpProtocolIPv6?: "enabled" | "disabled";
    readonly httpPutResponseHopLimit?: number;
    readonly httpTokens?: "required" | "optional";
  };
  readonly networkInterfaces?: readonly {
    readonly deviceIndex: number;
    readonly networkCardIndex: number;
    readonly interfaceType: "interface" | "efa-only";
  }[];
  readonly placementGroupSelector?: { readonly id?: string; readonly name?: string };
  /** Tags of instances, volumes and launch templates. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly userData?: string;
  /**
   * More of the object's `spec` in the API's own form; what is set above wins.
   *
   * @default - none
   */
  readonly spec?: Readonly<Record<string, unknown>>;
}
