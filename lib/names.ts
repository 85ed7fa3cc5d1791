import { createHash } from "node:crypto";
import { Token } from "cdktf";
import { tfString } from "./terraform/expression";

/** The longest names that AWS takes, in characters. */
export const NAME_LIMITS = {
  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
  role: 64,
  policy: 128,
  instanceProfile: 128,
  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-quotas.html */
  queue: 80,
  /** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
  eventRule: 64,
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
  alarm: 255,
  /** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateFargateProfile.html */
  fargateProfile: 63,
} as const;

const HASH_LENGTH = 8;

/**
 * A name made of a prefix, mostly the cluster's name, and what the thing is: `prod-karpenter-node`.
 *
 * Where that would be too long, the prefix is cut and 8 characters of its SHA-256 follow, so that two long cluster names
 * with the same beginning stay apart. A prefix that Terraform only knows at plan gives the same name by an expression.
 *
 * @param suffix what the thing is, with its leading hyphen
 * @param limit the longest name that AWS takes, in characters
 */
export function generatedName(prefix: string | undefined, suffix: string, limit: number): string {
  if (prefix === undefined) {
    return suffix; // From plain JavaScript; that the cluster's name is missing is reported at synth.
  }
  const room = limit - suffix.length;
  const kept = room - HASH_LENGTH - 1;
  if (Token.isUnresolved(prefix)) {
    const cut = tfString`substr(${prefix}, 0, ${kept})`;
    return tfString`length(${prefix}) <= ${room} ? ${`${prefix}${suffix}`} : ${`${cut}-${shortHash(prefix)}${suffix}`}`;
  }
  return prefix.length <= room ? `${prefix}${suffix}` : `${prefix.slice(0, kept)}-${shortHash(prefix)}${suffix}`;
}

/** The name that was given, or a generated one; a given name that only Terraform knows may turn out to be null. */
export function nameOr(given: string | undefined, prefix: string | undefined, suffix: string, limit: number): string {
  if (given !== undefined && !Token.isUnresolved(given)) {
    return given;
  }
  const generated = generatedName(prefix, suffix, limit);
  return given === undefined ? generated : tfString`coalesce(${given}, ${generated})`;
}

/** The first 8 hexadecimal digits of a text's SHA-256, the same at synth and in Terraform. */
export function shortHash(text: string): string {
  return Token.isUnresolved(text)
    ? tfString`substr(sha256(${text}), 0, ${HASH_LENGTH})`
    : createHash("sha256").update(text).digest("hex").slice(0, HASH_LENGTH);
}
