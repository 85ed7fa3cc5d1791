import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import type { KarpenterProps } from "../../../lib";
import { ControllerPolicy, ControllerRole, FargateProfile, Karpenter, NodeRole } from "../../../lib";
import type { Scope } from "../../support/hcl";
import { evaluate } from "../../support/hcl";
import { ACCOUNT, PROVIDER_ARN, REGION, ROLE_ARN } from "../../support/fixtures";
import { Synthesized } from "../../support/stack";
import { variable } from "../../support/tokens";

type Environment = Pick<KarpenterProps, "partition" | "region" | "accountId" | "awsProvider">;

const COMMON = { clusterName: "demo", oidcProviderArn: PROVIDER_ARN, nodeRoleArns: [ROLE_ARN] };
const NETWORK = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };

const CONSTRUCTS: Readonly<Record<string, (stack: TerraformStack, environment: Environment) => unknown>> = {
  ControllerPolicy: (stack, environment) => new ControllerPolicy(stack, "it", { ...COMMON, ...environment }),
  ControllerRole: (stack, environment) => new ControllerRole(stack, "it", { ...COMMON, ...environment }),
  FargateProfile: (stack, environment) => new FargateProfile(stack, "it", { ...COMMON, ...NETWORK, ...environment }),
  Karpenter: (stack, environment) =>
    new Karpenter(stack, "it", { ...COMMON, ...NETWORK, installController: false, ...environment }),
};

interface DataSource {
  readonly lifecycle?: { readonly postcondition: readonly { condition: string; error_message: string }[] };
}

/** The data sources of AWS's own facts, by type; several of a type would be a second question. */
function questions(
  create: (stack: TerraformStack, environment: Environment) => unknown,
  environment: Environment,
  provider: Partial<ConstructorParameters<typeof AwsProvider>[2]> = {},
): Readonly<Record<string, DataSource>> {
  const stack = new TerraformStack(Testing.app(), "test");
  new AwsProvider(stack, "aws", provider);
  create(stack, environment);
  const { json } = new Synthesized(JSON.parse(Testing.synth(stack)) as Record<string, unknown>);
  const found = Object.entries((json.data ?? {}) as Record<string, Record<string, DataSource>>)
    .filter(([type]) => ["aws_partition", "aws_region", "aws_caller_identity"].includes(type))
    .map(([type, byName]) => {
      expect(Object.keys(byName)).toHaveLength(1);
      return [type, Object.values(byName)[0]];
    });
  return Object.fromEntries(found) as Record<string, DataSource>;
}

/** What the plan says where the provider has this. */
function refusal({ lifecycle }: DataSource, self: Scope, scope: Scope = {}): string | undefined {
  const [{ condition, error_message }] = lifecycle?.postcondition ?? [];
  return evaluate(condition, { self, ...scope }) === true
    ? undefined
    : String(evaluate(error_message, { self, ...scope }));
}

const REMEDY = 'give the provider of the cluster\'s region and account as "awsProvider"';

describe.each(Object.entries(CONSTRUCTS))("%s", (_, create) => {
  test("refuses a partition, a region and an account that are not the provider's, with the way out", () => {
    const { aws_partition: partition, aws_region: region } = questions(create, {
      partition: "aws",
      region: REGION,
      accountId: ACCOUNT,
    });
    expect(refusal(partition, { partition: "aws" })).toBeUndefined();
    expect(refusal(partition, { partition: "aws-cn" })).toBe(
      `"partition" is "aws", but must be "aws-cn", that of the AWS provider; ${REMEDY}, or correct "partition"`,
    );
    expect(refusal(region, { id: REGION })).toBeUndefined();
    expect(refusal(region, { id: "us-east-1" })).toBe(
      `"region" is "eu-north-1", but must be "us-east-1", that of the AWS provider; ${REMEDY}, or correct "region"`,
    );
    const { aws_caller_identity: caller } = questions(create, { accountId: ACCOUNT });
    expect(refusal(caller, { account_id: ACCOUNT })).toBeUndefined();
    expect(refusal(caller, { account_id: "444455556666" })).toBe(
      `"accountId" is "${ACCOUNT}", but must be "444455556666", that of the AWS provider; ${REMEDY}, or correct "accountId"`,
    );
  });

  test("compares what only Terraform knows, too", () => {
    const { aws_region: region } = questions(create, { region: variable("region") });
    expect(refusal(region, { id: REGION }, { var: { region: REGION } })).toBeUndefined();
    expect(refusal(region, { id: REGION }, { var: { region: "us-east-1" } })).toContain(
      '"region" is "us-east-1", but must be "eu-north-1"',
    );
  });

  test("asks nothing of STS where all three are given", () => {
    const all = { partition: "aws", region: REGION, accountId: ACCOUNT };
    expect(Object.keys(questions(create, all))).not.toContain("aws_caller_identity");
    expect(Object.keys(questions(create, { ...all, region: undefined }))).toContain("aws_caller_identity");
  });

  test("compares nothing that is the provider's anyway", () => {
    expect(Object.values(questions(create, {})).filter(({ lifecycle }) => lifecycle !== undefined)).toEqual([]);
  });

  test("does not ask for what the provider block says", () => {
    const environment = { region: REGION, accountId: ACCOUNT };
    const provider = { region: REGION, allowedAccountIds: [ACCOUNT] };
    expect(Object.keys(questions(create, environment, provider))).toEqual(["aws_partition"]);
    const other = { region: "us-east-1", allowedAccountIds: [ACCOUNT, "444455556666"] };
    expect(Object.keys(questions(create, environment, other)).sort()).toEqual([
      "aws_caller_identity",
      "aws_partition",
      "aws_region",
    ]);
  });

  test("looks at the provider that it is given, not at the default one", () => {
    const withAlias = (stack: TerraformStack, environment: Environment) =>
      create(stack, {
        ...environment,
        awsProvider: new AwsProvider(stack, "other", { alias: "other", region: "us-east-1" }),
      });
    const region = (wanted: string) => questions(withAlias, { region: wanted }, { region: REGION }).aws_region;
    expect(region("us-east-1")).toBeUndefined();
    expect(region(REGION)).toMatchObject({ provider: "aws.other" });
  });
});

test("NodeRole compares its partition", () => {
  const node = (stack: TerraformStack, environment: Environment) =>
    new NodeRole(stack, "it", { ...COMMON, partition: environment.partition });
  const { aws_partition: partition } = questions(node, { partition: "aws-cn" });
  expect(refusal(partition, { partition: "aws" })).toContain('"partition" is "aws-cn", but must be "aws"');
});
