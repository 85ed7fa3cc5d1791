import { NEWEST_AMI_ALIAS } from "../../versions/ami-releases";
import { AMI_FAMILIES } from "./ami-families";
import { amiApiRules, amiRules } from "./ami-rules";
import * as api from "./api-values";
import type { Field, MovedName, ObjectField, ValueRule } from "../field";
import {
  about,
  bool,
  list,
  map,
  numeric,
  object,
  oneOfNewer,
  oneOfStrings,
  since,
  string,
  text,
} from "../field-builders";
import { versioned } from "../versioned-field";
import { kubelet } from "./kubelet";
import { metadata } from "./node-pool";
import * as rules from "./node-class-rules";
import * as terms from "./selector-term-rules";
import * as values from "./values";

const selectorTags = about(
  "Tags to select by; * as a value takes any.",
  map(text(api.selectorTag), [api.selectorTag], { size: { max: 20 } }),
);
/** Tags that Karpenter puts on what it makes. */
const tags = (keys: readonly ValueRule<string>[]): Field => map(text(api.tagValue), keys, { size: api.TAG_COUNT });
const upTo30 = { max: 30 };
const oneTo30 = { min: 1, max: 30 };
const enabled = oneOfStrings("enabled", "disabled");
const within = (from: number, to: number, remedy: string): Field => numeric(values.wholeNumber(from, to, remedy));

const amiTerm = object(
  {
    alias: about(
      `A family and a release, ${NEWEST_AMI_ALIAS}; alone in its term.`,
      since("1.0", text(...api.amiAlias)),
    ),
    id: about("The id of an AMI, ami-…; alone in its term.", text(api.idOf("ami", "an AMI", true))),
    name: about("The name of an AMI; * is a wildcard.", string),
    owner: about("The account that owns it, 12 digits, self or amazon.", string),
    ssmParameter: about("An SSM parameter that holds an AMI's id.", since("1.4", text(api.ssmParameter))),
    tags: selectorTags,
  },
  [],
  terms.amiTermRules,
);
const amiSelectorTerms = about(
  "Which AMIs nodes are made of; a node takes the newest of what any term selects.",
  list(amiTerm, oneTo30),
);

const ebs = object(
  {
    deleteOnTermination: about("Whether the volume goes with the instance.", bool),
    encrypted: about("Whether the volume is encrypted.", bool),
    iops: about("I/O operations a second, for io1, io2 and gp3.", numeric(api.int64)),
    kmsKeyID: about("The KMS key to encrypt with, by id or ARN; only with encrypted.", string),
    snapshotID: about("The snapshot that the volume is made of, snap-….", string),
    throughput: about("MiB a second, for gp3.", numeric(api.int64)),
    volumeInitializationRate: about(
      "MiB a second, 100 to 300, at which the snapshot is copied.",
      since("1.5", within(100, 300, "it is in MiB a second")),
    ),
    volumeSize: about('Its size, "100Gi".', text(...api.volumeSize)),
    volumeType: about("Its type.", oneOfStrings("standard", "io1", "io2", "gp2", "sc1", "st1", "gp3")),
  },
  [],
  rules.ebsRules,
);

