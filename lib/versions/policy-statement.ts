/** One condition of an IAM statement. */
export interface PolicyCondition {
  /** The operator, `StringEquals`. */
  readonly test: string;
  /** The condition key, `aws:RequestTag/karpenter.sh/nodepool`. */
  readonly variable: string;
  readonly values: readonly string[];
}

/**
 * One Allow statement of the controller's permissions, as data.
 *
 * Placeholders: `{partition}`, `{region}`, `{account}`, `{cluster}`. `{nodeRoles}`, `{queue}`, `{queueKey}`,
 * `{amiParameters}` and `{volumeKeys}` stand alone as the resources; `{ec2}`, the names of EC2 as a service, and
 * `{ec2InRegion}`, those by which KMS knows it, as the values of a condition.
 */
export interface PolicyStatement {
  /** What the controller does with it; a sentence. */
  readonly why: string;
  /** In alphabetical order. */
  readonly actions: readonly string[];
  /** In alphabetical order. */
  readonly resources: readonly string[];
  readonly conditions?: readonly PolicyCondition[];
  /** Left out unless this holds. */
  readonly onlyIf?: StatementCondition;
  /** Where it is not as Karpenter's published template of the minor version has it, how and why; sentences. */
  readonly deviation?: string;
}

/** What a statement may depend on, each with the input that grants it as TypeScript writes it. */
export const STATEMENT_CONDITIONS = {
  karpenterMakesInstanceProfiles: 'instanceProfileMode: "karpenter"',
  queueHasKmsKey: "interruptionQueueKmsKeyArn",
  nodesAreRebooted: "awsFeatureGates: { rebootForRepair: true }",
  amiParametersAreNamed: "amiParameterArns",
  volumesHaveKmsKeys: "ebsKmsKeyArns",
} as const;

export type StatementCondition = keyof typeof STATEMENT_CONDITIONS;

/** Statements by their Sid. */
export type PolicyStatements = Readonly<Record<string, PolicyStatement>>;

/**
 * The controller's managed policies by a short name, split as Karpenter's own template splits them from 1.9 on: in one
 * document, the statements of earlier minor versions too would pass what IAM takes.
 */
export type ControllerPolicies = Readonly<Record<string, PolicyStatements>>;

/** What a minor version changes in a statement of the minor version before it. */
export interface StatementChange extends Partial<PolicyStatement> {
  readonly add?: StatementParts;
  readonly remove?: Omit<StatementParts, "conditions">;
}

type StatementParts = Partial<Pick<PolicyStatement, "actions" | "resources" | "conditions">>;

/** What a minor version changes in the policies: new statements, changed ones, and null for one that is gone. */
export type PolicyChanges = Readonly<
  Record<string, Readonly<Record<string, PolicyStatement | StatementChange | null>>>
>;

/** Policies with a minor version's changes. */
export function changedPolicies(policies: ControllerPolicies, changes: PolicyChanges): ControllerPolicies {
  const names = [...new Set([...Object.keys(policies), ...Object.keys(changes)])];
  return Object.fromEntries(
    names.map((name) => {
      const before = policies[name] ?? {};
      const changed = Object.entries(changes[name] ?? {}).map(([sid, change]) => [
        sid,
        change === null ? null : changedStatement(before[sid], change),
      ]);
      const after = { ...before, ...(Object.fromEntries(changed) as Record<string, PolicyStatement | null>) };
      return [name, Object.fromEntries(Object.entries(after).filter(([, statement]) => statement !== null))];
    }),
  ) as ControllerPolicies;
}

function changedStatement(
  before: PolicyStatement | undefined,
  { add, remove, ...change }: StatementChange,
): PolicyStatement {
  const { conditions, ...statement } = { why: "", actions: [], resources: [], ...before, ...change };
  const all = [...(conditions ?? []), ...(add?.conditions ?? [])];
  return {
    ...statement,
    actions: changedList(statement.actions, add?.actions, remove?.actions),
    resources: changedList(statement.resources, add?.resources, remove?.resources),
    ...(all.length === 0 ? {} : { conditions: all }),
  };
}

function changedList(
  before: readonly string[],
  add: readonly string[] = [],
  remove: readonly string[] = [],
): readonly string[] {
  return [...before, ...add].filter((item) => !remove.includes(item)).sort();
}
