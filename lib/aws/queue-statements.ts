import type { IResolvable } from "cdktf";
import { ref, Token } from "cdktf";
import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { tf } from "../terraform/expression";
import type { IamPolicyStatement } from "../inputs/catalog/iam-statements";
import { statementBlocks } from "./statements";

/** Who a statement of a queue's policy is about. */
export interface StatementPrincipals {
  /** What the identifiers are: `AWS` for ARNs and accounts, `Service` for names of services, `*` for everybody. */
  readonly type: "AWS" | "Service" | "*";
  /** ARNs of roles, accounts, names of services, or `*` alone. */
  readonly identifiers: readonly string[];
}

/** A statement of one's own in the policy of a queue, about that queue. */
export interface QueuePolicyStatement extends Pick<IamPolicyStatement, "effect" | "conditions"> {
  /** Actions, `sqs:SendMessage`, 1 to 7. */
  readonly actions: readonly string[];
  /** Who it is about. Everybody must be narrowed down by conditions. */
  readonly principals: readonly StatementPrincipals[];
}

/** Statements of one's own as blocks of `aws_iam_policy_document`. */
export interface StatementBlocks {
  readonly known: DataAwsIamPolicyDocumentStatement[];
  /** For `dynamic.statement`: what only Terraform knows. */
  readonly dynamic: object[];
}

/**
 * @param statements by their Sid
 * @param resources what all of them are about
 */
export function queueStatements(
  statements: Readonly<Record<string, QueuePolicyStatement>> = {},
  resources: string[],
): StatementBlocks {
  return Token.isUnresolved(statements)
    ? { known: [], dynamic: [dynamicBlock(statements, resources)] }
    : {
        known: statementBlocks(
          Object.entries(statements).map(([sid, statement]) => ({ sid, resources, ...statement })),
        ),
        dynamic: [],
      };
}

function dynamicBlock(statements: unknown, resources: string[]): object {
  const part = (name: string): IResolvable => ref(`statement.value.${name}`);
  return {
    for_each: statements,
    content: {
      sid: tf`statement.key`,
      effect: tf`try(${part("effect")}, null)`,
      actions: part("actions"),
      resources,
      dynamic: {
        principals: {
          for_each: tf`[for item in ${part("principals")} : item]`,
          content: { type: tf`principals.value.type`, identifiers: tf`principals.value.identifiers` },
        },
        condition: {
          for_each: tf`try([for item in ${part("conditions")} : item], [])`,
          content: {
            test: tf`condition.value.test`,
            variable: tf`condition.value.variable`,
            values: tf`condition.value.values`,
          },
        },
      },
    },
  };
}
