import { Token } from "cdktf";
import type { ComputedWords } from "../inputs/cross-rule";
import type { At, Predicate } from "../inputs/predicate";
import { all, any, given, includes, is, not, passes, predicate, sized } from "../inputs/predicate";
import type { Fields } from "../terraform/known-values";
import { isGiven } from "../terraform/known-values";
import type { VolumeRow } from "./volume-types";
import { inWords, inWordsAtPlan } from "./volume-types";
import type { ObjectPart } from "./object-parts";
import type { WarningRule } from "../inputs/warning-rule";
import { asItIs } from "../inputs/warning-rule";

const BOTTLEROCKET = is("family", "Bottlerocket");
const WINDOWS = passes("family", { matches: "^Windows" });
const AMAZON_LINUX = all(given("family"), not(any(BOTTLEROCKET, WINDOWS)));

/** `root` is the root disk of a family, and `strange` that of others. */
function strangeDevice(family: Predicate, root: string, strange: string): WarningRule<ObjectPart> {
  return {
    id: "karpenter-volume-device",
    of: "nodeClass",
    text:
      `"{blockDeviceMappings}" has ${strange}, a second disk: the root disk of <family> is ${root}, which keeps its size; ` +
      `name ${root}`,
    isRight: not(all(family, includes("devices", strange))),
    words: { family: asItIs("family") },
  };
}

const deviceRules: readonly WarningRule<ObjectPart>[] = [
  {
    id: "karpenter-volume-device",
    of: "nodeClass",
    text:
      '"{blockDeviceMappings}" has <devices> and not "/dev/xvdb": on Bottlerocket that is the disk of images and containers, ' +
      "which keeps its 20 GiB, and /dev/xvda only the system's; say the size of /dev/xvdb",
    isRight: any(not(BOTTLEROCKET), sized("devices", { max: 0 }), includes("devices", "/dev/xvdb")),
  },
  strangeDevice(WINDOWS, "/dev/sda1", "/dev/xvda"),
  strangeDevice(AMAZON_LINUX, "/dev/xvda", "/dev/sda1"),
];

const isRoot = any(
  is("rootVolume", true),
  all(any(BOTTLEROCKET, AMAZON_LINUX), is("deviceName", "/dev/xvda")),
  all(WINDOWS, is("deviceName", "/dev/sda1")),
);

const NO_NODE = "EC2 refuses to launch such a volume, and no node starts";

const ebsRules: readonly WarningRule<ObjectPart>[] = [
  {
    id: "karpenter-key-without-encryption",
    of: "volume",
    text: `"{kmsKeyID}" is given and "{encrypted}" is <encrypted>: ${NO_NODE}; set "encrypted" to true`,
    isRight: any(is("encrypted", true), not(given("kmsKeyID"))),
  },
  {
    id: "karpenter-volume-limits",
    of: "volume",
    text:
      '"{volumeType}" is <volumeType> on the root disk, <deviceName>: EC2 boots from no disk of that type, and no node starts; ' +
      'take "gp3"',
    isRight: not(all(is("volumeType", "st1", "sc1"), isRoot)),
  },
];

type Limited = "volumeSize" | "iops" | "throughput";

const nameAndRemedy: Readonly<Record<string, ComputedWords>> = {
  type: { of: (it) => rowOf(it).name, terraform: (at) => `${at("row")}.name` },
  remedy: { of: (it) => rowOf(it).remedy, terraform: (at) => `${at("row")}.remedy` },
};

function limit(
  field: Limited,
  told: string,
  isRight: Predicate,
  words: WarningRule["words"] = {},
): WarningRule<ObjectPart> {
  return {
    id: "karpenter-volume-limits",
    of: "volume",
    text: `"{${field}}" is <${field}>, and <type> ${told}: ${NO_NODE}; <remedy>`,
    isRight,
    words: { ...nameAndRemedy, ...words },
  };
}

