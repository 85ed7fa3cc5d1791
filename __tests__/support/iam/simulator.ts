/**
 * A simulator of IAM: whether policies allow a request. It knows identity policies, resource policies and trust policies of
 * one account, which is what Karpenter's infrastructure consists of, and takes nothing else.
 */
import type { Conditions, RequestContext } from "./conditions";
import { holdsAll, listOf, matchesArn, matchesText } from "./conditions";

type OneOrMany = string | readonly string[];

/** A statement as AWS takes it. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: "*" | Readonly<Record<string, OneOrMany>>;
  readonly Action?: OneOrMany;
  readonly NotAction?: OneOrMany;
  readonly Resource?: OneOrMany;
  readonly NotResource?: OneOrMany;
  readonly Condition?: Conditions;
}

const ELEMENTS = ["Sid", "Effect", "Principal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

/** Who asks: a service, an identity of AWS, or an identity of an OIDC provider. */
export interface Principal {
  readonly type: "AWS" | "Service" | "Federated";
  readonly id: string;
}

/** One question that AWS asks IAM; a call may raise several. */
export interface AccessRequest {
  readonly principal: Principal;
  /** `ec2:RunInstances`. */
  readonly action: string;
  /** An ARN, or `*` for an action without resources. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** The policies that a request is held against. */
export interface Policies {
  /** Those of the identity that asks. */
  readonly identity: readonly PolicyStatement[];
  /** That of the queue, key or role which is asked for. */
  readonly resource: readonly PolicyStatement[];
}

/** Whether the request is allowed: some statement allows it, and none denies it. */
export function isAllowed({ identity, resource }: Policies, request: AccessRequest): boolean {
  const applying = [
    ...identity.filter((statement) => applies(statement, request)),
    ...resource.filter((statement) => isFor(statement.Principal, request.principal) && applies(statement, request)),
  ];
  return applying.length > 0 && applying.every(({ Effect }) => Effect === "Allow");
}

function applies(statement: PolicyStatement, { action, resource, context }: AccessRequest): boolean {
  const unknown = Object.keys(statement).find((element) => !ELEMENTS.includes(element));
  if (unknown !== undefined) {
    throw new Error(`the simulator does not know the element ${unknown}`);
  }
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  const isAction = (pattern: string) => matchesText(pattern.toLowerCase(), action.toLowerCase());
  const isResource = (pattern: string) => pattern === "*" || matchesArn(pattern, resource);
  return (
    (NotAction === undefined ? listOf(Action ?? []).some(isAction) : !listOf(NotAction).some(isAction)) &&
    // A trust policy names no resource: it is that of its role.
    (NotResource === undefined
      ? Resource === undefined || listOf(Resource).some(isResource)
      : !listOf(NotResource).some(isResource)) &&
    holdsAll(Condition, context)
  );
}

function isFor(principal: PolicyStatement["Principal"], { type, id }: Principal): boolean {
  if (principal === undefined || principal === "*") {
    return principal === "*";
  }
  return Object.entries(principal).some(([kind, ids]) =>
    listOf(ids).some((each) => (each === "*" ? kind === "*" || kind === type : kind === type && each === id)),
  );
}
