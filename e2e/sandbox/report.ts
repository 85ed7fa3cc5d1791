/** What the sandbox shows: everything that a deployment added to the account, as a table. */
import type { Inventory } from "../cloud/inventory";

/** One row: what kind of thing, its name, and what is worth knowing of it. */
export type Row = readonly [kind: string, name: string, detail: string];

/** The rows for what is in `after` and was not in `before`. */
export function created(before: Inventory, after: Inventory): Row[] {
  const old = new Set(rows(before).map(([kind, name]) => `${kind} ${name}`));
  return rows(after).filter(([kind, name]) => !old.has(`${kind} ${name}`));
}

/** Columns as wide as their widest cell. */
export function table(head: Row, body: readonly Row[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...body.map((row) => row[column].length)));
  const line = (row: Row): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join("  ")
      .trimEnd();
  return [line(head), widths.map((width) => "─".repeat(width)).join("  "), ...body.map(line)].join("\n");
}

function rows(found: Inventory): Row[] {
  return [
    ...found.roles.map((role): Row => ["IAM role", role.name, `${count(role.attachedPolicies, "policy", "policies")}`]),
    ...found.policies.map((policy): Row => ["IAM policy", policy.name, `${policy.size} of 6144 characters`]),
    ...found.instanceProfiles.map((profile): Row => [
      "Instance profile",
      profile.name,
      `role ${profile.roles.join(", ")}`,
    ]),
    ...found.clusters.flatMap((cluster) => [
      ...cluster.fargateProfiles.map((profile): Row => ["Fargate profile", profile.name, selectors(profile.selectors)]),
      ...cluster.accessEntries.map((entry): Row => ["Access entry", nameOf(entry.principalArn), entry.type]),
      ...cluster.podIdentityAssociations.map((item): Row => [
        "Pod Identity",
        `${item.namespace}/${item.serviceAccount}`,
        nameOf(item.roleArn),
      ]),
    ]),
    ...found.queues.map((queue): Row => [
      "SQS queue",
      queue.name,
      `${queue.attributes.MessageRetentionPeriod} s retention`,
    ]),
    ...found.eventRules.map((rule): Row => ["EventBridge rule", rule.name, detailType(rule.pattern)]),
  ];
}

function selectors(list: Inventory["clusters"][number]["fargateProfiles"][number]["selectors"]): string {
  return list
    .map(({ namespace, labels }) =>
      [namespace, ...Object.entries(labels).map(([key, value]) => `${key}=${value}`)].join(" "),
    )
    .join("; ");
}

function detailType(pattern: Readonly<Record<string, unknown>> | undefined): string {
  return [pattern?.["detail-type"]].flat().join(", ");
}

function nameOf(arn: string): string {
  return arn.split("/").pop() ?? arn;
}

function count(items: readonly unknown[], one: string, many: string): string {
  return `${items.length} ${items.length === 1 ? one : many}`;
}
