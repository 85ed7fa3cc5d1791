import type { Construct } from "constructs";
import { TerraformResource } from "cdktf";

/** Every resource of some constructs, to name in another one's `dependsOn`: cdktf takes resources there and no constructs. */
export function resourcesOf(...constructs: readonly (Construct | undefined)[]): TerraformResource[] {
  return constructs
    .flatMap((construct) => construct?.node.findAll() ?? [])
    .filter((node): node is TerraformResource => node instanceof TerraformResource);
}
