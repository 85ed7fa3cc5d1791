/** Policies with a hole in them, by which a test sees that an attack fails because of the one thing that was taken away. */
import type { Account } from "./account";
import type { PolicyStatement } from "./simulator";

/** One thing taken away from the policies. */
export type Loosening = (account: Account) => Account;

/** A statement without the conditions on keys that have this text in them. */
export function without(text: string, ...sids: readonly string[]): Loosening {
  return changing(sids, ({ Condition = {}, ...statement }) => {
    const left = Object.entries(Condition).map(
      ([operator, keys]) =>
        [operator, Object.fromEntries(Object.entries(keys).filter(([key]) => !key.includes(text)))] as const,
    );
    const count = (keys: object[]) => keys.reduce((sum, each) => sum + Object.keys(each).length, 0);
    if (count(left.map(([, keys]) => keys)) === count(Object.values(Condition))) {
      throw new Error(`${statement.Sid} has no condition on ${text}`);
    }
    return { ...statement, Condition: Object.fromEntries(left.filter(([, keys]) => Object.keys(keys).length > 0)) };
  });
}

/** A statement on every resource. */
export function onAnything(...sids: readonly string[]): Loosening {
  return changing(sids, (statement) => ({ ...statement, Resource: "*" }));
}

/** A statement for any principal. */
export function forAnyone(...sids: readonly string[]): Loosening {
  return changing(sids, (statement) => ({ ...statement, Principal: "*" }));
}

/** A statement with more actions. */
export function alsoAllowing(actions: readonly string[], ...sids: readonly string[]): Loosening {
  return changing(sids, (statement) => ({ ...statement, Action: [statement.Action ?? []].flat().concat(actions) }));
}

/** All that a statement says is gone. */
export function withoutStatement(...sids: readonly string[]): Loosening {
  return changing(sids, () => undefined);
}

/** A statement that the policies do not have, for one of the identities. */
export function granting(identity: string, ...statements: readonly PolicyStatement[]): Loosening {
  return ({ identities, resources }) => ({
    identities: { ...identities, [identity]: [...(identities[identity] ?? []), ...statements] },
    resources,
  });
}

function changing(
  sids: readonly string[],
  change: (statement: PolicyStatement) => PolicyStatement | undefined,
): Loosening {
  return (account) => {
    const found = new Set<string>();
    const changed = (policies: Account["identities"]) =>
      Object.fromEntries(
        Object.entries(policies).map(([arn, statements]) => [
          arn,
          statements.flatMap((statement) => {
            if (statement.Sid === undefined || !sids.includes(statement.Sid)) {
              return [statement];
            }
            found.add(statement.Sid);
            return change(statement) ?? [];
          }),
        ]),
      );
    const result = { identities: changed(account.identities), resources: changed(account.resources) };
    const missing = sids.filter((sid) => !found.has(sid));
    if (missing.length > 0) {
      throw new Error(`there is no statement ${missing.join(", ")}`);
    }
    return result;
  };
}
