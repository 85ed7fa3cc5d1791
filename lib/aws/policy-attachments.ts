import type { Construct } from "constructs";
import { TerraformIterator, Token } from "cdktf";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { Toggle } from "../terraform/expression";
import { tf } from "../terraform/expression";
import { OptionalResource } from "../terraform/optional-resource";

/**
 * Attaches policies that are known at synth, one by one, so that what others attach to the role stays.
 *
 * @param roleId the role's id, which is its name: unlike the name, it is unknown while Terraform replaces the role, and
 *   so takes the attachments along when the role is made anew under the same name
 */
export function attachPolicies(
  scope: Construct,
  roleId: string,
  policyArns: Readonly<Record<string, string>>,
  condition: Toggle,
): IamRolePolicyAttachment[] {
  return Object.entries(policyArns).flatMap(([id, policyArn]) => {
    const attachment = new OptionalResource(
      condition,
      (count) => new IamRolePolicyAttachment(scope, id, { count, role: roleId, policyArn }),
    );
    return attachment.dependables;
  });
}

/**
 * Attaches the user's own policies under the names they gave them. The map may be known only to Terraform, as long as
 * its keys are known at plan.
 *
 * @param roleId as in {@link attachPolicies}
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
