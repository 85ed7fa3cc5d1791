/** Partition, region and account that are given, against those of the provider, in real plans. */
import type { Terraform } from "../cloud/terraform";
import { Account } from "../support/account";

const REGION = "eu-north-1";
const ACCOUNT = "123456789012";
const OIDC = `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.eks.${REGION}.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF`;
const ALL = { partition: "aws", region: REGION, account_id: ACCOUNT };
const REMEDY = "pass the provider of the cluster's region and account, providers = { aws = aws.<alias> }";

const INPUTS = {
  cluster_name: "prod",
  oidc_provider_arn: OIDC,
  subnet_ids: ["subnet-0a", "subnet-0b"],
  security_group_ids: ["sg-0a"],
  // A plan of the releases would look for the charts, and there is no cluster to put them on.
  install_controller: false,
};

/** Terraform breaks the lines of its errors. */
const unwrapped = (text: string): string => text.replace(/[\s│]+/g, " ");

describe("the root module and the provider's environment", () => {
  let account: Account;
  let root: Terraform;

  /** The addresses of data sources that a plan has read, of the kinds that tell where the provider is. */
  const read = async (inputs: Readonly<Record<string, unknown>>): Promise<string[]> => {
    const { json } = await root.plan({ ...INPUTS, ...inputs });
    const text = JSON.stringify((json as { prior_state?: unknown }).prior_state);
    return [...text.matchAll(/"address":"([^"]*data\.aws_(?:partition|region|caller_identity)\.(?:\\"|[^"])*)"/g)]
      .map(([, address]) => address as string)
      .sort();
  };
  const errors = async (inputs: Readonly<Record<string, unknown>>): Promise<string> =>
    unwrapped(await root.planErrors({ ...INPUTS, ...inputs }));

  beforeAll(async () => {
    account = await Account.open();
    root = await account.moduleAsRoot();
  });

  afterAll(async () => {
    await account?.close();
  });

  it.each([
    ["partition", "aws-cn", "aws"],
    ["region", "us-east-1", REGION],
    ["account_id", "444455556666", ACCOUNT],
  ])("refuses another %s", async (name, given, own) => {
    expect(await errors({ [name]: given })).toContain(
      `"${name}" is "${given}", but must be "${own}", that of the AWS provider; ${REMEDY}, or correct "${name}"`,
    );
  });

  it("reads each once, and the account not at all where all three are given", async () => {
    expect(await read({})).toEqual([
      "data.aws_caller_identity.current_caller[0]",
      "data.aws_partition.current_partition",
      "data.aws_region.current_region",
    ]);
    expect(await read(ALL)).toEqual(["data.aws_partition.current_partition", "data.aws_region.current_region"]);
  });

  it("plans where the account is known only after apply", async () => {
    const later = await account.root(`
resource "terraform_data" "account" { input = "${ACCOUNT}" }
module "karpenter" {
  source             = "./karpenter"
  cluster_name       = "prod"
  oidc_provider_arn  = "${OIDC}"
  subnet_ids         = ["subnet-0a", "subnet-0b"]
  security_group_ids = ["sg-0a"]
  install_controller = false
  account_id         = terraform_data.account.output
}`);
    expect((await later.plan()).changes).toBeGreaterThan(0);
  });

  it("plans where everything depends on what is made in the same apply", async () => {
    const later = await account.root(`
resource "terraform_data" "cluster" { input = "prod" }
module "karpenter" {
  source             = "./karpenter"
  cluster_name       = terraform_data.cluster.output
  oidc_provider_arn  = "${OIDC}"
  subnet_ids         = ["subnet-0a", "subnet-0b"]
  security_group_ids = ["sg-0a"]
  install_controller = false
  depends_on         = [terraform_data.cluster]
}`);
    expect((await later.plan()).changes).toBeGreaterThan(0);
  });
});
