import type { Construct } from "constructs";
import type { TerraformDataSource } from "cdktf";
import { ref, TerraformStack, Token } from "cdktf";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { isAlreadyChecked } from "../inputs/problems";
import { tf } from "../terraform/expression";
import type { AwsProviderProps } from "../terraform/providers";
import type { EnvironmentProps } from "./common-props";

/** The partition that was given, or the provider's. */
export function partitionOf(scope: Construct, props: EnvironmentProps): string {
  return props.partition ?? new DataAwsPartition(scope, "partition").partition;
}

/** The region that was given, or the provider's. `id` is the region's name in every provider version. */
export function regionOf(scope: Construct, props: EnvironmentProps): string {
  return props.region ?? new DataAwsRegion(scope, "region").id;
}

/** The account that was given, or the provider's. */
export function accountIdOf(scope: Construct, props: EnvironmentProps): string {
  return props.accountId ?? new DataAwsCallerIdentity(scope, "caller").accountId;
}

/**
 * Refuses, at plan, a partition, region or account that is not the provider's: resources would land in the provider's while
 * policies speak of the other. The provider knows its region and partition by itself; for the account it asks STS, which
 * nothing does where all three are given.
 *
 * The postconditions stand on data sources that nothing else reads, so no plan shows anything else as unknown.
 */
export function compareEnvironment(scope: Construct, props: EnvironmentProps & AwsProviderProps): void {
  if (isAlreadyChecked(props)) {
    return;
  }
  const { partition, region, accountId } = props;
  const provider = awsProviderOf(scope, props);
  if (partition !== undefined) {
    refuseOther(new DataAwsPartition(scope, "partition"), "partition", "partition", partition);
  }
  if (region !== undefined && (Token.isUnresolved(region) || provider?.region !== region)) {
    refuseOther(new DataAwsRegion(scope, "region"), "region", "id", region);
  }
  const allowed = provider?.allowedAccountIds ?? [];
  const isEnforced = allowed.length === 1 && allowed[0] === accountId;
  if (accountId !== undefined && (partition === undefined || region === undefined) && !isEnforced) {
    refuseOther(new DataAwsCallerIdentity(scope, "caller"), "accountId", "account_id", accountId);
  }
}

/** What a user is told of a partition, region or account that is not the provider's; values are JSON or templates of it. */
export function environmentRefusal(property: string, given: string, providers: string, remedy: string): string {
  return `"${property}" is ${given}, but must be ${providers}, that of the AWS provider; ${remedy}, or correct "${property}"`;
}

function refuseOther(source: TerraformDataSource, property: string, attribute: string, value: string): void {
  const remedy = 'give the provider of the cluster\'s region and account as "awsProvider"';
  source.addOverride("lifecycle.postcondition", [
    {
      condition: tf`${ref(`self.${attribute}`)} == ${value}`,
      error_message: environmentRefusal(property, `"${value}"`, `"\${self.${attribute}}"`, remedy),
    },
  ]);
}

/** The AWS provider that resources of the scope get, where it is in the stack already. */
function awsProviderOf(scope: Construct, { awsProvider }: AwsProviderProps): AwsProvider | undefined {
  const provider =
    awsProvider ??
    TerraformStack.of(scope)
      .allProviders()
      .find((candidate) => candidate.terraformResourceType === "aws" && candidate.alias === undefined);
  return provider instanceof AwsProvider ? provider : undefined;
}
