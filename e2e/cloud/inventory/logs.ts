/** Where pods write: log groups. */
import { paginateDescribeLogGroups, type CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";

import { collect } from "./collect";

/** A log group. */
export interface LogGroupItem {
  readonly name: string;
  /** In days; none is for ever. */
  readonly retention?: number;
  readonly kmsKeyArn?: string;
}

/** Reads CloudWatch Logs. */
export async function logInventory(client: CloudWatchLogsClient): Promise<LogGroupItem[]> {
  const groups = await collect(paginateDescribeLogGroups({ client }, {}), (page) => page.logGroups);
  return groups.map(({ logGroupName = "", retentionInDays, kmsKeyId }) => ({
    name: logGroupName,
    retention: retentionInDays,
    kmsKeyArn: kmsKeyId,
  }));
}
