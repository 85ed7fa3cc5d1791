import type { MinorVersion, PolicyStatement } from "../lib/versions";
import {
  MANAGED_POLICIES,
  MINOR_VERSIONS,
  POD_EXECUTION_POLICIES,
  STATEMENT_CONDITIONS,
  supportInWords,
} from "../lib/versions";
import { documentsOfRoles } from "./role-documents";

const FOLDER = "docs/permissions";

/** The pages on permissions by their paths in the project: an index, and one for each minor version of Karpenter. */
export function permissionPages(): Record<string, string> {
  return Object.fromEntries([
    [`${FOLDER}/README.md`, index()],
    ...MINOR_VERSIONS.map((minorVersion, at) => [`${FOLDER}/${minorVersion.minorVersion}.md`, page(minorVersion, at)]),
  ]);
}

const GENERATED = "<!-- Written by `npm run readme` from lib/versions. Do not edit. -->";

function index(): string {
  const rows = [...MINOR_VERSIONS].reverse().map((minorVersion) => {
    const { minorVersion: name, controllerPolicies, support } = minorVersion;
    const statements = statementsOf(controllerPolicies);
    const deviating = statements.filter(({ statement }) => statement.deviation !== undefined);
    const changed = changes(minorVersion);
    return [
      `[${name}](${name}.md)`,
      String(statements.length),
      changed.length === 0 ? "nothing" : changed.map(code).join(", "),
      deviating.map(({ sid }) => code(sid)).join(", "),
      supportInWords(support),
    ];
  });
  return `${GENERATED}

# Permissions

What is granted to whom, for those who review it. Every minor version of Karpenter has a page with the statements of its controller:
since when each is as it is, what it is for, which input grants it, and how it differs from the template that Karpenter
publishes (\`website/content/en/v<minor version>\`, with what was corrected there after the release). The published modules keep
the same statements in \`policy.tf.json\`; each that depends on the release says so in its \`"//"\`.

Inputs are named as in TypeScript; HCL has the same in snake_case. \`createControllerRole: false\` makes no statement at all, for a role
of your own, and \`controllerAdditionalPolicies\` adds policies to the role made here.

${table(["Karpenter", "Statements", "Changed against the one before", "Not as in the template", "Support"], rows)}
In every minor version:

- **The statements are split** into documents as the templates from 1.9 on split them into managed policies. The role has them
  as one inline policy; \`controllerPolicyForm: "managed"\` makes managed ones, of which one with all statements would pass the
  6,144 characters that IAM takes, depending on the length of names.
- **\`iam:PassRole\`** is granted for the roles of nodes alone, by their ARNs without a wildcard, and to EC2 alone. In the partitions
  \`aws-iso\` and \`aws-iso-b\` EC2's second name there is in the condition too, which the template does not have.
- **The node role** is yours where you bring one (\`nodeRoleArn\`), otherwise made here; \`additionalNodeRoleArns\` are passed too.
- The template of 1.15 was not there to compare with: its page compares with that of 1.14.

## Who may become a role, and who may send to the queue

The same for every minor version; here for the cluster \`prod\` of the account 111122223333 in eu-north-1.

${documentsOfRoles()
  .map(({ title, why, document }) => `### ${title}\n\n${why}\n\n\`\`\`json\n${document}\n\`\`\`\n`)
  .join("\n")}
Pods on Fargate pull their images under the pod execution role:

${table(
  ["Managed policy", "What for"],
  POD_EXECUTION_POLICIES.map((name) => [code(name), MANAGED_POLICIES[name]]),
)}`;
}

function page(minorVersion: MinorVersion, at: number): string {
  const { minorVersion: name, controllerPolicies, nodePolicies } = minorVersion;
  const sections = Object.entries(controllerPolicies).map(
    ([policy, statements]) =>
      `### ${policy}\n\n${INTRODUCTIONS[policy] ?? ""}${table(
        ["Statement", "Actions", "Resources", "Conditions", "What for", "Granted", "As it is", "Against the template"],
        Object.entries(statements).map(([sid, statement]) => row(policy, sid, statement, at)),
      )}`,
  );
  return `${GENERATED}

# Permissions of Karpenter ${name}

