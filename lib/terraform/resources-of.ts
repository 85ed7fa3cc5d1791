import type { Construct } from "constructs";
import { TerraformResource } from "cdktf";
import { Remembered } from "./remembered";

/**
 * Every resource of some constructs, to name in another one's `dependsOn`: cdktf takes resources there and no constructs. Nothing
 * waits for what is only remembered.
 */
export function resourcesOf(...constructs: readonly (Construct | undefined)[]): TerraformResource[] {
  return constructs
    .flatMap((construct) => construct?.node.findAll() ?? [])
    .filter((node): node is TerraformResource => node instanceof TerraformResource && !(node instanceof Remembered));
}
