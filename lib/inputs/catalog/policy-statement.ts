/** Statements that users add to a policy made here, by their Sid, in the words of `aws_iam_policy_document`. */
import type { MapField, ObjectField, ObjectRule } from "../field";
import { about, list, map, object, oneOfStrings, text } from "../field-builders";
import type { Predicate } from "../predicate";
import { all, any, given, not, predicate } from "../predicate";
import { isFields, isKnownList } from "../../terraform/known-values";
import { matching, rule } from "../rule";

/** The operators of a condition. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const OPERATOR =
  "(String(Not)?Equals(IgnoreCase)?|String(Not)?Like|Numeric(Not)?Equals|(Numeric|Date)(Less|Greater)Than(Equals)?|" +
  "Date(Not)?Equals|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))";

const conditions = list(
  object(
    {
      test: about(
        "The operator, StringEquals.",
        text(
          matching(`^(((ForAllValues|ForAnyValue):)?${OPERATOR}(IfExists)?|Null)$`, {
            allowed: 'an operator of IAM such as "StringEquals", "ForAllValues:StringLike" or "ArnLikeIfExists"',
            remedy: "write it as the IAM User Guide does",
          }),
        ),
      ),
      variable: about(
        "The condition key, aws:SourceArn.",
        text(
          matching("^[0-9A-Za-z-]+:[^ ].*$", {
            allowed: 'a condition key with its prefix, "aws:SourceArn"',
            remedy: "write it as the Service Authorization Reference does",
          }),
        ),
      ),
      values: about("The values, of which one must match.", list(text(), { min: 1 })),
    },
    ["test", "variable", "values"],
  ),
);

const ANY_ACTION = matching("^([*]|[a-z0-9-]+:[0-9A-Za-z*?]+)$", {
  allowed: 'an action of a service, "ec2:DescribeTags", or "*"',
  remedy: "write the service, a colon and the action's name, of which * and ? may be parts",
});

const QUEUE_ACTION = matching("^sqs:[0-9A-Za-z*?]+$", {
  allowed: 'an action of SQS, "sqs:SendMessage"',
  remedy: "write sqs, a colon and the action's name, of which * and ? may be parts",
});

const resources = list(
  text(
    matching("^([*]|arn:[^: ]+:[^: ]+:[^: ]*:[^: ]*:.+)$", {
      allowed: 'an ARN, of which * and ? may be parts, or "*"',
      remedy: "write arn:<partition>:<service>:<region>:<account>:<resource>",
    }),
  ),
  { min: 1 },
);

const effect = about("Allow or Deny; when left out, Allow.", oneOfStrings("Allow", "Deny"));
const conditionsField = about("Conditions, all of which must hold.", conditions);

/** One of two fields is given, and the other one is not. */
function eitherOf(one: string, other: string): ObjectRule {
  return {
    refusal: `"{}" must have either "{${one}}" or "{${other}}"; give one of the two`,
    condition: any(all(given(one), not(given(other))), all(given(other), not(given(one)))),
  };
}

/** A statement of a role's policy. */
export const policyStatement: ObjectField = object(
  {
    effect,
    actions: about('Actions, "ec2:DescribeTags".', list(text(ANY_ACTION), { min: 1 })),
    notActions: about("Every action but these.", list(text(ANY_ACTION), { min: 1 })),
    resources: about("ARNs of what the actions are about.", resources),
    notResources: about("Everything but these.", resources),
    conditions: conditionsField,
  },
  [],
  [eitherOf("actions", "notActions"), eitherOf("resources", "notResources")],
);

/** Whether somebody is everybody. */
function isEverybody(principal: unknown): boolean {
  return (
    isFields(principal) &&
    ["*", "AWS"].includes(String(principal.type)) &&
    isKnownList(principal.identifiers) &&
    principal.identifiers.includes("*")
  );
}

const toEverybody: Predicate = predicate(
  ({ principals }) => isKnownList(principals) && principals.some(isEverybody),
  (at) =>
    `try(anytrue([for who in ${at("principals")} : contains(["*", "AWS"], who.type) && contains(who.identifiers, "*")]), false)`,
);

const hasConditions: Predicate = predicate(
  ({ conditions }) => !isKnownList(conditions) || conditions.length > 0,
  (at) => `try(length(${at("conditions")}) > 0, false)`,
);

/** A statement of the policy of a queue, which is about that queue. */
export const queuePolicyStatement: ObjectField = object(
  {
    effect,
    actions: about(
      'Actions, "sqs:SendMessage".',
      list(text(QUEUE_ACTION), {
        min: 1,
        max: 7,
        remedy: "SQS takes 7 actions in a statement: write another statement",
      }),
    ),
    principals: about(
      "Who it is about.",
      list(
        object(
          {
            type: about(
              'What the identifiers are: AWS, Service, or "*" for everybody.',
              oneOfStrings("AWS", "Service", "*"),
            ),
            identifiers: about(
              "ARNs of roles and accounts, names of services, or * alone.",
              list(
                text(
                  rule(
                    { matches: "^[^ ]+$" },
                    { allowed: "a text without spaces", remedy: "give an ARN, an account or a service" },
                  ),
                ),
                { min: 1 },
              ),
            ),
          },
          ["type", "identifiers"],
        ),
        { min: 1 },
      ),
    ),
    conditions: conditionsField,
  },
  ["actions", "principals"],
  [
    {
      refusal:
        '"{}" is about everybody, but must have "{conditions}" then: without any, it opens the queue to the world, or closes ' +
        "it to Karpenter; name the accounts, roles or services, or add conditions",
      condition: any(not(toEverybody), all(given("conditions"), hasConditions)),
    },
  ],
);

/** Statements by their Sid, which must not be one of those that the policy has anyway. */
export function statementsBySid(
  statement: ObjectField,
  ownSids: readonly string[],
  more: Partial<MapField> = {},
): MapField {
  return map(
    statement,
    [
      matching("^[0-9A-Za-z]{1,100}$", {
        allowed: "a Sid of 1 to 100 letters and digits",
        remedy: "rename it; it only tells one statement from another",
      }),
      rule<string>(
        { noneOf: ownSids },
        {
          allowed: `none of ${ownSids.map((sid) => `"${sid}"`).join(", ")}`,
          remedy: "rename it: the policy has that statement already",
        },
      ),
    ],
    more,
  );
}
