/** An account as IAM sees it: which identities have which policies, and which resources have policies of their own. */
import type { AccessRequest, Policies, PolicyStatement } from "./simulator";
import { isAllowed } from "./simulator";

/** Policies by the ARN of whom or what they belong to. */
export interface Account {
  readonly identities: Readonly<Record<string, readonly PolicyStatement[]>>;
  readonly resources: Readonly<Record<string, readonly PolicyStatement[]>>;
}

/** Whether AWS would do a call: every question that it raises has to be allowed. */
export function allows(account: Account, call: readonly AccessRequest[]): boolean {
  return call.every((request) => isAllowed(policiesFor(account, request), request));
}

/** What of a call is not allowed, as `action on resource`. */
export function refusals(account: Account, call: readonly AccessRequest[]): string[] {
  return call
    .filter((request) => !isAllowed(policiesFor(account, request), request))
    .map(({ action, resource }) => `${action} on ${resource}`);
}

function policiesFor({ identities, resources }: Account, { principal, resource }: AccessRequest): Policies {
  return { identity: identities[principal.id] ?? [], resource: resources[resource] ?? [] };
}