/** Alone, an amount is within what the type takes; a size counts in GiB. */
function withinType(field: Limited): WarningRule<ObjectPart> {
  const amount = field === "volumeSize" ? "size" : field;
  const isRight = predicate(
    (it) => {
      const [value, { min, max }] = [knownNumber(it[amount]), rowOf(it)[field]];
      return value === undefined ? undefined : value >= min && value <= max;
    },
    (at) => `try(${at(amount)} >= ${at("row")}.${field}.min && ${at(amount)} <= ${at("row")}.${field}.max, true)`,
  );
  const told: ComputedWords = { of: (it) => rowOf(it)[field].told, terraform: (at) => `${at("row")}.${field}.told` };
  return limit(field, "<told>", isRight, { told });
}

const limitRules: readonly WarningRule<ObjectPart>[] = [
  ...(["volumeSize", "iops", "throughput"] as const).map(withinType),
  limit(
    "iops",
    "needs them",
    any(
      given("iops"),
      predicate(
        (it) => !rowOf(it).needsIops,
        (at) => `!${at("row")}.needsIops`,
      ),
    ),
  ),
  limit(
    "iops",
    "gives <most> at most to <size> GiB",
    predicate(
      (it) => {
        const [iops, size] = [knownNumber(it.iops), knownNumber(it.size)];
        return iops === undefined || size === undefined ? undefined : iops > rowOf(it).iops.max || iops <= mostIops(it);
      },
      (at) => `try(${at("iops")} > ${at("row")}.iops.max || ${at("iops")} <= ${mostIopsAtPlan(at)}, true)`,
    ),
    {
      most: { of: (it) => inWords(mostIops(it)), terraform: (at) => inWordsAtPlan(mostIopsAtPlan(at)) },
      size: { of: (it) => inWords(Number(it.size)), terraform: (at) => inWordsAtPlan(at("size")) },
    },
  ),
  limit(
    "throughput",
    "gives <most> MiB a second at most with <asked> operations a second",
    predicate(
      (it) => {
        const throughput = knownNumber(it.throughput);
        return throughput === undefined || Token.isUnresolved(it.iops)
          ? undefined
          : throughput > rowOf(it).throughput.max || throughput <= mostThroughput(it);
      },
      (at) =>
        `try(${at("throughput")} > ${at("row")}.throughput.max || ${at("throughput")} <= ${mostThroughputAtPlan(at)}, true)`,
    ),
    {
      most: { of: (it) => inWords(mostThroughput(it)), terraform: (at) => inWordsAtPlan(mostThroughputAtPlan(at)) },
      asked: { of: (it) => inWords(askedIops(it)), terraform: (at) => inWordsAtPlan(askedIopsAtPlan(at)) },
    },
  ),
];

/** What hurts in the volumes of a node class. */
export const volumeRules: readonly WarningRule<ObjectPart>[] = [...deviceRules, ...ebsRules, ...limitRules];

function rowOf({ row }: Fields): VolumeRow {
  return row as VolumeRow;
}

function mostIops(it: Fields): number {
  const { iops, iopsPerGib } = rowOf(it);
  return Math.max(iops.min, Number(it.size) * iopsPerGib);
}

function mostIopsAtPlan(at: At): string {
  return `max(${at("row")}.iops.min, ${at("size")} * ${at("row")}.iopsPerGib)`;
}

/** Where none are asked for, a volume has the least that its type takes. */
function askedIops(it: Fields): number {
  return isGiven(it.iops) ? Number(it.iops) : rowOf(it).iops.min;
}

function askedIopsAtPlan(at: At): string {
  return `[${at("iops")}, ${at("row")}.iops.min][${at("iops")} == null ? 1 : 0]`;
}

function mostThroughput(it: Fields): number {
  return Math.floor(askedIops(it) * rowOf(it).throughputPerIops);
}

function mostThroughputAtPlan(at: At): string {
  return `floor(${askedIopsAtPlan(at)} * ${at("row")}.throughputPerIops)`;
}

function knownNumber(value: unknown): number | undefined {
  return typeof value === "number" && !Token.isUnresolved(value) ? value : undefined;
}
