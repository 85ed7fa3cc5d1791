import { Token } from "cdktf";
import type { Warning, WarningId } from "../inputs/acknowledged-warnings";
import type { Fields } from "../terraform/known-values";
import { isFields, isGiven, isKnownList, isKnownText } from "../terraform/known-values";
import { familyOf } from "./ami-warnings";
import type { Said } from "./said";

/** What hurts in the volumes of a node class, as far as they are known at synth. */
export function volumeWarnings(nodeClass: Said): Warning[] {
  const mappings = nodeClass.fields.blockDeviceMappings;
  if (!isKnownList(mappings) || !mappings.every(isFields)) {
    return [];
  }
  const path = nodeClass.at("blockDeviceMappings");
  return [
    ...deviceWarnings(path, mappings, familyOf(nodeClass)),
    ...mappings.flatMap((mapping, index) =>
      isFields(mapping.ebs) ? ebsWarnings(`${path}[${index}].ebs`, mapping.ebs) : [],
    ),
  ];
}

function deviceWarnings(path: string, mappings: readonly Fields[], family: string | undefined): Warning[] {
  const devices = mappings.map(({ deviceName }) => deviceName);
  if (family === undefined || !devices.every(isKnownText)) {
    return [];
  }
  const say = (told: string): Warning[] => [{ id: "karpenter-volume-device", text: `"${path}" ${told}` }];
  const shown = devices.join(", ");
  if (family === "Bottlerocket") {
    return devices.length === 0 || devices.includes("/dev/xvdb")
      ? []
      : say(
          `has ${shown} and not /dev/xvdb: on Bottlerocket that is the disk of images and containers, which keeps its 20 GiB, and ` +
            "/dev/xvda only the system's; say the size of /dev/xvdb",
        );
  }
  const [root, strange] = /^Windows/.test(family) ? ["/dev/sda1", "/dev/xvda"] : ["/dev/xvda", "/dev/sda1"];
  return devices.includes(strange)
    ? say(`has ${strange}, a second disk: the root disk of ${family} is ${root}, which keeps its size; name ${root}`)
    : [];
}

/** What EC2 takes of a type of volume: sizes in GiB, I/O operations a second, MiB a second. */
interface VolumeType {
  readonly size: readonly [number, number];
  /** Undefined where none can be asked for. */
  readonly iops?: readonly [number, number];
  /** Operations a second for each GiB; fewer than the least can always be had. */
  readonly iopsPerGib?: number;
  readonly needsIops?: boolean;
  readonly throughput?: readonly [number, number];
  /** MiB a second for each operation a second. */
  readonly throughputPerIops?: number;
}

/**
 * Bounds as EC2's API has them: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EbsBlockDevice.html. The ratios are
 * told in https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html only. Where an instance type lowers a limit,
 * it stands here as the highest that there is.
 */
const VOLUME_TYPES: Readonly<Record<string, VolumeType>> = {
  gp3: { size: [1, 65_536], iops: [3_000, 80_000], iopsPerGib: 500, throughput: [125, 2_000], throughputPerIops: 0.25 },
  gp2: { size: [1, 16_384] },
  io1: { size: [4, 16_384], iops: [100, 64_000], iopsPerGib: 50, needsIops: true },
  io2: { size: [4, 65_536], iops: [100, 256_000], iopsPerGib: 1_000, needsIops: true },
  st1: { size: [125, 16_384] },
  sc1: { size: [125, 16_384] },
  standard: { size: [1, 1_024] },
};

/**
 * The type is not known: where none is given, the AMI's own disk or EC2 decides, so only what no type at all takes is certain.
 */
const ANY_TYPE: VolumeType = { size: [1, 65_536], iops: [100, 256_000], throughput: [125, 2_000] };

