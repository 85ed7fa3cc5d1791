import type { Construct } from "constructs";
import type { IResolvable } from "cdktf";
import { TerraformIterator, Token } from "cdktf";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { IamPolicyStatement } from "../inputs/catalog/iam-statements";
import { propertyName } from "../module/property-name";
import type { Toggle } from "../terraform/expression";
import { tf } from "../terraform/expression";
import { both, choose, OptionalResource } from "../terraform/optional-resource";
import { limitSizeAtPlan, POLICY_LIMITS } from "./policy-size";
import { areKnown, hasAny, policyJson, statementBlocks } from "./statements";

/** Policies of the user's own that are part of a role. */
export interface InlinePoliciesProps {
  /** The role's id, which is its name. */
  readonly roleId: string;
  /** Whether there is the role. */
  readonly condition: Toggle;
  /** Documents by name. */
  readonly documents?: Record<string, string>;
  /** Statements, which become one more. */
  readonly statements?: readonly IamPolicyStatement[] | IResolvable;
  /** The JSON of other inline policies of the role, null where there is none. */
  readonly others?: readonly string[];
  /** What the user calls `documents`. */
  readonly property: string;
  /** Whose policies these are: `the controller's role`. */
  readonly role: string;
}

/** Puts the user's own statements and documents on a role. The keys of the documents must be known at plan. */
export function putInlinePolicies(scope: Construct, props: InlinePoliciesProps): IamRolePolicy[] {
  const { roleId, condition, documents = {}, statements = [] } = props;
  const jsons: unknown[] = [...(props.others ?? [])];
  const ofStatements = new OptionalResource(both(condition, hasAny(statements)), (count) => {
    const { json } = new DataAwsIamPolicyDocument(
      scope,
      "statements-document",
      areKnown(statements)
        ? { statement: statementBlocks(statements) }
        : { sourcePolicyDocuments: [policyJson(statements)] },
    );
    jsons.push(choose(hasAny(statements), json, null));
    return new IamRolePolicy(scope, "statements", { count, name: "statements", role: roleId, policy: json });
  });
  const made = ofStatements.dependables;
  if (condition !== false && hasAny(documents) !== false) {
    const wanted = condition === true ? documents : tf`${condition} ? ${documents} : {}`;
    const document = TerraformIterator.fromMap(wanted as Record<string, string>);
    const { key: name, value: policy } = document;
    made.push(
      new IamRolePolicy(scope, "inline", { forEach: document, name, role: roleId, policy: Token.asString(policy) }),
    );
  }
  made.forEach((owner) => limitTogether(owner, jsons, props));
  return made;
}

/** IAM counts all inline policies of a role together. */
function limitTogether(owner: IamRolePolicy, jsons: readonly unknown[], props: InlinePoliciesProps): void {
  const { documents = {}, property, role } = props;
  const all = tf`join("", concat(compact(${jsons}), values(${documents})))`;
  limitSizeAtPlan(
    owner,
    all,
    POLICY_LIMITS.inline,
    (size) =>
      `"${propertyName(owner, property)}" makes the inline policies of ${role} ${size} characters long together, but must leave ` +
      `them within the ${POLICY_LIMITS.inline} that IAM takes; attach a managed policy instead`,
  );
}
