import type { IResolvable } from "cdktf";
import { Token } from "cdktf";
import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { IamCondition, IamPolicyStatement, IamTrustStatement } from "../inputs/catalog/iam-statements";
import type { Toggle } from "../terraform/expression";
import { tf, tfString } from "../terraform/expression";

type Statement = Partial<IamPolicyStatement & IamTrustStatement>;

/** The user's own statements, as they are known at synth, in the provider's words. */
export function statementBlocks(statements: readonly Statement[]): DataAwsIamPolicyDocumentStatement[] {
  return statements.map(({ sid, effect = "Allow", actions = ASSUME_ROLE, resources, principals, conditions }) => ({
    sid,
    effect,
    actions: [...actions],
    resources: resources && [...resources],
    principals: principals?.map(({ type, identifiers }) => ({ type, identifiers: [...identifiers] })),
    condition: conditions && conditionBlocks(conditions),
  }));
}

const ASSUME_ROLE: readonly string[] = ["sts:AssumeRole"];

/** As {@link statementBlocks}, conditions. */
export function conditionBlocks(
  conditions: readonly IamCondition[],
): { test: string; variable: string; values: string[] }[] {
  return conditions.map(({ test, variable, values }) => ({ test, variable, values: [...values] }));
}

/** A policy of the user's own statements, as JSON that Terraform writes. */
export function policyJson(statements: readonly Statement[] | IResolvable): string {
  return tfString`jsonencode({ Version = "2012-10-17", Statement = [for item in ${statements} : { for key, value in { Sid = try(item.sid, null), Effect = try(coalesce(item.effect), "Allow"), Principal = try({ for type in distinct([for one in item.principals : one.type]) : type => flatten([for one in item.principals : one.identifiers if one.type == type]) }, null), Action = try(coalescelist(item.actions), ${ASSUME_ROLE}), Resource = try(item.resources, null), Condition = try({ for test in distinct([for one in item.conditions : one.test]) : test => { for one in item.conditions : one.variable => one.values if one.test == test } }, null) } : key => value if value != null }] })`;
}

/** Whether it is known at synth which ones there are. */
export function areKnown<T>(items: readonly T[] | IResolvable): items is readonly T[] {
  return !Token.isUnresolved(items);
}

/** Whether there is any item or entry. */
export function hasAny(value: object): Toggle {
  return Token.isUnresolved(value) ? tf`length(${value}) > 0` : Object.keys(value).length > 0;
}
