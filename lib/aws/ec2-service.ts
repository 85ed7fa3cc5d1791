import { Token } from "cdktf";
import { tfList } from "../terraform/expression";

const EVERYWHERE = "ec2.amazonaws.com";

/**
 * The second name that EC2 has as a service in some partitions. IAM takes the first in all of them; the second is what
 * Karpenter's template, `ec2.${AWS::URLSuffix}`, comes to there. No other service here has one: `pods.eks.amazonaws.com`,
 * `eks-fargate-pods.amazonaws.com`, `events.amazonaws.com` and the audience `sts.amazonaws.com` are the same everywhere.
 */
const SECOND_NAMES: Readonly<Record<string, string>> = {
  "aws-cn": "ec2.amazonaws.com.cn",
  "aws-iso": "ec2.c2s.ic.gov",
  "aws-iso-b": "ec2.sc2s.sgov.gov",
};

/** The names by which KMS knows EC2 in a region, where EC2 calls it on somebody's behalf. */
export function ec2ServicesIn(region: string, partition: string): string[] {
  const names = ec2Services(partition);
  return Token.isUnresolved(names)
    ? tfList`[for name in ${names} : replace(name, "/^ec2[.]/", ${`ec2.${region}.`})]`
    : names.map((name) => name.replace(/^ec2[.]/, `ec2.${region}.`));
}

/** The names that EC2 has as a service in a partition, and others that a policy is to have in every one. */
export function ec2Services(partition: string, ...others: readonly string[]): string[] {
  const names = [EVERYWHERE, ...others];
  return Token.isUnresolved(partition)
    ? tfList`distinct(concat(${names}, compact([lookup(${SECOND_NAMES}, ${partition}, "")])))`
    : [...new Set([...names, SECOND_NAMES[partition] ?? EVERYWHERE])];
}
