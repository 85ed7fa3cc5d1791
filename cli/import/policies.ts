/** What policies of IAM say, as far as it tells whose they are. */
import type { Fields } from "../../lib/terraform/known-values";
import { isFields } from "../../lib/terraform/known-values";
import { isLike, listOf } from "../policy-texts";

/** A service account, by namespace and name. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

/** Who may become a role. */
export interface Trust {
  /** Services, `ec2.amazonaws.com`. */
  readonly services: readonly string[];
  /** Identity providers by ARN. */
  readonly federated: readonly string[];
  readonly serviceAccounts: readonly ServiceAccount[];
  readonly statements: number;
}

/** The statements of a policy; none where it is no JSON. */
export function statementsOf(document: unknown): Fields[] {
  if (typeof document !== "string") {
    return [];
  }
  try {
    const { Statement: all } = JSON.parse(document) as { Statement?: unknown };
    return listOf(all).filter(isFields);
  } catch {
    return [];
  }
}

/** Reads a trust policy. */
export function trustOf(document: unknown): Trust {
  const statements = statementsOf(document).filter(({ Effect }) => Effect === "Allow");
  const principals = statements.map(({ Principal }) => (isFields(Principal) ? Principal : {}));
  return {
    services: principals.flatMap(({ Service }) => textsOf(Service)),
    federated: principals.flatMap(({ Federated }) => textsOf(Federated)),
    serviceAccounts: statements.flatMap(subjectsOf).flatMap((subject) => {
      const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(subject) ?? [];
      return name === undefined ? [] : [{ namespace, name }];
    }),
    statements: statements.length,
  };
}

/** Whether a policy is what Karpenter needs to start nodes. */
export function startsNodes(document: unknown): boolean {
  const actions = statementsOf(document)
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Action }) => textsOf(Action));
  return ["ec2:CreateFleet", "ec2:RunInstances"].every((wanted) =>
    actions.some((action) => isLike(wanted.toLowerCase(), action.toLowerCase())),
  );
}

/** The roles that a policy lets pass on, as it names them: ARNs, with wildcards perhaps. */
export function passedRoles(document: unknown): string[] {
  return statementsOf(document)
    .filter(({ Action }) => textsOf(Action).includes("iam:PassRole"))
    .flatMap(({ Resource }) => textsOf(Resource));
}

/** A text or a list of texts as a list. */
export function textsOf(value: unknown): string[] {
  return listOf(value).filter((item) => typeof item === "string");
}

/** What a web identity has to be, in whatever condition names it. */
function subjectsOf({ Condition }: Fields): string[] {
  return Object.values(isFields(Condition) ? Condition : {})
    .filter(isFields)
    .flatMap((conditions) => Object.entries(conditions))
    .filter(([key]) => key.endsWith(":sub"))
    .flatMap(([, values]) => textsOf(values));
}
