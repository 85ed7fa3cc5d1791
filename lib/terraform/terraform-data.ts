import type { Construct } from "constructs";
import { TerraformResource } from "cdktf";

/** What a {@link TerraformData} is. */
export interface TerraformDataProps {
  /** What it remembers; a change of it is what others can be replaced by. */
  readonly input: unknown;
}

/**
 * Terraform's built-in `terraform_data`, which needs no provider.
 *
 * cdktf's own `DataResource` runs `terraform version` at synth, and fails where there is none.
 */
export class TerraformData extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: TerraformDataProps,
  ) {
    super(scope, id, {
      terraformResourceType: "terraform_data",
      terraformGeneratorMetadata: { providerName: "terraform" },
    });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: this.props.input };
  }
}
