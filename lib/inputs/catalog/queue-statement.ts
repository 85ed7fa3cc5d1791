/** Statements that users add to the policy of the queue, by their Sid. */
import type { MapField, ObjectField } from "../field";
import { about, list, map, object, oneOfStrings, text } from "../field-builders";
import type { Predicate } from "../predicate";
import { all, any, given, not, predicate } from "../predicate";
import { isFields, isKnownList } from "../../terraform/known-values";
import { matching, rule } from "../rule";
import { conditionsOnce, statementConditions, statementEffect } from "./iam-statements";

const QUEUE_ACTION = matching("^sqs:[0-9A-Za-z*?]+$", {
  allowed: 'an action of SQS, "sqs:SendMessage"',
  remedy: "write sqs, a colon and the action's name, of which * and ? may be parts",
});

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
    effect: statementEffect,
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
    conditions: statementConditions,
  },
  ["actions", "principals"],
  [
    conditionsOnce,
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
