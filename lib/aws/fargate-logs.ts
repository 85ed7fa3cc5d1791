import type { Construct } from "constructs";
import type { TerraformResource } from "cdktf";
import { Token } from "cdktf";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { FargateLoggingMode } from "../inputs/catalog/fargate-logging";
import type { Toggle } from "../terraform/expression";
import { tf } from "../terraform/expression";
import { both, choose, equals, not, OptionalResource, textOr } from "../terraform/optional-resource";
import type { ClusterProps, EnvironmentProps, TagProps } from "./common-props";

/** Where the logs of pods on Fargate go. */
export interface FargateLogGroupProps {
  /**
   * Whether what pods on Fargate write goes to CloudWatch Logs. EKS reads the ConfigMap `aws-logging` when it makes a pod:
   * "managed" is for one that is made before the pods, as {@link Karpenter} makes it, "existing" for one that the cluster has.
   * Either lets the pod execution role made here write to the log group.
   *
   * @default "none"
   */
  readonly fargateLogging?: FargateLoggingMode;
  /**
   * Whether to make the log group of pods on Fargate. A destroy takes it along with its logs.
   *
   * @default - true with `fargateLogging` "managed"
   */
  readonly createFargateLogGroup?: Toggle;
  /**
   * The name of the log group of pods on Fargate, made here or your own, up to 512 characters. With `fargateLogging` "existing",
   * the one that the cluster's ConfigMap names.
   *
   * @default - `/aws/eks/<cluster>/fargate`
   */
  readonly fargateLogGroupName?: string;
  /**
   * How long the log group made here keeps logs, in days, as CloudWatch counts them: 1, 3, 5, 7, 14, 30, 60, 90 …; 0 is for ever.
   *
   * @default 90
   */
  readonly fargateLogRetentionDays?: number;
  /**
   * A customer managed KMS key for the log group made here. Its key policy must let `logs.<region>.amazonaws.com` use it.
   *
   * @default - CloudWatch encrypts it itself
   */
  readonly fargateLogKmsKeyArn?: string;
}

/** The pod execution role that may write the logs. */
export interface LogWriter extends Required<EnvironmentProps> {
  /** The role's id, which is its name. */
  readonly roleId: string;
  /** Whether there is the role. */
  readonly condition: Toggle;
}

/** What of the logs of pods on Fargate is in AWS. */
export interface FargateLogs {
  /** Known before the log group is there; undefined where there are no logs, null where Terraform alone knows that. */
  readonly logGroupName?: string;
  /** What pods need to write. */
  readonly dependables: TerraformResource[];
}

/**
 * The log group of pods on Fargate, and what lets their log router write to it. It makes no log group by itself: such a one
 * would keep logs for ever, and come back when a late line is written after a destroy.
 */
export function fargateLogs(
  scope: Construct,
  props: FargateLogGroupProps & ClusterProps & TagProps,
  writer: LogWriter,
): FargateLogs {
  const mode = props.fargateLogging ?? "none";
  const writes = not(equals(mode, "none"));
  if (writes === false) {
    return { dependables: [] };
  }
  const name = textOr(props.fargateLogGroupName, `/aws/eks/${props.clusterName}/fargate`);
  const group = new OptionalResource(
    both(writes, isMade(props.createFargateLogGroup, mode)),
    (count) =>
      new CloudwatchLogGroup(scope, "log-group", {
        count,
        name,
        retentionInDays: props.fargateLogRetentionDays ?? 90,
        kmsKeyId: props.fargateLogKmsKeyArn,
        tags: props.tags,
      }),
  );
  const logGroupName = group.attribute("name", name);
  const { partition, region, accountId } = writer;
  const condition = both(writer.condition, writes);
  const document = new OptionalResource(
    condition,
    (count) =>
      new DataAwsIamPolicyDocument(scope, "logging-document", {
        count,
        statement: [
          {
            sid: "WriteLogs",
            effect: "Allow",
            actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            resources: [`arn:${partition}:logs:${region}:${accountId}:log-group:${logGroupName}:*`],
          },
        ],
      }),
  );
  const policy = new OptionalResource(
    condition,
    (count) =>
      new IamRolePolicy(scope, "logging", {
        count,
        name: "fargate-logging",
        role: writer.roleId,
        policy: document.attribute("json"),
      }),
  );
  return {
    logGroupName: Token.asString(choose(writes, logGroupName, null)),
    dependables: [...group.dependables, ...policy.dependables],
  };
}

function isMade(own: Toggle | undefined, mode: FargateLoggingMode): Toggle {
  const isManaged = equals(mode, "managed");
  return Token.isUnresolved(own) ? tf`coalesce(${own}, ${isManaged})` : (own ?? isManaged);
}
