/** Statements of IAM policies as data, which roles get beside their own. */
import type { Fields } from "../../terraform/known-values";
import { isFields, isKnownText } from "../../terraform/known-values";
import type { CrossRule } from "../cross-rule";
import type { Field, ListField, MapField, ObjectRule } from "../field";
import { about, list, map, object, oneOfStrings, string, text } from "../field-builders";
import type { At } from "../predicate";
import { any, is, predicate } from "../predicate";
import type { Rule } from "../rule";
import { matching, rule } from "../rule";

/** A condition of a statement: one of the values has to do. */
export interface IamCondition {
  /** The operator, `StringEquals`, `ForAnyValue:StringLike`. */
  readonly test: string;
  /** The condition key, `aws:SourceVpce`. */
  readonly variable: string;
  /** The values, at least one. */
  readonly values: readonly string[];
}

/** A statement of a role's policy. */
export interface IamPolicyStatement {
  /**
   * The statement's name, letters and digits.
   *
   * @default - none
   */
  readonly sid?: string;
  /**
   * Whether it allows or denies.
   *
   * @default "Allow"
   */
  readonly effect?: "Allow" | "Deny";
  /** The actions, `s3:GetObject`, at least one. */
  readonly actions: readonly string[];
  /** The resources by ARN, or `*`, at least one. */
  readonly resources: readonly string[];
  /**
   * Conditions, all of which have to hold.
   *
   * @default - none
   */
  readonly conditions?: readonly IamCondition[];
}

/** Somebody whom a trust policy is about. */
export interface IamPrincipal {
  /** `AWS` for accounts and roles, `Service` or `Federated`. */
  readonly type: "AWS" | "Service" | "Federated";
  /** ARNs or names, at least one. */
  readonly identifiers: readonly string[];
}

/** A statement of a role's trust policy. */
export interface IamTrustStatement {
  /**
   * The statement's name, letters and digits.
   *
   * @default - none
   */
  readonly sid?: string;
  /**
   * Whether it allows or denies.
   *
   * @default "Allow"
   */
  readonly effect?: "Allow" | "Deny";
  /**
   * The actions of STS.
   *
   * @default ["sts:AssumeRole"]
   */
  readonly actions?: readonly string[];
  /** Who may become the role, or may not. */
  readonly principals: readonly IamPrincipal[];
  /**
   * Conditions, all of which have to hold.
   *
   * @default - none
   */
  readonly conditions?: readonly IamCondition[];
}

const OPERATORS =
  "String(Not)?(Equals(IgnoreCase)?|Like)|Numeric(Not)?Equals|Numeric(Less|Greater)Than(Equals)?|Date(Not)?Equals|" +
  "Date(Less|Greater)Than(Equals)?|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like)";

const test = about(
  "The operator, StringEquals.",
  text(
    matching(`^(((ForAllValues|ForAnyValue):)?(${OPERATORS})(IfExists)?|Null)$`, {
      allowed: "an operator of IAM, such as StringEquals, ArnLike, Bool or ForAnyValue:StringLike",
      remedy: "write it as IAM does",
    }),
  ),
);
const conditionKey = matching("^[0-9A-Za-z./_-]+:[^\\n]+$", {
  allowed: "a condition key of IAM, such as aws:SourceVpce",
  remedy: "write its service before it",
});
const values = about("The values, any of which will do.", list(string, { min: 1 }));
const sid = about(
  "Its name, letters and digits.",
  text(matching("^[0-9A-Za-z]+$", { allowed: "a text of letters and digits", remedy: "leave out other characters" })),
);
/** Whether a statement allows or denies. */
export const statementEffect = about("Whether it allows or denies.", oneOfStrings("Allow", "Deny"), "Allow");

function condition(...rules: readonly Rule[]): Field {
  const variable = about("The condition key, aws:SourceVpce.", text(conditionKey, ...rules));
  return object({ test, variable, values }, ["test", "variable", "values"]);
}

/** Conditions of one operator and key are one to the provider, which lets any of the values of both do. */
const onceAtPlan = (conditions: string): string =>
  `try(length(distinct([for item in ${conditions} : lower(join(" ", [item.test, item.variable]))])) == length(${conditions}), true)`;

function isOnce(conditions: unknown): boolean | undefined {
  if (!Array.isArray(conditions)) {
    return undefined;
  }
  const names = conditions
    .filter((item): item is Fields => isFields(item) && isKnownText(item.test) && isKnownText(item.variable))
    .map((item) => `${String(item.test)} ${String(item.variable)}`.toLowerCase());
  return new Set(names).size === names.length;
}

const ONE_OF_BOTH = "any value of both would do; put the values into one, or leave one out";

/** No condition stands twice in a statement. */
export const conditionsOnce: ObjectRule = {
  refusal: `"{}.{conditions}" has one "test" with one "variable" twice, but must have each once: ${ONE_OF_BOTH}`,
  condition: predicate(
    ({ conditions }) => (conditions === undefined || conditions === null ? true : isOnce(conditions)),
    (at) => onceAtPlan(at("conditions")),
  ),
};

/** Whoever matches a wildcard may become the role, from any account. */
const noWorld: ObjectRule = {
  refusal:
    '"{}.{principals}" has the identifier "*", but must name accounts, roles or services while "{effect}" is not "Deny": ' +
    "the world could become the role; name who may",
  condition: any(
    is("effect", "Deny"),
    predicate(
      ({ principals }) =>
        !(Array.isArray(principals) ? (principals as unknown[]) : []).some(
          (item) => isFields(item) && Array.isArray(item.identifiers) && item.identifiers.includes("*"),
        ),
      (at) => `try(!contains(flatten(${at("principals")}[*].identifiers), "*"), true)`,
    ),
  ),
};

