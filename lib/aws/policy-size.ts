import type { TerraformResource } from "cdktf";
import { Token } from "cdktf";
import type {
  DataAwsIamPolicyDocument,
  DataAwsIamPolicyDocumentStatement,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { propertyName } from "../module/property-name";
import { tf } from "../terraform/expression";
import { addPreconditions } from "../terraform/precondition";

/**
 * How many characters IAM takes, white space not counted, and how many bytes SQS does.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
 */
export const POLICY_LIMITS = { managed: 6_144, inline: 10_240, trust: 2_048, queue: 8_192 } as const;

/** What is too large, and what to do about it. */
export interface PolicySizeProps {
  /** The resource that the document is for. */
  readonly owner: TerraformResource;
  readonly document: Pick<DataAwsIamPolicyDocument, "json">;
  /** All statements of the document, where it is known which ones it has; texts in them may be tokens. */
  readonly statements: readonly DataAwsIamPolicyDocumentStatement[] | undefined;
  readonly limit: number;
  /**
   * Who takes no more.
   *
   * @default "IAM"
   */
  readonly service?: string;
  /** The property that makes it large. */
  readonly property: string;
  /** What is made of it: `the policy "iam-integration"`. */
  readonly what: string;
  /** What to do; a clause. */
  readonly remedy: string;
}

/** Refuses a policy that IAM would not take: at synth where what is known is too much already, and otherwise at plan. */
export function limitPolicySize(props: PolicySizeProps): void {
  const { owner, document, limit, service = "IAM", property, what, remedy } = props;
  const words = (name: string, size: string): string =>
    `"${name}" makes ${what} ${size} characters long, but must leave it within the ${limit} that ${service} takes; ${remedy}`;
  const { statements = [] } = props;
  const isAll = props.statements !== undefined && isKnown(statements);
  const size = knownSizeOf(statements);
  if (size > limit) {
    owner.node.addValidation({ validate: () => [words(property, isAll ? String(size) : `at least ${size}`)] });
  } else if (!isAll) {
    limitSizeAtPlan(owner, document.json, limit, (size) => words(propertyName(owner, property), size));
  }
}

/** Refuses what is too large at plan; white space is not counted. */
export function limitSizeAtPlan(
  owner: TerraformResource,
  text: unknown,
  limit: number,
  words: (size: string) => string,
): void {
  const length = tf`length(replace(${text}, ${"/\\s/"}, ""))`;
  addPreconditions(owner, [
    { condition: Token.asString(tf`${length} <= ${limit}`), error_message: words(Token.asString(length)) },
  ]);
}

/** How many characters a document has, without those that only Terraform knows. */
function knownSizeOf(statements: readonly DataAwsIamPolicyDocumentStatement[]): number {
  const document = { Version: "2012-10-17", Statement: statements.map(inIamWords) };
  return JSON.stringify(document, (_, value: unknown) => (Token.isUnresolved(value) ? "" : value)).length;
}

function isKnown(value: unknown): boolean {
  return (
    !Token.isUnresolved(value) &&
    (typeof value !== "object" || value === null || Object.values(value as object).every(isKnown))
  );
}

/** A statement as IAM gets it. */
export function inIamWords(statement: DataAwsIamPolicyDocumentStatement): object {
  const { sid, effect, actions = [], resources, principals, condition } = statement;
  const conditions: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of (condition ?? []) as readonly ConditionBlock[]) {
    conditions[test] = { ...conditions[test], [variable]: oneOrMany(values) };
  }
  return {
    Sid: sid,
    Effect: effect,
    ...(principals && { Principal: principal(principals as readonly PrincipalBlock[]) }),
    Action: oneOrMany(actions),
    ...(resources && { Resource: oneOrMany(resources) }),
    ...(condition && { Condition: conditions }),
  };
}

function principal(blocks: readonly PrincipalBlock[]): unknown {
  return blocks.some(({ type }) => type === "*")
    ? "*"
    : Object.fromEntries(blocks.map(({ type, identifiers }) => [type, oneOrMany(identifiers)]));
}

interface ConditionBlock {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
}

interface PrincipalBlock {
  readonly type: string;
  readonly identifiers: readonly string[];
}

function oneOrMany(values: readonly string[]): unknown {
  return values.length === 1 ? values[0] : values;
}