/** What an EC2NodeClass says in the API's own form. */
export const fields: Readonly<Record<string, Field>> = {
  amiFamily: about(
    "How the AMIs start a node; an alias says it already.",
    oneOfNewer([...Object.values(AMI_FAMILIES), "Custom"].sort(), { AL2023: "0.35", Windows2025: "1.9" }),
  ),
  amiSelectorTerms,
  role: about(
    "The name of the nodes' role, not its ARN.",
    since("0.32", text(api.filled("role cannot be empty"), api.nameNotArn)),
  ),
  instanceProfile: about(
    "The name of the nodes' instance profile, not its ARN.",
    text(api.filled("instanceProfile cannot be empty"), api.nameNotArn),
  ),
  subnetSelectorTerms: about(
    "Which subnets nodes are started in.",
    list(
      object(
        { id: about("A subnet's id, subnet-….", text(api.idOf("subnet", "a subnet", true))), tags: selectorTags },
        [],
        terms.subnetTermRules,
      ),
      oneTo30,
    ),
  ),
  securityGroupSelectorTerms: about(
    "Which security groups nodes are in.",
    list(
      object(
        {
          id: about("A security group's id, sg-….", text(api.idOf("sg", "a security group", true))),
          name: about("A security group's name.", since("0.32", string)),
          tags: selectorTags,
        },
        [],
        terms.securityGroupTermRules,
      ),
      oneTo30,
    ),
  ),
  capacityReservationSelectorTerms: about(
    "Which capacity reservations nodes may use; needs the feature gate reservedCapacity.",
    since(
      "1.3",
      list(
        object(
          {
            id: about("A reservation's id, cr-…; alone in its term.", text(api.idOf("cr", "a capacity reservation"))),
            ownerID: about("The account that owns it, 12 digits.", text(api.accountOfTwelveDigits)),
            instanceMatchCriteria: about(
              "Whether the reservation is open or targeted.",
              since("1.8", oneOfStrings("open", "targeted")),
            ),
            tags: selectorTags,
          },
          [],
          terms.reservationTermRules,
        ),
        upTo30,
      ),
    ),
  ),
  associatePublicIPAddress: about(
    "Whether nodes get public addresses; when left out, as the subnet says.",
    since("0.35", bool),
  ),
  blockDeviceMappings: about(
    "The volumes of a node.",
    list(
      object({
        deviceName: about("The device, /dev/xvda.", string),
        rootVolume: about("Whether the kubelet keeps its data there.", since("0.32", bool)),
        ebs: about("The volume.", ebs),
      }),
      { max: 50 },
    ),
  ),
  connectionTracking: about(
    "How long idle connections are tracked.",
    since(
      "1.13",
      object(
        {
          tcpEstablishedTimeout: about("Seconds, 60 to 432,000.", within(60, 432_000, "it is in seconds")),
          udpStreamTimeout: about("Seconds, 60 to 180.", within(60, 180, "it is in seconds")),
          udpTimeout: about("Seconds, 30 to 60.", within(30, 60, "it is in seconds")),
        },
        [],
        rules.connectionTrackingRules,
      ),
    ),
  ),
  context: about("What EC2 keeps with the instance, as EC2 Fleet has it.", string),
  cpuOptions: about(
    "What the processor can do.",
    since(
      "1.13",
      object({ nestedVirtualization: about("Whether nodes can run virtual machines: enabled or disabled.", enabled) }),
    ),
  ),
  detailedMonitoring: about("Whether CloudWatch measures each minute.", bool),
  enclaveOptions: about(
    "Nitro Enclaves.",
    since("1.15", object({ enabled: about("Whether nodes can run enclaves.", bool) }, ["enabled"])),
  ),
  instanceStorePolicy: about(
    "What becomes of the instance's own disks: RAID0 joins them.",
    since("0.34", oneOfStrings("RAID0")),
  ),
  ipPrefixCount: about(
    "How many prefixes of addresses the first network interface gets.",
    since("1.8", numeric(api.countInt32("leave it out for none"))),
  ),
  kubelet,
  metadataOptions: about(
    "How the instance metadata service answers.",
    object({
      httpEndpoint: about("Whether it answers at all: enabled or disabled.", enabled),
      httpProtocolIPv6: about("Whether it answers on IPv6: enabled or disabled.", enabled),
      httpPutResponseHopLimit: about(
        "How many hops its answers go, 1 to 64; 1 keeps pods away from the node's role.",
        numeric(values.wholeNumber(1, 64, "1 keeps pods away from the node's role")),
      ),
      httpTokens: about(
        "Whether it asks for a token (IMDSv2): required or optional.",
        oneOfStrings("required", "optional"),
      ),
    }),
  ),
  networkInterfaces: about(
    "The network interfaces of a node, for EFA.",
    since(
      "1.11",
      list(
        object(
          {
            deviceIndex: about("The interface's index on its card, from 0.", numeric(api.countInt32("the first is 0"))),
            networkCardIndex: about("The card's index, from 0.", numeric(api.countInt32("the first is 0"))),
            interfaceType: about("An interface with an address, or efa-only.", oneOfStrings("interface", "efa-only")),
          },
          ["deviceIndex", "networkCardIndex", "interfaceType"],
        ),
        { max: 150 },
      ),
    ),
  ),
  placementGroupSelector: about(
    "The placement group of the nodes.",
    since(
      "1.11",
      object(
        {
          id: about("Its id, pg-….", text(api.idOf("pg", "a placement group"))),
          name: about("Its name.", text(api.notEmpty)),
        },
        [],
        terms.placementGroupRules,
      ),
    ),
  ),
  tags: about(
    "Tags of instances, volumes and launch templates.",
    versioned({ "0.27": tags(api.olderTagKey), "1.0": tags(api.tagKey) }),
  ),
  userData: about("What a node runs or reads when it starts, in the form of its AMI family.", string),
};

const OF_POOL = 'it belongs to the pool: write it in "{nodePools}.<name>"';
export const MOVED: readonly MovedName[] = [
  ...["labels", "taints", "startupTaints", "annotations", "limits", "disruption", "requirements", "expireAfter"].map(
    (name) => ({
      name,
      told: OF_POOL,
    }),
  ),
  { name: "amiSelector", told: 'it is "amiSelectorTerms" since Karpenter 0.32, a list' },
  { name: "subnetSelector", told: 'it is "subnetSelectorTerms" since Karpenter 0.32, a list' },
  { name: "securityGroupSelector", told: 'it is "securityGroupSelectorTerms" since Karpenter 0.32, a list' },
  { name: "kubeletConfiguration", told: 'it is "kubelet"' },
  { name: "launchTemplate", told: "Karpenter makes its launch templates itself since 0.32" },
];

/** The `spec` of an EC2NodeClass of karpenter.k8s.aws/v1 as a whole; the AWS side gives what is missing. */
export const wholeNodeClassSpec = object(
  fields,
  ["amiSelectorTerms"],
  [...amiApiRules, ...rules.nodeClassRules],
  MOVED,
);

/** {@link NodeClass}: an EC2NodeClass of karpenter.k8s.aws/v1, with the minor version that brought each field. */
export const nodeClassSchema: ObjectField = {
  ...object(
    {
      amiAlias: about(`The AMIs by family and release, ${NEWEST_AMI_ALIAS}.`, text(...api.amiAlias)),
      allowLatestAmi: about(
        "Whether an AMI alias may end in @latest, which replaces every node whenever AWS releases an AMI.",
        bool,
      ),
      metadata,
      ...fields,
      spec: about(
        "More of the object's spec in the API's own form; the fields above win.",
        object(fields, [], [], MOVED),
      ),
    },
    [],
    [...amiRules, ...amiApiRules, ...rules.nodeClassRules],
    MOVED,
  ),
  below: "spec",
};
