import { all, any, given, not } from "../predicate";
import type { ObjectRule } from "../field";
import { apiRule } from "../field";

/** A term has one of these fields. */
function oneOfFields(term: string, fields: readonly string[], message: readonly string[] = fields): ObjectRule {
  return apiRule(
    "",
    "selects by nothing",
    `expected at least one, got none, [${message.map((field) => `'${field}'`).join(", ")}]`,
    `say which ${term} is meant`,
    any(...fields.map(given)),
  );
}

/** Before 1.0, one term that is right is enough for the API server. */
function alone(field: string, others: readonly string[]): ObjectRule {
  return {
    ...apiRule(
      "",
      `has "${field}" beside other fields`,
      `'${field}' is mutually exclusive, cannot be set with a combination of other fields in amiSelectorTerms`,
      "leave the others out",
      not(all(given(field), any(...others.map(given)))),
    ),
    stricter: { until: "1.0" },
  };
}

export const amiTermRules: readonly ObjectRule[] = [
  oneOfFields("AMI", ["tags", "id", "name", "alias", "ssmParameter"]),
  alone("id", ["alias", "tags", "name", "owner"]),
  alone("alias", ["id", "tags", "name", "owner"]),
];
export const subnetTermRules = [oneOfFields("subnet", ["tags", "id"])];
export const securityGroupTermRules = [oneOfFields("security group", ["tags", "id", "name"])];
export const reservationTermRules = [oneOfFields("reservation", ["tags", "id", "instanceMatchCriteria"])];

export const placementGroupRules: readonly ObjectRule[] = [
  oneOfFields("placement group", ["name", "id"]),
  apiRule(
    "",
    'has both "name" and "id"',
    "'name' and 'id' are mutually exclusive",
    "leave one out",
    not(all(given("name"), given("id"))),
  ),
];
