import type { IResolvable } from "cdktf";
import { ref, Token } from "cdktf";
import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { tf } from "../terraform/expression";
import { snakeCase } from "../terraform/readable-stack";

/** One condition of a statement. */
export interface AdditionalStatementCondition {
  /** The operator, `StringEquals`. */
  readonly test: string;
  /** The condition key, `aws:SourceArn`. */
  readonly variable: string;
  /** The values, of which one must match. */
  readonly values: readonly string[];
}

/** What every statement of one's own has. */
export interface AdditionalStatementBase {
  /**
   * Whether it allows or denies.
   *
   * @default "Allow"
   */
  readonly effect?: "Allow" | "Deny";
  /**
   * Conditions, all of which must hold.
   *
   * @default - none
   */
  readonly conditions?: readonly AdditionalStatementCondition[];
}

/** A statement of one's own in a role's policy: either actions or all others, on either resources or all others. */
export interface AdditionalStatement extends AdditionalStatementBase {
  /**
   * Actions, `ec2:DescribeTags`; `*` and `?` may be parts of the name.
   *
   * @default - `notActions`
   */
  readonly actions?: readonly string[];
  /**
   * Every action but these.
   *
   * @default - `actions`
   */
  readonly notActions?: readonly string[];
  /**
   * ARNs of what the actions are about; `*` and `?` may be parts of them.
   *
   * @default - `notResources`
   */
  readonly resources?: readonly string[];
  /**
   * Everything but these.
   *
   * @default - `resources`
   */
  readonly notResources?: readonly string[];
}

/** Who a statement of a queue's policy is about. */
export interface StatementPrincipals {
  /** What the identifiers are: `AWS` for ARNs and accounts, `Service` for names of services, `*` for everybody. */
  readonly type: "AWS" | "Service" | "*";
  /** ARNs of roles, accounts, names of services, or `*` alone. */
  readonly identifiers: readonly string[];
}

/** A statement of one's own in the policy of a queue, about that queue. */
export interface AdditionalQueueStatement extends AdditionalStatementBase {
  /** Actions, `sqs:SendMessage`, 1 to 7. */
  readonly actions: readonly string[];
  /** Who it is about. Everybody must be narrowed down by conditions. */
  readonly principals: readonly StatementPrincipals[];
}

/** Statements of one's own by their Sid. */
export type AdditionalStatements<S extends AdditionalStatement | AdditionalQueueStatement> = Readonly<
  Record<string, S>
>;

/** Statements of one's own as blocks of `aws_iam_policy_document`. */
export interface StatementBlocks {
  readonly known: DataAwsIamPolicyDocumentStatement[];
  /** For `dynamic.statement`: what only Terraform knows. */
  readonly dynamic: object[];
}

/** @param resources what all of them are about, where they do not say it themselves */
export function additionalStatements(
  statements: AdditionalStatements<AdditionalStatement | AdditionalQueueStatement> = {},
  resources?: string[],
): StatementBlocks {
  if (Token.isUnresolved(statements)) {
    return { known: [], dynamic: [dynamicBlock(statements, resources)] };
  }
  const known = Object.entries(statements).map(([sid, { conditions, ...statement }]) => ({
    sid,
    ...(resources && { resources }),
    ...statement,
    condition: conditions,
  }));
  return { known: known as DataAwsIamPolicyDocumentStatement[], dynamic: [] };
}

/** The parts of a statement that are lists of texts. */
const OF_QUEUES = ["actions"] as const;
const OF_ROLES = ["actions", "notActions", "resources", "notResources"] as const;

function dynamicBlock(statements: unknown, resources: string[] | undefined): object {
  const part = (name: string): IResolvable => ref(`statement.value.${name}`);
  const lists = resources === undefined ? OF_ROLES : OF_QUEUES;
  return {
    for_each: statements,
    content: {
      sid: tf`statement.key`,
      effect: tf`try(${part("effect")}, null)`,
      ...Object.fromEntries(lists.map((name) => [snakeCase(name), tf`try(${part(name)}, null)`])),
      ...(resources && { resources }),
      dynamic: {
        principals: {
          for_each: tf`try([for item in ${part("principals")} : item], [])`,
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
