/** How much of something a type of volume takes. */
interface Bounds {
  readonly min: number;
  readonly max: number;
  /** The same in words. */
  readonly told: string;
}

/** What EC2 takes of a type of volume: sizes in GiB, I/O operations a second, MiB a second. */
export interface VolumeRow {
  readonly name: string;
  /** What to do where it does not fit. */
  readonly remedy: string;
  readonly volumeSize: Bounds;
  readonly iops: Bounds;
  readonly throughput: Bounds;
  /** Whether operations a second must be asked for. */
  readonly needsIops: boolean;
  /** Operations a second for each GiB; fewer than the least can always be had. */
  readonly iopsPerGib: number;
  /** MiB a second for each operation a second. */
  readonly throughputPerIops: number;
}

type Range = readonly [min: number, max: number];

interface VolumeType {
  readonly size: Range;
  /** Undefined where none can be asked for. */
  readonly iops?: Range;
  readonly throughput?: Range;
  readonly needsIops?: boolean;
  readonly iopsPerGib?: number;
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

/** More than anything that can be asked for. */
const NO_END = 1_000_000_000;

/** The types by name; under none stands what no type takes. */
export const VOLUME_ROWS: Readonly<Record<string, VolumeRow>> = {
  ...Object.fromEntries(
    Object.entries(VOLUME_TYPES).map(([name, type]) => [name, row(name, "correct it, or take another type", type)]),
  ),
  "": row("a volume of any type", "correct it", ANY_TYPE),
};

function row(name: string, remedy: string, type: VolumeType): VolumeRow {
  const { size, iops, throughput, needsIops = false, iopsPerGib = NO_END, throughputPerIops = NO_END } = type;
  return {
    name,
    remedy,
    volumeSize: bounds("GiB", size),
    iops: bounds("operations a second", iops),
    throughput: bounds("MiB a second", throughput),
    needsIops,
    iopsPerGib,
    throughputPerIops,
  };
}

function bounds(unit: string, range?: Range): Bounds {
  return range === undefined
    ? { min: NO_END, max: 0, told: "takes none" }
    : { min: range[0], max: range[1], told: `takes ${inWords(range[0])} to ${inWords(range[1])} ${unit}` };
}

/** What is known of a volume of this type. */
export function rowOfVolume(volumeType: unknown): VolumeRow {
  return VOLUME_ROWS[typeof volumeType === "string" && Object.hasOwn(VOLUME_ROWS, volumeType) ? volumeType : ""];
}

/** A count below a million as texts show it, `64,000`. */
export function inWords(count: number): string {
  return count.toLocaleString("en-US");
}

/** As {@link inWords}, in Terraform. */
export function inWordsAtPlan(count: string): string {
  return `replace(format("%d", ${count}), "/^([0-9]+)([0-9]{3})$/", "$1,$2")`;
}

const SIZE = "^([0-9]+)(Gi|G|Ti|T)$";
/** A volume's size as it can be written, in GiB. */
const GIB: Readonly<Record<string, number>> = { Gi: 1, G: 1e9 / 2 ** 30, Ti: 2 ** 10, T: 1e12 / 2 ** 30 };

/** A volume's size in GiB, as EC2 is asked for it: rounded up. */
export function sizeInGib(size: unknown): number | undefined {
  const [, digits, unit] = typeof size === "string" ? (new RegExp(SIZE).exec(size) ?? []) : [];
  return digits === undefined ? undefined : Math.ceil(Number(digits) * GIB[unit]);
}

/** As {@link sizeInGib}, in Terraform; null where it is not known. */
export function sizeInGibAtPlan(size: string): string {
  const units = Object.entries(GIB).map(([unit, factor]) => `${unit} = ${factor}`);
  return `try([for it in [regex("${SIZE}", ${size})] : ceil(it[0] * { ${units.join(", ")} }[it[1]])][0], null)`;
}
