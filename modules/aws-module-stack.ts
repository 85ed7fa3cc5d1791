import type { Construct } from "constructs";
import type { TerraformDataSource } from "cdktf";
import { ref, TerraformCount, Token } from "cdktf";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import type { EnvironmentProps } from "../lib/aws/common-props";
import { environmentRefusal } from "../lib/aws/environment";
import type { ModuleStackProps, ModuleVariable, Precondition } from "../lib/module";
import { ModuleStack, PROVIDERS } from "../lib/module";
import { tf } from "../lib/terraform/expression";

/** The inputs that say where the cluster is. */
export interface EnvironmentInputs {
  readonly partition: ModuleVariable;
  readonly region: ModuleVariable;
  readonly account_id: ModuleVariable;
  /** None where the provider's environment is always read. */
  readonly read_environment?: ModuleVariable;
}

/** A module that needs the AWS provider, and no other unless it says so. */
export class AwsModuleStack extends ModuleStack {
  /** Each says where what the caller gives differs from what the provider has. */
  protected readonly environmentPreconditions: Precondition[] = [];

  constructor(scope: Construct, id: string, props: Omit<ModuleStackProps, "providers"> & Partial<ModuleStackProps>) {
    super(scope, id, { providers: [PROVIDERS.aws], ...props });
  }

  /**
   * What the caller says, and where it says nothing, the provider's, as locals of the inputs' names. The provider knows its
   * region and its partition by itself; the account is asked of STS, and not where all three are given.
   */
  protected environment(input: EnvironmentInputs): Required<EnvironmentProps> {
    const { partition, region, account_id, read_environment } = input;
    // Nested, for `true || unknown` is unknown before Terraform 1.12, and a count must be known.
    const asked = [account_id, region, partition].reduce<unknown>(
      (otherwise, { value }) => tf`${value} == null ? 1 : ${otherwise}`,
      0,
    );
    const caller = new DataAwsCallerIdentity(this, "current-caller", {
      count: countOf(read_environment === undefined ? asked : tf`${read_environment.value} ? ${asked} : 0`),
    });
    return {
      partition: this.partition(input),
      region: this.compared(
        region,
        "id",
        new DataAwsRegion(this, "current-region", { count: countOfReading(read_environment) }),
      ),
      accountId: this.compared(account_id, "account_id", caller),
    };
  }

  /** The partition alone, as {@link environment} has it. */
  protected partition({
    partition,
    read_environment,
  }: Pick<EnvironmentInputs, "partition" | "read_environment">): string {
    const source = new DataAwsPartition(this, "current-partition", { count: countOfReading(read_environment) });
    return this.compared(partition, "partition", source);
  }

  /** What generated names begin with. */
  protected namePrefix(input: Record<"cluster_name" | "name_prefix", ModuleVariable>): string {
    return this.given(input.name_prefix, input.cluster_name.stringValue);
  }

  /**
   * The local, and the precondition for an output: a data source with conditions of its own would be unknown in every plan
   * that changes something before it.
   */
  private compared(variable: ModuleVariable, attribute: string, source: TerraformDataSource): string {
    // A splat makes a list of none or one of a data source with a count, and a list of one without.
    const found = tf`${source.fqn}[*].${ref(attribute)}`;
    const own = source.count === undefined ? tf`${source.fqn}.${ref(attribute)}` : tf`one(${found})`;
    this.environmentPreconditions.push({
      condition: Token.asString(
        tf`${variable.value} == null || alltrue([for own in ${found} : own == ${variable.value}])`,
      ),
      error_message: environmentRefusal(
        variable.name,
        Token.asString(tf`jsonencode(${variable.value})`),
        Token.asString(tf`jsonencode(${own})`),
        "pass the provider of the cluster's region and account, providers = { aws = aws.<alias> }",
      ),
    });
    return this.given(variable, own);
  }

  /** A local of the variable's name: what the caller gives, or the default. */
  private given(variable: ModuleVariable, otherwise: unknown): string {
    return this.local(variable.name, tf`coalesce(${variable.stringValue}, ${otherwise})`);
  }
}

function countOfReading(readEnvironment: ModuleVariable | undefined): TerraformCount | undefined {
  return readEnvironment === undefined ? undefined : countOf(tf`${readEnvironment.value} ? 1 : 0`);
}

function countOf(count: unknown): TerraformCount {
  return TerraformCount.of(Token.asNumber(count));
}