function ebsWarnings(path: string, ebs: Fields): Warning[] {
  const { kmsKeyID, encrypted } = ebs;
  const { type, name, remedy } = typeOf(ebs);
  const say = (id: WarningId, text: string): Warning[] => [{ id, text }];
  const isKeyAlone = isGiven(kmsKeyID) && !Token.isUnresolved(encrypted) && encrypted !== true;
  return [
    ...(isKeyAlone
      ? say(
          "karpenter-key-without-encryption",
          `"${path}.kmsKeyID" is given and "${path}.encrypted" is ${JSON.stringify(encrypted ?? null)}: EC2 refuses to launch such ` +
            'a volume, and no node starts; set "encrypted" to true',
        )
      : []),
    ...limitProblems(ebs, type).flatMap(({ field, told }) =>
      say(
        "karpenter-volume-limits",
        `"${path}.${field}" is ${JSON.stringify(ebs[field] ?? null)}, and ${name} ${told}: EC2 refuses to launch such a ` +
          `volume, and no node starts; ${remedy}`,
      ),
    ),
  ];
}

/** A volume's type with its name and what to do where it does not fit. */
function typeOf({ volumeType }: Fields): { readonly type: VolumeType; readonly name: string; readonly remedy: string } {
  return typeof volumeType === "string" && Object.hasOwn(VOLUME_TYPES, volumeType)
    ? { type: VOLUME_TYPES[volumeType], name: volumeType, remedy: "correct it, or take another type" }
    : { type: ANY_TYPE, name: "a volume of any type", remedy: "correct it" };
}

interface LimitProblem {
  readonly field: "volumeSize" | "iops" | "throughput";
  readonly told: string;
}

function limitProblems(ebs: Fields, type: VolumeType): LimitProblem[] {
  const [iops, throughput] = [knownNumber(ebs.iops), knownNumber(ebs.throughput)];
  const size = gibibytes(ebs.volumeSize);
  const within = (
    field: LimitProblem["field"],
    value: number | undefined,
    bounds: readonly [number, number] | undefined,
    unit: string,
  ): LimitProblem[] =>
    value === undefined
      ? []
      : bounds === undefined
        ? [{ field, told: "takes none" }]
        : value < bounds[0] || value > bounds[1]
          ? [{ field, told: `takes ${inWords(bounds[0])} to ${inWords(bounds[1])} ${unit}` }]
          : [];
  const alone = [
    ...within("volumeSize", size, type.size, "GiB"),
    ...within("iops", iops, type.iops, "operations a second"),
    ...within("throughput", throughput, type.throughput, "MiB a second"),
    ...(type.needsIops === true && !isGiven(ebs.iops) ? [{ field: "iops" as const, told: "needs them" }] : []),
  ];
  if (alone.length > 0) {
    return alone;
  }
  const { iopsPerGib = Infinity, throughputPerIops = Infinity, iops: [least] = [0] } = type;
  const mostIops = size === undefined ? Infinity : Math.max(least, size * iopsPerGib);
  const mostThroughput = isGiven(ebs.iops) && iops === undefined ? Infinity : (iops ?? least) * throughputPerIops;
  return [
    ...(iops !== undefined && iops > mostIops
      ? [{ field: "iops" as const, told: `gives ${inWords(mostIops)} at most to ${inWords(size ?? 0)} GiB` }]
      : []),
    ...(throughput !== undefined && throughput > mostThroughput
      ? [
          {
            field: "throughput" as const,
            told: `gives ${inWords(mostThroughput)} MiB a second at most with ${inWords(iops ?? least)} operations a second`,
          },
        ]
      : []),
  ];
}

function inWords(count: number): string {
  return count.toLocaleString("en-US");
}

function knownNumber(value: unknown): number | undefined {
  return typeof value === "number" && !Token.isUnresolved(value) ? value : undefined;
}

/** A volume's size in GiB, as EC2 is asked for it: rounded up. */
function gibibytes(size: unknown): number | undefined {
  const [, digits, unit] = typeof size === "string" ? (/^([0-9]+)(Gi|G|Ti|T)$/.exec(size) ?? []) : [];
  const bytes = { Gi: 2 ** 30, G: 1e9, Ti: 2 ** 40, T: 1e12 }[unit as "Gi"] as number | undefined;
  return bytes === undefined ? undefined : Math.ceil((Number(digits) * bytes) / 2 ** 30);
}
