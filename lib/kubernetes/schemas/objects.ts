import { bool, json, list, map, number, object, oneOfStrings, quantity, string } from "./field";

const requirement = object(
  {
    key: string,
    operator: oneOfStrings("In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt", "Gte", "Lte"),
    values: list(string),
    minValues: number,
  },
  ["key", "operator"],
);

const taint = object(
  {
    key: string,
    value: string,
    effect: oneOfStrings("NoSchedule", "PreferNoSchedule", "NoExecute"),
    timeAdded: string,
  },
  ["key", "effect"],
);

/** {@link NodePool} of karpenter.sh/v1 as Karpenter 1.14 has it. */
export const nodePoolSchema = object({
  nodeClass: string,
  labels: map(string),
  annotations: map(string),
  requirements: list(requirement),
  taints: list(taint),
  startupTaints: list(taint),
  expireAfter: string,
  terminationGracePeriod: string,
  disruption: object({
    consolidationPolicy: oneOfStrings("WhenEmpty", "WhenEmptyOrUnderutilized", "Balanced"),
    consolidateAfter: string,
    budgets: list(
      object({
        nodes: string,
        schedule: string,
        duration: string,
        reasons: list(oneOfStrings("Underutilized", "Empty", "Drifted", "Unhealthy")),
      }),
    ),
  }),
  limits: map(quantity),
  replicas: number,
  weight: number,
  spec: json,
});

/** {@link NodeOverlay} of karpenter.sh/v1alpha1. */
export const nodeOverlaySchema = object({
  requirements: list(requirement),
  capacity: map(quantity),
  price: string,
  priceAdjustment: string,
  weight: number,
  spec: json,
});

const tags = map(string);
const reserved = map(quantity);

/** {@link NodeClass}: an EC2NodeClass of karpenter.k8s.aws/v1 as Karpenter 1.14 and 1.15 have it. */
export const nodeClassSchema = object({
  amiAlias: string,
  allowLatestAmi: bool,
  amiFamily: oneOfStrings("AL2", "AL2023", "Bottlerocket", "Custom", "Windows2019", "Windows2022", "Windows2025"),
  amiSelectorTerms: list(
    object({ alias: string, id: string, name: string, owner: string, ssmParameter: string, tags }),
  ),
  role: string,
  instanceProfile: string,
  subnetSelectorTerms: list(object({ id: string, tags })),
  securityGroupSelectorTerms: list(object({ id: string, name: string, tags })),
  capacityReservationSelectorTerms: list(
    object({ id: string, ownerID: string, instanceMatchCriteria: oneOfStrings("open", "targeted"), tags }),
  ),
  associatePublicIPAddress: bool,
  blockDeviceMappings: list(
    object({
      deviceName: string,
      rootVolume: bool,
      ebs: object({
        deleteOnTermination: bool,
        encrypted: bool,
        iops: number,
        kmsKeyID: string,
        snapshotID: string,
        throughput: number,
        volumeInitializationRate: number,
        volumeSize: string,
        volumeType: oneOfStrings("standard", "io1", "io2", "gp2", "sc1", "st1", "gp3"),
      }),
    }),
  ),
  connectionTracking: object({ tcpEstablishedTimeout: number, udpStreamTimeout: number, udpTimeout: number }),
  context: string,
  cpuOptions: object({ nestedVirtualization: oneOfStrings("enabled", "disabled") }),
  detailedMonitoring: bool,
  enclaveOptions: object({ enabled: bool }, ["enabled"]),
  instanceStorePolicy: oneOfStrings("RAID0"),
  ipPrefixCount: number,
  kubelet: object({
    clusterDNS: list(string),
    cpuCFSQuota: bool,
    evictionHard: map(string),
    evictionMaxPodGracePeriod: number,
    evictionSoft: map(string),
    evictionSoftGracePeriod: map(string),
    imageGCHighThresholdPercent: number,
    imageGCLowThresholdPercent: number,
    kubeReserved: reserved,
    maxPods: number,
    podsPerCore: number,
    systemReserved: reserved,
  }),
  metadataOptions: object({
    httpEndpoint: oneOfStrings("enabled", "disabled"),
    httpProtocolIPv6: oneOfStrings("enabled", "disabled"),
    httpPutResponseHopLimit: number,
    httpTokens: oneOfStrings("required", "optional"),
  }),
  networkInterfaces: list(
    object({ deviceIndex: number, networkCardIndex: number, interfaceType: oneOfStrings("interface", "efa-only") }, [
      "deviceIndex",
      "networkCardIndex",
      "interfaceType",
    ]),
  ),
  placementGroupSelector: object({ id: string, name: string }),
  tags,
  userData: string,
  spec: json,
});
