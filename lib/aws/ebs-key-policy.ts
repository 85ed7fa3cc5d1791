import type { Construct } from "constructs";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { volumeEncryption } from "../versions/policy-parts";

/**
 * What the policy of a KMS key says for EC2 to encrypt volumes with it on a controller's behalf. A key of another account
 * needs it; one of the same account only where its policy does not leave the decision to IAM.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 *
 * @param roleArn the controller's role
 * @param ec2 the names by which KMS knows EC2
 */
export function ebsKeyPolicy(scope: Construct, roleArn: string, ec2: string[]): DataAwsIamPolicyDocument {
  return new DataAwsIamPolicyDocument(scope, "ebs-key-policy", {
    statement: Object.entries(volumeEncryption).map(([sid, { actions, conditions = [] }]) => ({
      sid,
      effect: "Allow",
      principals: [{ type: "AWS", identifiers: [roleArn] }],
      actions: [...actions],
      // In the policy of a key, that key.
      resources: ["*"],
      condition: conditions.map(({ test, variable, values }) => ({
        test,
        variable,
        values: values[0] === "{ec2InRegion}" ? ec2 : [...values],
      })),
    })),
  });
}
