import type { Construct } from "constructs";
import type { TerraformResourceLifecycle } from "cdktf";
import { TerraformIterator, Token } from "cdktf";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { Toggle } from "../terraform/expression";
import { tf } from "../terraform/expression";
import { OptionalResource } from "../terraform/optional-resource";

/**
 * Attaches a policy, so that what others attach to the role stays.
 *
 * @param roleId the role's id, which is its name: unlike the name, it is unknown while Terraform replaces the role, and
 *   so takes the attachments along when the role is made anew under the same name
 */
export function attachPolicy(
  scope: Construct,
  name: string,
  roleId: string,
  policyArn: string,
  condition: Toggle,
  lifecycle?: TerraformResourceLifecycle,
): IamRolePolicyAttachment[] {
  return new OptionalResource(
    condition,
    (count) => new IamRolePolicyAttachment(scope, name, { count, role: roleId, policyArn, lifecycle }),
  ).dependables;
}

/**
 * As {@link attachPolicy}, a policy that AWS manages.
 *
 * Its ARN never changes, for another policy has another address. But the partition in it may be unknown in a plan, where
 * Terraform reads it at apply only. Taken for a change, that would replace the attachment; and where the new one is made
 * first, the role would end up without the policy, for both are the same attachment to AWS.
 */
export function attachAwsPolicy(
  scope: Construct,
  name: string,
  roleId: string,
  partition: string,
  condition: Toggle,
): IamRolePolicyAttachment[] {
  const lifecycle = Token.isUnresolved(partition) ? { ignoreChanges: ["policy_arn"] } : undefined;
  return attachPolicy(scope, name, roleId, `arn:${partition}:iam::aws:policy/${name}`, condition, lifecycle);
}

/**
 * Attaches the user's own policies under the names they gave them. The map may be known only to Terraform, as long as
 * its keys are known at plan.
 *
 * @param roleId as in {@link attachPolicy}
 */
export function attachAdditionalPolicies(
  scope: Construct,
  roleId: string,
  policyArns: Record<string, string> | undefined,
  condition: Toggle,
): IamRolePolicyAttachment[] {
  if (policyArns === undefined || condition === false || isEmpty(policyArns)) {
    return [];
  }
  const wanted = condition === true ? policyArns : tf`${condition} ? ${policyArns} : {}`;
  const policy = TerraformIterator.fromMap(wanted as Record<string, string>);
  return [
    new IamRolePolicyAttachment(scope, "additional", {
      forEach: policy,
      role: roleId,
      policyArn: Token.asString(policy.value),
    }),
  ];
}

function isEmpty(map: Record<string, string>): boolean {
  return !Token.isUnresolved(map) && Object.keys(map).length === 0;
}
