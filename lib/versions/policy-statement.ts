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
 * Placeholders: `{partition}`, `{region}`, `{account}`, `{cluster}`. `{nodeRoles}`, `{queue}` and `{queueKey}` stand
 * alone as the resources.
 */
export interface PolicyStatement {
  readonly sid: string;
  /** In alphabetical order. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: readonly PolicyCondition[];
  /** Left out unless this holds. */
  readonly onlyIf?: StatementCondition;
}

/** What a statement may depend on. */
export type StatementCondition = "karpenterMakesInstanceProfiles" | "queueHasKmsKey";

/** The controller's managed policies by a short name, as Karpenter's own template splits them. */
export type ControllerPolicies = Readonly<Record<string, readonly PolicyStatement[]>>;
