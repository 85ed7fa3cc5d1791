import type { Construct } from "constructs";
import type { IResolvable, TerraformCount } from "cdktf";
import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { IamCondition, IamTrustStatement } from "../inputs/catalog/iam-statements";
import { tf } from "../terraform/expression";
import { areKnown, conditionBlocks, policyJson, statementBlocks } from "./statements";

/** Who may become a role. */
export interface TrustPolicyProps {
  readonly count?: TerraformCount;
  /** Who does, by conditions that name them exactly. */
  readonly statement: DataAwsIamPolicyDocumentStatement & { readonly condition: readonly IamCondition[] };
  /** More conditions on that statement. */
  readonly conditions?: readonly IamCondition[] | IResolvable;
  /** More statements. */
  readonly statements?: readonly IamTrustStatement[] | IResolvable;
}

/** A trust policy, with what a user adds to it: conditions narrow its own statement, and statements are about others. */
export function trustPolicy(scope: Construct, id: string, props: TrustPolicyProps): DataAwsIamPolicyDocument {
  const { count, statement, conditions = [], statements = [] } = props;
  const isKnown = areKnown(conditions) && areKnown(statements);
  const own = { ...statement, condition: conditionBlocks(statement.condition) };
  if (isKnown) {
    const condition = [...own.condition, ...conditionBlocks(conditions)];
    return new DataAwsIamPolicyDocument(scope, id, {
      count,
      statement: [{ ...own, condition }, ...statementBlocks(statements)],
    });
  }
  const document = new DataAwsIamPolicyDocument(scope, id, { count, sourcePolicyDocuments: [policyJson(statements)] });
  const content = {
    test: tf`condition.value.test`,
    variable: tf`condition.value.variable`,
    values: tf`condition.value.values`,
  };
  // cdktf has no dynamic block within a static one.
  document.addOverride("statement", [{ ...own, dynamic: { condition: { for_each: conditions, content } } }]);
  return document;
}