The policies of the controller, each attached to its role as \`<cluster>-karpenter-<name>\`, and those of nodes. [What holds for every
minor version](README.md), the trust policies among it, is told once.

## Controller

${sections.join("\n")}
## Nodes

${table(
  ["Managed policy", "What for"],
  nodePolicies.map((policy) => [code(policy), MANAGED_POLICIES[policy]]),
)}
\`nodeAdditionalPolicies\` adds others, and \`nodeRoleArn\` takes a role of your own in the place of this one.
`;
}

/** What turns a whole policy off. */
const INTRODUCTIONS: Readonly<Record<string, string>> = {
  interruption: "Left out with `interruptionHandling: false`.\n\n",
};

function row(policy: string, sid: string, statement: PolicyStatement, at: number): string[] {
  const { actions, resources, conditions = [], why, onlyIf, deviation } = statement;
  return [
    code(sid),
    lines(actions),
    lines(resources),
    lines(conditions.map(({ test, variable, values }) => `${test} ${variable} = ${values.join(", ")}`)),
    why,
    onlyIf === undefined ? "always" : `with ${code(STATEMENT_CONDITIONS[onlyIf])}`,
    inThisForm(policy, sid, statement, at),
    deviation ?? "the same",
  ];
}

/** The minor versions beside this one that have the statement in the same form. */
function inThisForm(policy: string, sid: string, statement: PolicyStatement, at: number): string {
  const isSame = (other: MinorVersion | undefined): boolean =>
    other !== undefined && grantOf(other.controllerPolicies[policy]?.[sid]) === grantOf(statement);
  let [first, last] = [at, at];
  while (isSame(MINOR_VERSIONS[first - 1])) {
    first -= 1;
  }
  while (isSame(MINOR_VERSIONS[last + 1])) {
    last += 1;
  }
  const from = `since ${MINOR_VERSIONS[first].minorVersion}`;
  return last === MINOR_VERSIONS.length - 1
    ? from
    : `${from}, until and including ${MINOR_VERSIONS[last].minorVersion}`;
}

/** The Sids of the statements that are other than in the minor version before, or gone. */
function changes(minorVersion: MinorVersion): string[] {
  const before = MINOR_VERSIONS[MINOR_VERSIONS.indexOf(minorVersion) - 1] as MinorVersion | undefined;
  if (before === undefined) {
    return [];
  }
  const [now, then] = [minorVersion, before].map(
    ({ controllerPolicies }) =>
      new Map(statementsOf(controllerPolicies).map(({ sid, statement }) => [sid, grantOf(statement)])),
  );
  return [...new Set([...then.keys(), ...now.keys()])].filter((sid) => then.get(sid) !== now.get(sid)).sort();
}

function statementsOf(policies: MinorVersion["controllerPolicies"]): { sid: string; statement: PolicyStatement }[] {
  return Object.values(policies).flatMap((policy) =>
    Object.entries(policy).map(([sid, statement]) => ({ sid, statement })),
  );
}

/** What a statement grants, whatever is said about it; a condition on the tags of a request and one more are a set. */
function grantOf(statement: PolicyStatement | undefined): string | undefined {
  return (
    statement &&
    JSON.stringify([
      statement.actions,
      statement.resources,
      (statement.conditions ?? []).map((condition) => JSON.stringify(condition)).sort(),
    ])
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => code(shown(text))).join("<br>");
}

function code(text: string): string {
  return `\`${text}\``;
}

/** Placeholders in the words of a reader. */
function shown(text: string): string {
  return text
    .replace("{nodeRoles}", "<the roles of nodes>")
    .replace("{queueKey}", "<the key of the queue>")
    .replace("{queue}", "<the interruption queue>")
    .replace("{amiParameters}", "<the SSM parameters of AMIs>")
    .replace("{volumeKeys}", "<the keys of volumes>")
    .replace("{ec2InRegion}", "ec2.<region>.amazonaws.com, in China also ec2.<region>.amazonaws.com.cn")
    .replace("{ec2}", "ec2.amazonaws.com, ec2.amazonaws.com.cn")
    .replace(/\{(\w+)\}/g, "<$1>");
}
