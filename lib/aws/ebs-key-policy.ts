import { tfString } from "../terraform/expression";
import { volumeEncryption } from "../versions/policy-parts";

/**
 * What the policy of a KMS key says for EC2 to encrypt volumes with it on a controller's behalf, as JSON. A key of another
 * account needs it; one of the same account only where its policy does not leave the decision to IAM.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 *
 * @param roleArn the controller's role
 * @param ec2 the names by which KMS knows EC2
 */
export function ebsKeyPolicy(roleArn: string, ec2: string[]): string {
  const statements = Object.entries(volumeEncryption).map(([Sid, { actions, conditions = [] }]) => ({
    Sid,
    Effect: "Allow",
    Principal: { AWS: roleArn },
    Action: actions,
    // In the policy of a key, that key.
    Resource: "*",
    Condition: Object.fromEntries(
      conditions.map(({ test, variable, values }) => [
        test,
        { [variable]: values[0] === "{ec2InRegion}" ? ec2 : values },
      ]),
    ),
  }));
  return tfString`jsonencode(${{ Version: "2012-10-17", Statement: statements }})`;
}
