import type { Construct } from "constructs";
import { TerraformProvider } from "cdktf";

/** A provider that a module needs, and from which version on. */
export interface ProviderRequirementProps {
  /** The local name, `aws`. */
  readonly name: string;
  /** The address with its namespace, `hashicorp/aws`; each tool adds its own registry. */
  readonly source: string;
  /** The version constraint, a minimum only, `>= 5.100`. */
  readonly version: string;
}

/**
 * States that a module needs a provider without configuring it: a module with a provider block of its own cannot be
 * used with `count`, `for_each` or `depends_on`.
 */
export class ProviderRequirement extends TerraformProvider {
  constructor(
    scope: Construct,
    private readonly requirement: ProviderRequirementProps,
  ) {
    super(scope, `provider-${requirement.name}`, {
      terraformResourceType: requirement.name,
      terraformGeneratorMetadata: { providerName: requirement.name, providerVersion: requirement.version },
      terraformProviderSource: requirement.source,
    });
  }

  public override toTerraform(): object {
    const { name, source, version } = this.requirement;
    return { terraform: { required_providers: { [name]: { source, version } } } };
  }
}

/** The providers of this project with the oldest version that has every argument used here. */
export const PROVIDERS = {
  aws: { name: "aws", source: "hashicorp/aws", version: ">= 5.100" },
  helm: { name: "helm", source: "hashicorp/helm", version: ">= 3.1" },
  kubernetes: { name: "kubernetes", source: "hashicorp/kubernetes", version: ">= 2.38" },
} as const satisfies Record<string, ProviderRequirementProps>;

/** The oldest Terraform whose features are enough, and with it every OpenTofu. */
export const REQUIRED_VERSION = ">= 1.5.7";