/** Conditions of a statement. */
export const statementConditions = about("Conditions, all of which have to hold.", list(condition()));

/** Statements of a role's policy. */
export const policyStatements: ListField = list(
  object(
    {
      sid,
      effect: statementEffect,
      actions: about(
        "The actions, s3:GetObject.",
        list(
          text(
            matching("^([*]|[0-9a-z-]+:[0-9A-Za-z*?]+)$", {
              allowed: "an action with its service, such as s3:GetObject, or *",
              remedy: "write the service before it",
            }),
          ),
          { min: 1 },
        ),
      ),
      resources: about(
        "The resources by ARN, or *.",
        list(text(matching("^([*]|arn:[!-~]+)$", { allowed: "an ARN, or *", remedy: "give the resource's ARN" })), {
          min: 1,
        }),
      ),
      conditions: statementConditions,
    },
    ["actions", "resources"],
    [conditionsOnce],
  ),
);

/** Statements of a role's trust policy. */
export const trustStatements: ListField = list(
  object(
    {
      sid,
      effect: statementEffect,
      actions: about(
        "The actions of STS; when left out, sts:AssumeRole.",
        list(
          text(
            matching("^sts:[A-Za-z]+$", {
              allowed: "an action of STS, such as sts:AssumeRole",
              remedy: "name the action; a trust policy knows no others",
            }),
          ),
          { min: 1 },
        ),
      ),
      principals: about(
        "Who may become the role.",
        list(
          object(
            {
              type: about("AWS, Service or Federated.", oneOfStrings("AWS", "Service", "Federated")),
              identifiers: about("ARNs or names.", list(string, { min: 1 })),
            },
            ["type", "identifiers"],
          ),
          { min: 1 },
        ),
      ),
      conditions: statementConditions,
    },
    ["principals"],
    [conditionsOnce, noWorld],
  ),
);

/** Conditions beside those by which a trust policy names one service account, or one cluster. */
export const trustConditions: ListField = list(
  condition(
    rule(
      {
        notMatching:
          "(:([sS][uU][bB]|[aA][uU][dD])$)|(^[aA][wW][sS]:[sS][oO][uU][rR][cC][eE]([aA][cC][cC][oO][uU][nN][tT]|[aA][rR][nN])$)",
      },
      {
        allowed: "another than sub, aud, aws:SourceAccount and aws:SourceArn, which the trust policy has already",
        remedy:
          'leave it out: they name the controller\'s service account and cluster; for others, give a statement in "controllerTrustStatements"',
      },
    ),
  ),
);

/** Names that are there twice: IAM takes a Sid once in a policy. */
function sidsOnce(property: string): CrossRule {
  const sids = (at: At): string => `[for item in ${at(property)} : item.sid if try(item.sid, null) != null]`;
  return {
    refusal: `"{${property}}" has a "sid" twice, but must have each once; rename one of the two, or leave it out`,
    condition: predicate(
      ({ [property]: statements }) => {
        const known = (Array.isArray(statements) ? (statements as unknown[]) : [])
          .map((item) => (isFields(item) ? item.sid : undefined))
          .filter(isKnownText);
        return new Set(known).size === known.length;
      },
      (at) => `try(length(distinct(${sids(at)})) == length(${sids(at)}), true)`,
    ),
  };
}

/** As within a statement, of the conditions of a trust policy. */
const trustConditionsOnce: CrossRule = {
  refusal: `"{controllerTrustConditions}" has one "test" with one "variable" twice, but must have each once: ${ONE_OF_BOTH}`,
  condition: predicate(
    ({ controllerTrustConditions }) => isOnce(controllerTrustConditions) ?? true,
    (at) => onceAtPlan(at("controllerTrustConditions")),
  ),
};

/** On the statements that the controller's role gets beside its own. */
export const controllerStatementRules: readonly CrossRule[] = [
  trustConditionsOnce,
  sidsOnce("controllerTrustStatements"),
  sidsOnce("controllerPolicyStatements"),
];

/** A policy as JSON, with statements in it. */
const policyDocument: Rule = {
  allowed: 'an IAM policy as JSON, {"Version": "2012-10-17", "Statement": […]}',
  remedy: "write it with JSON.stringify, jsonencode or the json of an aws_iam_policy_document",
  accepts: (value) => {
    try {
      const policy: unknown = JSON.parse(value);
      return isFields(policy) && typeof policy.Statement === "object" && policy.Statement !== null;
    } catch {
      return false;
    }
  },
  terraform: (expression) => `try(jsondecode(${expression}).Statement != null, false)`,
};

/** Policies of a role itself, by name. https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
export const inlinePolicies: MapField = map(text(policyDocument), [
  matching("^[0-9A-Za-z_+=,.@-]{1,128}$", {
    allowed: "1 to 128 letters, digits and characters of _+=,.@-",
    remedy: "rename it",
  }),
  rule(
    { noneOf: ["karpenter", "statements", "cni-ipv6", "fargate-logging"] },
    {
      allowed: "another than karpenter, statements, cni-ipv6 and fargate-logging, which are those made here",
      remedy: "rename it",
    },
  ),
]);
