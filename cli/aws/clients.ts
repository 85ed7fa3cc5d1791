/** The AWS SDK, as far as a command looks at an account: credentials, region and endpoints as the SDK itself finds them. */
import type { EC2 } from "@aws-sdk/client-ec2";
import type { EKS } from "@aws-sdk/client-eks";
import type { EventBridge } from "@aws-sdk/client-eventbridge";
import type { IAM } from "@aws-sdk/client-iam";
import type { SQS } from "@aws-sdk/client-sqs";
import type { STS } from "@aws-sdk/client-sts";
import { optionalPackages } from "../optional-packages";

/** One client for each service that Karpenter's infrastructure is made of. */
export interface AwsClients {
  readonly ec2: EC2;
  readonly eks: EKS;
  readonly eventBridge: EventBridge;
  readonly iam: IAM;
  readonly sqs: SQS;
  readonly sts: STS;
}

/** @param region the SDK's own choice where none is given */
export async function awsClients(region?: string): Promise<AwsClients> {
  const packages = await optionalPackages({
    "@aws-sdk/client-ec2@3": () => import("@aws-sdk/client-ec2"),
    "@aws-sdk/client-eks@3": () => import("@aws-sdk/client-eks"),
    "@aws-sdk/client-eventbridge@3": () => import("@aws-sdk/client-eventbridge"),
    "@aws-sdk/client-iam@3": () => import("@aws-sdk/client-iam"),
    "@aws-sdk/client-sqs@3": () => import("@aws-sdk/client-sqs"),
    "@aws-sdk/client-sts@3": () => import("@aws-sdk/client-sts"),
  });
  const config = region === undefined ? {} : { region };
  return {
    ec2: new packages["@aws-sdk/client-ec2@3"].EC2(config),
    eks: new packages["@aws-sdk/client-eks@3"].EKS(config),
    eventBridge: new packages["@aws-sdk/client-eventbridge@3"].EventBridge(config),
    iam: new packages["@aws-sdk/client-iam@3"].IAM(config),
    sqs: new packages["@aws-sdk/client-sqs@3"].SQS(config),
    sts: new packages["@aws-sdk/client-sts@3"].STS(config),
  };
}
