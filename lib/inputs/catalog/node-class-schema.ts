import * as values from "./values";
import { AMI_FAMILIES } from "./ami-families";
import * as api from "./api-values";
import { bool, Field, json, list, map, numeric, object, oneOfNewer, oneOfStrings, since, string, text } from "../field";
import { kubeletRules } from "./kubelet-rules";
import * as rules from "./node-class-rules";
import * as terms from "./selector-term-rules";

const selectorTags = map(text(api.selectorTag), [api.selectorTag], { size: { max: 20 } });
const upTo30 = { max: 30 };
const enabled = oneOfStrings("enabled", "disabled");
const wholeNumber32 = (from: number, to: number, remedy: string): Field =>
  numeric(values.wholeNumber(from, to, remedy));

const ebs = object(
  {
    deleteOnTermination: bool,
    encrypted: bool,
    iops: numeric(api.int64),
    kmsKeyID: string,
    snapshotID: string,
    throughput: numeric(api.int64),
    volumeInitializationRate: since("1.5", wholeNumber32(100, 300, "it is in MiB a second")),
    volumeSize: text(api.volumeSize),
    volumeType: oneOfStrings("standard", "io1", "io2", "gp2", "sc1", "st1", "gp3"),
  },
  [],
  rules.ebsRules,
);

const kubeletCount = numeric({ ...api.countInt32("leave it out for the default"), until: "1.15" });
const kubeletPercent = numeric({ ...values.wholeNumber(0, 100, "it is in percent"), until: "1.15" });
const signals = (name: string, of: Field): Field =>
  map(of, [
    api.oneOfKeys(name, [
      "memory.available",
      "nodefs.available",
      "nodefs.inodesFree",
      "imagefs.available",
      "imagefs.inodesFree",
      "pid.available",
    ]),
  ]);
const reserved = (name: string): Field =>
  map(text(...api.reservedQuantity(name)), [api.oneOfKeys(name, ["cpu", "memory", "ephemeral-storage", "pid"])]);

const kubelet = object(
  {
    clusterDNS: list(string),
    cpuCFSQuota: bool,
    evictionHard: signals("evictionHard", text(api.evictionSignal)),
    evictionMaxPodGracePeriod: numeric({ ...api.anyInt32, until: "1.15" }),
    evictionSoft: signals("evictionSoft", text(api.evictionSignal)),
    evictionSoftGracePeriod: signals("evictionSoftGracePeriod", string),
    imageGCHighThresholdPercent: kubeletPercent,
    imageGCLowThresholdPercent: kubeletPercent,
    kubeReserved: reserved("kubeReserved"),
    maxPods: kubeletCount,
    podsPerCore: kubeletCount,
    systemReserved: reserved("systemReserved"),
  },
  [],
  kubeletRules,
);

/** {@link NodeClass}: an EC2NodeClass of karpenter.k8s.aws/v1, with the minor version that existing each field. */
export const nodeClassSchema = object(
  {
    amiAlias: text(...api.amiAlias),
    allowLatestAmi: bool,
    amiFamily: oneOfNewer([...Object.values(AMI_FAMILIES), "Custom"].sort(), {
      AL2023: "0.35",
      Windows2025: "1.9",
    }),
    amiSelectorTerms: list(
      object(
        {
          alias: since("1.0", text(...api.amiAlias)),
          id: text(api.idOf("ami", "an AMI", true)),
          name: string,
          owner: string,
          ssmParameter: since("1.4", string),
          tags: selectorTags,
        },
        [],
        terms.amiTermRules,
      ),
      { min: 1, max: 30 },
    ),
    role: since("0.32", text(api.filled("role cannot be empty"), api.nameNotArn)),
    instanceProfile: text(api.filled("instanceProfile cannot be empty"), api.nameNotArn),
    subnetSelectorTerms: list(
      object({ id: text(api.idOf("subnet", "a subnet", true)), tags: selectorTags }, [], terms.subnetTermRules),
      upTo30,
    ),
    securityGroupSelectorTerms: list(
      object(
        { id: text(api.idOf("sg", "a security group", true)), name: since("0.32", string), tags: selectorTags },
        [],
        terms.securityGroupTermRules,
      ),
      upTo30,
    ),
    capacityReservationSelectorTerms: since(
      "1.3",
      list(
        object(
          {
            id: text(api.idOf("cr", "a capacity reservation")),
            ownerID: text(api.accountOfTwelveDigits),
            instanceMatchCriteria: since("1.8", oneOfStrings("open", "targeted")),
            tags: selectorTags,
          },
          [],
          terms.reservationTermRules,
        ),
        upTo30,
      ),
    ),
    associatePublicIPAddress: since("0.35", bool),
    blockDeviceMappings: list(object({ deviceName: string, rootVolume: since("0.32", bool), ebs }), { max: 50 }),
    connectionTracking: since(
      "1.13",
      object(
        {
          tcpEstablishedTimeout: wholeNumber32(60, 432_000, "it is in seconds"),
          udpStreamTimeout: wholeNumber32(60, 180, "it is in seconds"),
          udpTimeout: wholeNumber32(30, 60, "it is in seconds"),
        },
        [],
        rules.connectionTrackingRules,
      ),
    ),
    context: string,
    cpuOptions: since("1.13", object({ nestedVirtualization: enabled })),
    detailedMonitoring: bool,
    enclaveOptions: since("1.15", object({ enabled: bool }, ["enabled"])),
    instanceStorePolicy: since("0.34", oneOfStrings("RAID0")),
    ipPrefixCount: since("1.8", numeric(api.countInt32("leave it out for none"))),
    kubelet,
    metadataOptions: object({
      httpEndpoint: enabled,
      httpProtocolIPv6: enabled,
      httpPutResponseHopLimit: numeric(values.wholeNumber(1, 64, "1 keeps pods away from the node's role")),
      httpTokens: oneOfStrings("required", "optional"),
    }),
    networkInterfaces: since(
      "1.11",
      list(
        object(
          {
            deviceIndex: numeric(api.countInt32("the first is 0")),
            networkCardIndex: numeric(api.countInt32("the first is 0")),
            interfaceType: oneOfStrings("interface", "efa-only"),
          },
          ["deviceIndex", "networkCardIndex", "interfaceType"],
        ),
        { max: 150 },
      ),
    ),
    placementGroupSelector: since(
      "1.11",
      object(
        { id: text(api.idOf("pg", "a placement group")), name: text(api.notEmpty) },
        [],
        terms.placementGroupRules,
      ),
    ),
    tags: map(string, api.tagKey),
    userData: string,
    spec: json,
  },
  [],
  rules.nodeClassRules,
);
