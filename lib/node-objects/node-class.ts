import type { KubeletConfiguration } from "../versions/kubelet-fields";
import type { ObjectMetadata } from "./node-pool";

/** Tags to select by; `*` as a value takes any. */
export type SelectorTags = Readonly<Record<string, string>>;

/** Which AMIs nodes are made of. */
export interface AmiSelectorTerm {
  /**
   * Family and release of AMIs that AWS makes, `al2023@v20260714`; it stands alone. Since Karpenter 1.0.
   *
   * @default - none
   */
  readonly alias?: string;
  /**
   * The AMI's id, `ami-0123456789abcdef0`; nothing else stands beside it.
   *
   * @default - none
   */
  readonly id?: string;
  /**
   * The AMI's name; `*` and `?` are wildcards.
   *
   * @default - none
   */
  readonly name?: string;
  /**
   * The account that owns the AMI: its id, `self` or `amazon`.
   *
   * @default - `self` and `amazon`
   */
  readonly owner?: string;
  /**
   * The name or ARN of an SSM parameter that holds the AMI's id. Since Karpenter 1.4.
   *
   * @default - none
   */
  readonly ssmParameter?: string;
  /**
   * Tags of the AMI, all of which it has; up to 20.
   *
   * @default - none
   */
  readonly tags?: SelectorTags;
}

/** Which subnets nodes are started in. */
export interface SubnetSelectorTerm {
  /**
   * The subnet's id; no tags stand beside it.
   *
   * @default - none
   */
  readonly id?: string;
  /**
   * Tags of the subnets, all of which they have; up to 20.
   *
   * @default - none
   */
  readonly tags?: SelectorTags;
}

/** Which security groups nodes are in. */
export interface SecurityGroupSelectorTerm {
  /**
   * The security group's id; nothing else stands beside it.
   *
   * @default - none
   */
  readonly id?: string;
  /**
   * The security group's name, not its Name tag.
   *
   * @default - none
   */
  readonly name?: string;
  /**
   * Tags of the security groups, all of which they have; up to 20.
   *
   * @default - none
   */
  readonly tags?: SelectorTags;
}

/** Which capacity reservations nodes may use. */
export interface CapacityReservationSelectorTerm {
  /**
   * The reservation's id, `cr-0123456789abcdef0`; nothing else stands beside it.
   *
   * @default - none
   */
  readonly id?: string;
  /**
   * The account that owns the reservation, 12 digits.
   *
   * @default - any
   */
  readonly ownerID?: string;
  /**
   * Whether the reservation takes any instance that fits, or only those that name it. Since Karpenter 1.8.
   *
   * @default - both
   */
  readonly instanceMatchCriteria?: "open" | "targeted";
  /**
   * Tags of the reservations, all of which they have; up to 20.
   *
   * @default - none
   */
  readonly tags?: SelectorTags;
}

/** A volume of a node. */
export interface BlockDeviceMapping {
  /**
   * The device's name as the AMI has it, `/dev/xvda`.
   */
  readonly deviceName?: string;
  /**
   * Whether the kubelet keeps its data there, one volume at most; decides ephemeral storage.
   *
   * @default false
   */
  readonly rootVolume?: boolean;
  /**
   * The EBS volume.
   *
   * @default - as the AMI has it
   */
  readonly ebs?: {
    /**
     * Whether the volume goes with the instance.
     *
     * @default - as EC2 has it
     */
    readonly deleteOnTermination?: boolean;
    /**
     * Whether the volume is encrypted.
     *
     * @default - as the snapshot or the account has it
     */
    readonly encrypted?: boolean;
    /**
     * Input and output operations a second; for io1, io2 and gp3.
     *
     * @default - as EC2 has it
     */
    readonly iops?: number;
    /**
     * Id, alias or ARN of the key that the volume is encrypted with; needs `encrypted`.
     *
     * @default - the account's key for EBS
     */
    readonly kmsKeyID?: string;
    /**
     * The snapshot that the volume is made of.
     *
     * @default - as the AMI has it
     */
    readonly snapshotID?: string;
    /**
     * MiB a second; for gp3.
     *
     * @default - as EC2 has it
     */
    readonly throughput?: number;
    /**
     * MiB a second at which the snapshot is read, 100 to 300; needs a snapshot.
     *
     * @default - as EC2 has it
     */
    readonly volumeInitializationRate?: number;
    /**
     * The size as a Kubernetes quantity with a unit, `"100Gi"`.
     *
     * @default - as the snapshot has it
     */
    readonly volumeSize?: string;
    /**
     * The type of volume.
     *
     * @default - as the AMI has it
     */
    readonly volumeType?: "standard" | "io1" | "io2" | "gp2" | "sc1" | "st1" | "gp3";
  };
}

