/** The local AWS keeps IAM's quotas: a policy that is too large must not first fail in a user's account. */
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";

import { awsClients, type AwsClients } from "./cloud/aws-clients";
import { LocalAws } from "./cloud/local-aws";

describe("IAM's quotas", () => {
  let aws: LocalAws;
  let clients: AwsClients;

  /** A document of exactly this many characters once white space is gone. */
  const sized = (size: number, extra: Record<string, unknown>): string => {
    const fill = (sid: string): string =>
      JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: sid, Effect: "Allow", ...extra }] });
    return fill("x".repeat(size - fill("").length)).replace(/,/g, ", ");
  };
  const policy = (size: number): string => sized(size, { Action: "ec2:Describe*", Resource: "*" });
  const trust = (size: number): string =>
    sized(size, { Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } });
  const create = (PolicyName: string, size: number): Promise<unknown> =>
    clients.iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: policy(size) }));
  const role = (RoleName: string, size: number): Promise<unknown> =>
    clients.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust(size) }));
  const limit = (message: string): Record<string, unknown> => ({
    name: "LimitExceededException",
    message: expect.stringContaining(message) as string,
  });

  beforeAll(async () => {
    aws = await LocalAws.start();
    clients = awsClients(aws);
    await role("role", 300);
  });

  afterAll(async () => {
    clients?.destroy();
    await aws?.stop();
  });

  it("end a managed policy at 6,144 characters without white space", async () => {
    await create("fits", 6144);
    await expect(create("too-large", 6145)).rejects.toMatchObject(limit("PolicySize: 6144"));
  });

  it("end a trust policy at 2,048", async () => {
    await role("fits", 2048);
    await expect(role("too-large", 2049)).rejects.toMatchObject(limit("ACLSizePerRole: 2048"));
  });

  it("end the inline policies of a role at 10,240 together", async () => {
    const put = (PolicyName: string, size: number): Promise<unknown> =>
      clients.iam.send(new PutRolePolicyCommand({ RoleName: "role", PolicyName, PolicyDocument: policy(size) }));
    await put("one", 9000);
    await put("one", 10_000);
    await put("two", 240);
    await expect(put("three", 200)).rejects.toMatchObject(limit("10240 bytes"));
  });

  it("end the policies attached to a role at ten", async () => {
    const attach = async (i: number): Promise<unknown> => {
      await create(`policy-${i}`, 200);
      return clients.iam.send(
        new AttachRolePolicyCommand({
          RoleName: "role",
          PolicyArn: `arn:aws:iam::${aws.accountId}:policy/policy-${i}`,
        }),
      );
    };
    for (let i = 0; i < 10; i++) {
      await attach(i);
    }
    await expect(attach(10)).rejects.toMatchObject(limit("PoliciesPerRole: 10"));
  });
});
