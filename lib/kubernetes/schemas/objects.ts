import * as values from "../../rules/values";
import { bool, json, list, map, number, numeric, object, oneOfStrings, quantity, string, text } from "./field";
import { nodeClassRules } from "./node-class-rules";
import { budgetRules, nodePoolRules, requirementRules } from "./node-pool-rules";

const requirement = object(
  {
    key: string,
    operator: oneOfStrings("In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt", "Gte", "Lte"),
    values: list(string),
    minValues: numeric(values.wholeNumber(1, 50, "leave it out for no minimum")),
  },
  ["key", "operator"],
  requirementRules,
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
export const nodePoolSchema = object(
  {
    nodeClass: string,
    labels: map(string),
    annotations: map(string),
    requirements: list(requirement),
    taints: list(taint),
    startupTaints: list(taint),
    expireAfter: text(values.durationOrNever),
    terminationGracePeriod: text(values.duration),
    disruption: object({
      consolidationPolicy: oneOfStrings("WhenEmpty", "WhenEmptyOrUnderutilized", "Balanced"),
      consolidateAfter: text(values.durationOrNever),
      budgets: list(
        object(
          {
            nodes: text(values.nodeCountOrShare),
            schedule: text(values.schedule),
            duration: text(values.budgetDuration),
            reasons: list(oneOfStrings("Underutilized", "Empty", "Drifted", "Unhealthy")),
          },
          [],
          budgetRules,
        ),
      ),
    }),
    limits: map(quantity),
    replicas: numeric(values.wholeNumber(0, undefined, "leave it out for as many nodes as pods need")),
    weight: numeric(values.wholeNumber(1, 100, "the highest is tried first")),
    spec: json,
  },
  [],
  nodePoolRules,
);

/** {@link NodeOverlay} of karpenter.sh/v1alpha1. */
export const nodeOverlaySchema = object({
  requirements: list(requirement),
  capacity: map(quantity),
  price: string,
  priceAdjustment: string,
  weight: numeric(values.wholeNumber(1, 10_000, "the highest wins")),
  spec: json,
});

const tags = map(string);
const reserved = map(quantity);

/** {@link NodeClass}: an EC2NodeClass of karpenter.k8s.aws/v1 as Karpenter 1.14 and 1.15 have it. */
export const nodeClassSchema = object(
  {
    amiAlias: text(values.amiAlias),
    allowLatestAmi: bool,
    amiFamily: oneOfStrings("AL2", "AL2023", "Bottlerocket", "Custom", "Windows2019", "Windows2022", "Windows2025"),
    amiSelectorTerms: list(
      object({ alias: text(values.amiAlias), id: string, name: string, owner: string, ssmParameter: string, tags }),
    ),
    role: text(values.nameNotArn),
    instanceProfile: text(values.nameNotArn),
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
      httpPutResponseHopLimit: numeric(values.wholeNumber(1, 64, "1 keeps pods away from the node's role")),
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
  },
  [],
  nodeClassRules,
);

/** NodePools, EC2NodeClasses and NodeOverlays by name. */
export const nodePoolsSchema = map(nodePoolSchema, values.objectName);
export const nodeClassesSchema = map(nodeClassSchema, values.objectName);
export const nodeOverlaysSchema = map(nodeOverlaySchema, values.objectName);