/** The kubelet of a node; beside these, Karpenter takes every field of the kubelet's own configuration from 1.15 on. */
export interface Kubelet extends Omit<KubeletConfiguration, "maxPods"> {
  /**
   * IP addresses of the cluster's DNS servers.
   *
   * @default - Karpenter finds it out
   */
  readonly clusterDNS?: readonly string[];
  /**
   * Whether limits of cpu are enforced.
   *
   * @default true
   */
  readonly cpuCFSQuota?: boolean;
  /**
   * Thresholds at which pods are evicted at once, `{ "memory.available": "5%" }`: quantities or percentages.
   *
   * @default - the kubelet's
   */
  readonly evictionHard?: Readonly<Record<string, string>>;
  /**
   * How long pods may take to end at a soft eviction at most, in seconds.
   *
   * @default - the kubelet's
   */
  readonly evictionMaxPodGracePeriod?: number;
  /**
   * Thresholds at which pods are evicted after a while: quantities or percentages.
   *
   * @default - none
   */
  readonly evictionSoft?: Readonly<Record<string, string>>;
  /**
   * How long a soft threshold may be passed, `{ "memory.available": "1m" }`; one for each of `evictionSoft`.
   *
   * @default - none
   */
  readonly evictionSoftGracePeriod?: Readonly<Record<string, string>>;
  /**
   * From how full a disk on images are removed, in percent.
   *
   * @default - the kubelet's, 85
   */
  readonly imageGCHighThresholdPercent?: number;
  /**
   * Down to how full a disk images are removed, in percent.
   *
   * @default - the kubelet's, 80
   */
  readonly imageGCLowThresholdPercent?: number;
  /**
   * What is kept for Kubernetes' own processes: cpu, memory, ephemeral-storage, pid.
   *
   * @default - Karpenter computes it
   */
  readonly kubeReserved?: Readonly<Record<string, string>>;
  /**
   * How many pods a node takes at most; from Karpenter 1.15 on also CEL, with the feature gate `nodeClassCEL`.
   *
   * @default - what its network interfaces allow
   */
  readonly maxPods?: number | string;
  /**
   * How many pods a node takes for each core.
   *
   * @default - no such limit
   */
  readonly podsPerCore?: number;
  /**
   * What is kept for the system's processes: cpu, memory, ephemeral-storage, pid.
   *
   * @default - none
   */
  readonly systemReserved?: Readonly<Record<string, string>>;
}

/**
 * A node class: how EC2 makes Karpenter's nodes. The API's own words; role or instance profile, subnets and security
 * groups come from the AWS side unless they are given here.
 * https://karpenter.sh/docs/concepts/nodeclasses/
 */
