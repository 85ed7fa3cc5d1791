import type { Construct } from "constructs";
import type { TerraformResourceLifecycle } from "cdktf";
import { TerraformData } from "../terraform/terraform-data";

/**
 * The lifecycle of a resource that has to be replaced together with a role, also where the role is made anew under the
 * same name and nothing in the resource's own arguments changes.
 *
 * @param roleUniqueId the role's unique id, which tells the new role from the old one
 */
export function replacedWithRole(scope: Construct, roleUniqueId: string): TerraformResourceLifecycle {
  const identity = new TerraformData(scope, "role-identity", { input: { unique_id: roleUniqueId } });
  // `replace_triggered_by` takes bare addresses; cdktf would write a resource given to it as `${…}`, which is refused.
  return { replaceTriggeredBy: [`${identity.terraformResourceType}.${identity.friendlyUniqueId}`] };
}
