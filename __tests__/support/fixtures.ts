/** Values that the tests of the constructs share. */
export const ACCOUNT = "111122223333";
export const REGION = "eu-north-1";
export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/nodes`;
export const QUEUE_ARN = `arn:aws:sqs:${REGION}:${ACCOUNT}:interruptions`;
export const KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const BOUNDARY_ARN = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
export const POLICY_ARN = `arn:aws:iam::${ACCOUNT}:policy/extra`;
export const ISSUER = `oidc.eks.${REGION}.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF`;
export const PROVIDER_ARN = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`;
export const DUAL_STACK_ISSUER = `oidc-eks.${REGION}.api.aws/id/0123456789ABCDEF0123456789ABCDEF`;
export const DUAL_STACK_PROVIDER_ARN = `arn:aws:iam::${ACCOUNT}:oidc-provider/${DUAL_STACK_ISSUER}`;
export const LONG_NAME = "a-cluster-name-of-one-hundred-characters".padEnd(100, "-x");
export const TAGS = { Team: "platform", "cost.center/Id": "42" };

/** A place whose region is that of the test stack's provider, and whose account nothing asks for. */
export const PLACE = { partition: "aws", region: REGION, accountId: ACCOUNT } as const;
