import type { InstanceProfileMode } from "../../lib/aws/controller-policy-props";
import type { ControllerIdentity } from "../../lib/aws/controller-role";
import { minorVersionOf } from "../../lib/versions";
import { ACCOUNT } from "./fixtures";

/** Every partition with the longest name of a region in it, the domain of its services, and another name of EC2 there. */
export const PARTITIONS = [
  ["aws", "ap-southeast-1", "amazonaws.com", undefined],
  ["aws-cn", "cn-northwest-1", "amazonaws.com.cn", "ec2.amazonaws.com.cn"],
  ["aws-us-gov", "us-gov-west-1", "amazonaws.com", undefined],
  ["aws-iso", "us-iso-west-1", "c2s.ic.gov", "ec2.c2s.ic.gov"],
  ["aws-iso-b", "us-isob-east-1", "sc2s.sgov.gov", "ec2.sc2s.sgov.gov"],
  ["aws-iso-e", "eu-isoe-west-1", "cloud.adc-e.uk", undefined],
  ["aws-iso-f", "us-isof-south-1", "csp.hci.ic.gov", undefined],
  ["aws-eusc", "eusc-de-east-1", "amazonaws.eu", undefined],
] as const;

/** The oldest line, the first with NodePools, the first stable one, and the newest: their permissions differ the most. */
const RELEASES = ["0.27.6", "0.32.10", "1.0.8", "1.15.1"];

const MODES = [
  ["terraform", "irsa"],
  ["karpenter", "irsa"],
  ["karpenter", "pod-identity"],
] as const;

/** A cluster, where it is, and what of Karpenter's is made for it. */
export interface ClusterCase {
  readonly clusterName: string;
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  /** The domain of the partition's services. */
  readonly domain: string;
  /** Another name of EC2 in the partition. */
  readonly ec2: string | undefined;
  readonly karpenterVersion: string;
  readonly instanceProfileMode: InstanceProfileMode;
  readonly controllerIdentity: ControllerIdentity;
}

/** The case of this number: among 96 in a row, each partition meets each release and each mode. */
export function clusterCase(number: number, clusterName: string): ClusterCase {
  const [partition, region, domain, ec2] = PARTITIONS[number % PARTITIONS.length];
  const rest = Math.floor(number / PARTITIONS.length);
  const karpenterVersion = RELEASES[rest % RELEASES.length];
  const [instanceProfileMode, identity] = MODES[Math.floor(rest / RELEASES.length) % MODES.length];
  const controllerIdentity = minorVersionOf(karpenterVersion).podIdentity ? identity : "irsa";
  const place = { partition, region, accountId: ACCOUNT };
  return { clusterName, ...place, domain, ec2, karpenterVersion, instanceProfileMode, controllerIdentity };
}
