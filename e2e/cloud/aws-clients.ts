/** The AWS SDK on the local account: what the tests use to look at, and act in, AWS without Terraform. */
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { SQSClient } from "@aws-sdk/client-sqs";
import { STSClient } from "@aws-sdk/client-sts";

import type { LocalAws } from "./local-aws";

/** One client for each service that Karpenter's infrastructure is made of. */
export interface AwsClients {
  readonly ec2: EC2Client;
  readonly eks: EKSClient;
  readonly eventBridge: EventBridgeClient;
  readonly iam: IAMClient;
  readonly logs: CloudWatchLogsClient;
  readonly sqs: SQSClient;
  readonly sts: STSClient;
  /** Closes the connections. */
  destroy(): void;
}

/** Clients for the account, all in its region and with its endpoint, whatever the user's own AWS configuration says. */
export function awsClients(aws: Pick<LocalAws, "endpoint" | "region">): AwsClients {
  const config = {
    endpoint: aws.endpoint,
    region: aws.region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  };
  const clients = {
    ec2: new EC2Client(config),
    eks: new EKSClient(config),
    eventBridge: new EventBridgeClient(config),
    iam: new IAMClient(config),
    logs: new CloudWatchLogsClient(config),
    sqs: new SQSClient({ ...config, useQueueUrlAsEndpoint: false }),
    sts: new STSClient(config),
  };
  return { ...clients, destroy: () => Object.values(clients).forEach((client) => client.destroy()) };
}
