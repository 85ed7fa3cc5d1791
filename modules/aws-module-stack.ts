import { Construct } from "constructs";
import { TerraformLocal } from "cdktf";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { EnvironmentProps } from "../lib/aws/common-props";
import { ModuleStack, ModuleStackProps, ModuleVariable, PROVIDERS } from "../lib/module";
import { tf } from "../lib/terraform/expression";

/** A module that needs the AWS provider, and no other unless it says so. */
export class AwsModuleStack extends ModuleStack {
  constructor(scope: Construct, id: string, props: Omit<ModuleStackProps, "providers"> & Partial<ModuleStackProps>) {
    super(scope, id, { providers: [PROVIDERS.aws], ...props });
  }

  /** The partition that the caller says, and where it says nothing, the provider's. */
  protected partition(input: { partition: ModuleVariable }): string {
    return this.given(input.partition, () => new DataAwsPartition(this, "current-partition").partition);
  }

  /** The region that the caller says, and where it says nothing, the provider's. */
  protected region(input: { region: ModuleVariable }): string {
    return this.given(input.region, () => new DataAwsRegion(this, "current-region").id);
  }

  /** The account that the caller says, and where it says nothing, the provider's. */
  protected accountId(input: { account_id: ModuleVariable }): string {
    return this.given(input.account_id, () => new DataAwsCallerIdentity(this, "current-caller").accountId);
  }

  /** All three at once. */
  protected place(input: Record<"partition" | "region" | "account_id", ModuleVariable>): Required<EnvironmentProps> {
    return { partition: this.partition(input), region: this.region(input), accountId: this.accountId(input) };
  }

  /** What generated names begin with. */
  protected namePrefix(input: Record<"cluster_name" | "name_prefix", ModuleVariable>): string {
    return this.given(input.name_prefix, () => input.cluster_name.stringValue);
  }

  /** A local of the variable's name: what the caller gives, or the default. */
  private given(variable: ModuleVariable, otherwise: () => string): string {
    const value = tf`coalesce(${variable.stringValue}, ${otherwise()})`;
    return this.local(variable.name, value);
  }

  /** A named value of the module, `local.<name>`. */
  protected local(name: string, value: unknown): string {
    const local = new TerraformLocal(this, `local ${name}`, value);
    local.overrideLogicalId(name);
    return local.asString;
  }
}