export interface NodeClass {
  /**
   * The AMIs by family and release, `al2023@v20260714`. `@latest` replaces every node whenever AWS releases an AMI, and is
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
  /**
   * How the AMIs start a node: decides user data and block devices.
   *
   * @default - as the alias says; must be given with other terms
   */
  readonly amiFamily?: "AL2" | "AL2023" | "Bottlerocket" | "Custom" | "Windows2019" | "Windows2022" | "Windows2025";
  /**
   * Which AMIs nodes are made of: those that any of up to 30 terms selects, the newest first.
   *
   * @default - as `amiAlias` says
   */
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
  /**
   * Which subnets nodes are started in: those that any of up to 30 terms selects.
   *
   * @default - the subnets of the AWS side, by id
   */
  readonly subnetSelectorTerms?: readonly SubnetSelectorTerm[];
  /**
   * Which security groups nodes are in: those that any of up to 30 terms selects.
   *
   * @default - the security groups of the AWS side, by id
   */
  readonly securityGroupSelectorTerms?: readonly SecurityGroupSelectorTerm[];
  /**
   * Which capacity reservations nodes may use: those that any of up to 30 terms selects. Since Karpenter 1.3.
   *
   * @default - none
   */
  readonly capacityReservationSelectorTerms?: readonly CapacityReservationSelectorTerm[];
  /**
   * Whether nodes get a public IP address. Since Karpenter 0.35.
   *
   * @default - as the subnet has it
   */
  readonly associatePublicIPAddress?: boolean;
  /**
   * The volumes of a node, up to 50.
   *
   * @default - as Karpenter has them for the AMI family
   */
  readonly blockDeviceMappings?: readonly BlockDeviceMapping[];
  /**
   * How long idle connections are tracked, in seconds. Since Karpenter 1.13.
   *
   * @default - as EC2 has it
   */
  readonly connectionTracking?: {
    /**
     * Seconds, 60 to 432,000.
     *
     * @default - as EC2 has it
     */
    readonly tcpEstablishedTimeout?: number;
    /**
     * Seconds, 60 to 180.
     *
     * @default - as EC2 has it
     */
    readonly udpStreamTimeout?: number;
    /**
     * Seconds, 30 to 60.
     *
     * @default - as EC2 has it
     */
    readonly udpTimeout?: number;
  };
  /**
   * A field of EC2's CreateFleet that is passed on as it is.
   *
   * @default - none
   */
  readonly context?: string;
  /**
   * Whether nodes can run virtual machines. Since Karpenter 1.13.
   *
   * @default - as EC2 has it
   */
  readonly cpuOptions?: {
    /** Whether instances may run virtual machines themselves. */
    readonly nestedVirtualization?: "enabled" | "disabled";
  };
  /**
   * Whether CloudWatch gets figures by the minute.
   *
   * @default false
   */
  readonly detailedMonitoring?: boolean;
  /**
   * Whether nodes can run Nitro enclaves. Since Karpenter 1.15.
   *
   * @default - as EC2 has it
   */
  readonly enclaveOptions?: {
    /** Whether they can. */
    readonly enabled: boolean;
  };
  /**
   * What becomes of the disks in the instance: one RAID 0 for pods and images. Since Karpenter 0.34.
   *
   * @default - they stay unused
   */
  readonly instanceStorePolicy?: "RAID0";
  /**
   * How many IP prefixes a network interface starts with. Since Karpenter 1.8.
   *
   * @default - none
   */
  readonly ipPrefixCount?: number;
  /**
   * The kubelet of the nodes; of the pool before Karpenter 1.0, where it is written for each pool of this class.
   *
   * @default - Karpenter's and the kubelet's defaults
   */
  readonly kubelet?: Kubelet;
  /**
   * The instance metadata service.
   *
   * @default - IMDSv2 only, one hop
   */
  readonly metadataOptions?: {
    /**
     * Whether there is one.
     *
     * @default "enabled"
     */
    readonly httpEndpoint?: "enabled" | "disabled";
    /**
     * Whether it answers on IPv6.
     *
     * @default "disabled"
     */
    readonly httpProtocolIPv6?: "enabled" | "disabled";
    /**
     * How many hops an answer may take, 1 to 64; with 1 pods do not reach it.
     *
     * @default 1
     */
    readonly httpPutResponseHopLimit?: number;
    /**
     * Whether a token is needed, which IMDSv2 has.
     *
     * @default "required"
     */
    readonly httpTokens?: "required" | "optional";
  };
  /**
   * The network interfaces of a node, up to 150; for EFA. Since Karpenter 1.11.
   *
   * @default - one, or as requests for EFA ask
   */
  readonly networkInterfaces?: readonly {
    /**
     * From 0.
     */
    readonly deviceIndex: number;
    /**
     * From 0.
     */
    readonly networkCardIndex: number;
    /**
     * With an IP address, or for EFA alone.
     */
    readonly interfaceType: "interface" | "efa-only";
  }[];
  /**
   * The placement group that nodes are started in, by id or by name. Since Karpenter 1.11.
   *
   * @default - none
   */
  readonly placementGroupSelector?: {
    /** The group's id, `pg-…`; either this or its name. */
    readonly id?: string;
    /** The group's name. */
    readonly name?: string;
  };
  /**
   * Tags of instances, volumes and launch templates.
   *
   * @default - Karpenter's own only
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * What a node runs or reads at its start: MIME or shell, TOML for Bottlerocket, PowerShell for Windows, YAML of nodeadm.
   *
   * @default - what Karpenter makes for the AMI family
   */
  readonly userData?: string;
  /**
   * Labels and annotations of the object itself.
   *
   * @default - none of one's own
   */
  readonly metadata?: ObjectMetadata;
  /**
   * More of the object's `spec` in the API's own form. It wins over what comes from the AWS side, a role over the instance
   * profile, too; what is set above wins over it: maps key by key, everything else as a whole.
   *
   * @default - none
   */
  readonly spec?: Readonly<Record<string, unknown>>;
}
