import { arnWithoutPath, issuerOf, environmentOfOidcProvider, queueNameOf, roleNameOf } from "../../lib/arns";
import { evaluate } from "../support/hcl";
import { render } from "../support/stack";
import { variable } from "../support/tokens";

const ISSUER = "oidc.eks.eu-north-1.amazonaws.com/id/0123456789ABCDEF";
const DUAL_STACK_ISSUER = "oidc-eks.eu-north-1.api.aws/id/0123456789ABCDEF";
const provider = (issuer: string) => `arn:aws:iam::111122223333:oidc-provider/${issuer}`;

/** Each function with a known ARN and what it makes of it. */
const CASES: readonly [name: string, read: (arn: string) => string, arn: string, result: string][] = [
  ["roleNameOf", roleNameOf, "arn:aws:iam::111122223333:role/node", "node"],
  ["roleNameOf", roleNameOf, "arn:aws:iam::111122223333:role/platform/karpenter/node", "node"],
  ["queueNameOf", queueNameOf, "arn:aws:sqs:eu-north-1:111122223333:prod-karpenter", "prod-karpenter"],
  ["issuerOf", issuerOf, provider(ISSUER), ISSUER],
  ["issuerOf", issuerOf, provider(DUAL_STACK_ISSUER), DUAL_STACK_ISSUER],
  ["arnWithoutPath", arnWithoutPath, "arn:aws:iam::111122223333:role/a/b/node", "arn:aws:iam::111122223333:role/node"],
  [
    "arnWithoutPath",
    arnWithoutPath,
    "arn:aws-cn:iam::111122223333:role/node",
    "arn:aws-cn:iam::111122223333:role/node",
  ],
];

describe("what is read from an ARN", () => {
  test.each(CASES)("%s works for a known ARN", (_, read, arn, result) => {
    expect(read(arn)).toBe(result);
  });

  test.each(CASES)("%s works the same in Terraform", (_, read, arn, result) => {
    const expression = String(render(read(variable("arn"))));
    expect(evaluate(expression, { var: { arn } })).toBe(result);
  });
});

describe("environmentOfOidcProvider", () => {
  test.each([ISSUER, DUAL_STACK_ISSUER])("reads partition, account and region of %s", (issuer) => {
    expect(environmentOfOidcProvider(provider(issuer))).toEqual({
      partition: "aws",
      accountId: "111122223333",
      region: "eu-north-1",
    });
  });

  test("knows the partition of China", () => {
    const arn = "arn:aws-cn:iam::111122223333:oidc-provider/oidc.eks.cn-north-1.amazonaws.com.cn/id/AB";
    expect(environmentOfOidcProvider(arn)).toEqual({
      partition: "aws-cn",
      accountId: "111122223333",
      region: "cn-north-1",
    });
  });

  test("tells no region of an issuer outside EKS", () => {
    expect(environmentOfOidcProvider("arn:aws:iam::111122223333:oidc-provider/example.com").region).toBeUndefined();
  });
});
