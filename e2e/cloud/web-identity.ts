/** Whether a role lets itself be taken with a token of a service account: the check that the emulated STS leaves out. */
import { matchesText } from "../../__tests__/support/iam/conditions";
import type { PolicyDocument, PolicyStatement } from "./policy-document";

/** What a token says. */
export interface WebIdentity {
  /** The URL of the issuer. */
  readonly issuer: string;
  /** `system:serviceaccount:NAMESPACE:NAME`. */
  readonly subject: string;
  readonly audience: string;
}

const ACTION = "sts:AssumeRoleWithWebIdentity";

/** Whether a trust policy allows the identity; a condition that is not known here forbids it. */
export function trusts(policy: PolicyDocument, identity: WebIdentity): boolean {
  const matching = policy.Statement.filter((statement) => applies(statement, identity));
  return matching.length > 0 && matching.every(({ Effect }) => Effect === "Allow");
}

function applies({ Action, Principal, Condition = {} }: PolicyStatement, identity: WebIdentity): boolean {
  const provider = identity.issuer.replace(/^https:\/\//, "");
  const values: Readonly<Record<string, string>> = {
    [`${provider}:sub`]: identity.subject,
    [`${provider}:aud`]: identity.audience,
  };
  return (
    Action.includes(ACTION) &&
    (Principal?.Federated ?? []).some((arn) => arn.endsWith(`:oidc-provider/${provider}`)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, allowed]) => allowed.some((each) => holds(operator, each, values[key]))),
    )
  );
}

function holds(operator: string, allowed: string, value: string | undefined): boolean {
  if (value === undefined) {
    return false;
  }
  return operator === "StringEquals" ? allowed === value : operator === "StringLike" && matchesText(allowed, value);
}
