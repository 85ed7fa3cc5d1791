/** `upgrade`: what changes from one release to another, read from what is known of each minor version. */
import type { MinorVersion, PolicyStatement } from "../../lib/versions";
import {
  atRelease,
  MINOR_VERSIONS,
  minorVersionOf,
  newestOf,
  STATEMENT_CONDITIONS,
  supportInWords,
} from "../../lib/versions";
import { releaseNumber } from "../../lib/versions/version-bounds";

/** From which release to which one. */
export interface UpgradeOptions {
  readonly from: string;
  readonly to: string;
  readonly kubernetesVersion?: string;
}

/** What is told under one heading; nothing where nothing changes. */
export interface UpgradeSection {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Everything that changes between two releases. */
export function upgrade({ from, to, kubernetesVersion }: UpgradeOptions): UpgradeSection[] {
  const [before, after] = [minorVersionOf(from), minorVersionOf(to)];
  const steps = stepsBetween(from, to);
  return [
    { title: "Steps", lines: [[from, ...steps].join(" → ")] },
    { title: "Kubernetes", lines: kubernetesLines(steps, kubernetesVersion) },
    { title: "Custom resources", lines: resourceLines(from, to) },
    { title: "Permissions of the controller", lines: permissionLines(before, after) },
    { title: "Policies of nodes", lines: listLines(before.nodePolicies, after.nodePolicies) },
    {
      title: "Events that the queue gets",
      lines: listLines(
        before.eventRules.map(({ id }) => id),
        after.eventRules.map(({ id }) => id),
      ),
    },
    ...(["settings", "featureGates", "awsFeatureGates"] as const).map((option) => ({
      title: { settings: "Settings", featureGates: "Feature gates", awsFeatureGates: "AWS feature gates" }[option],
      lines: [
        ...listLines(Object.keys(before.chart[option]), Object.keys(after.chart[option])),
        ...defaultLines(before.chart[option], after.chart[option]),
      ],
    })),
    { title: "Support", lines: [`${after.minorVersion}: ${supportInWords(after.support)}`] },
  ].filter(({ lines }) => lines.length > 0);
}

/**
 * The releases to take one after the other. One may be left out unless the objects of the cluster could then not be read: a release
 * has to serve the version that they are kept in, and the one before has to know the version that they are kept in afterwards.
 */
export function stepsBetween(from: string, to: string): string[] {
  const between = MINOR_VERSIONS.map(newestOf).filter(
    (release) => releaseNumber(release) > releaseNumber(from) && releaseNumber(release) < releaseNumber(to),
  );
  const steps: string[] = [];
  let current = from;
  while (!isReadable(current, to)) {
    const next = between
      .filter((release) => releaseNumber(release) > releaseNumber(current) && isReadable(current, release))
      .at(-1);
    if (next === undefined) {
      return [...steps, to];
    }
    steps.push(next);
    current = next;
  }
  return [...steps, to];
}

/** Whether what a release has kept is read by another one. */
function isReadable(from: string, to: string): boolean {
  const [before, after] = [from, to].map((release) => atRelease(minorVersionOf(release).crds, release));
  const hasNodePools = before.some(({ kind }) => kind === "NodePool");
  return before.every(({ kind, stored, served }) => {
    const later = after.find((resource) => resource.kind === kind);
    return later === undefined
      ? // What took the place of it has to be there, for objects to be written anew beside it.
        hasNodePools
      : later.served.includes(stored) && served.includes(later.stored);
  });
}

function kubernetesLines(steps: readonly string[], kubernetesVersion: string | undefined): string[] {
  return steps.map((release) => {
    const { from, to } = atRelease(minorVersionOf(release).kubernetes, release);
    const number = (version: string): number => Number(version.split(".")[1]);
    const isOutside =
      kubernetesVersion !== undefined &&
      (number(kubernetesVersion) < number(from) || number(kubernetesVersion) > number(to));
    return `${release}: ${from} to ${to}${isOutside ? `, which ${kubernetesVersion} is not in` : ""}`;
  });
}

function resourceLines(from: string, to: string): string[] {
  const [before, after] = [from, to].map((release) => atRelease(minorVersionOf(release).crds, release));
  const changed = before.flatMap((resource) => {
    const later = after.find(({ kind }) => kind === resource.kind);
    return later !== undefined && String(later.served) !== String(resource.served)
      ? [`${resource.kind}: ${resource.served.join(", ")} → ${later.served.join(", ")}`]
      : [];
  });
  return [
    ...listLines(
      before.map(({ kind }) => kind),
      after.map(({ kind }) => kind),
    ),
    ...changed,
  ];
}

function permissionLines(before: MinorVersion, after: MinorVersion): string[] {
  const [old, current] = [before, after].map(
    ({ controllerPolicies }) =>
      Object.assign({}, ...Object.values(controllerPolicies)) as Readonly<Record<string, PolicyStatement>>,
  );
  const sids = [...new Set([...Object.keys(old), ...Object.keys(current)])];
  return sids.flatMap((sid) => statementLines(sid, old[sid], current[sid]));
}

function statementLines(
  sid: string,
  before: PolicyStatement | undefined,
  after: PolicyStatement | undefined,
): string[] {
  if (before === undefined || after === undefined) {
    const { why, actions, onlyIf } = (after ?? before) as PolicyStatement;
    const condition = onlyIf === undefined ? "" : `, with ${STATEMENT_CONDITIONS[onlyIf]}`;
    return [
      `${after === undefined ? "-" : "+"} ${sid}: ${actions.join(", ")}${condition}${after === undefined ? "" : `. ${why}`}`,
    ];
  }
  const parts = [
    ...listLines(before.actions, after.actions),
    ...listLines(before.resources, after.resources),
    ...listLines(conditionsOf(before), conditionsOf(after)),
  ];
  return parts.length === 0 ? [] : [`~ ${sid}: ${parts.join("; ")}`];
}

function conditionsOf({ conditions = [] }: PolicyStatement): string[] {
  return conditions.map(({ test, variable, values }) => `${test} ${variable} ${values.join(", ")}`);
}

/** What is new, and what is gone. */
function listLines(before: readonly string[], after: readonly string[]): string[] {
  return [
    ...after.filter((item) => !before.includes(item)).map((item) => `+ ${item}`),
    ...before.filter((item) => !after.includes(item)).map((item) => `- ${item}`),
  ];
}

type Options = MinorVersion["chart"]["featureGates"];

/** Gates that are on or off now where nothing is said. */
function defaultLines(before: Options, after: Options): string[] {
  return Object.entries(after).flatMap(([name, { default: value }]) =>
    before[name] !== undefined && before[name].default !== value
      ? [`~ ${name}: ${String(before[name].default)} → ${String(value)}`]
      : [],
  );
}

/** The sections as Markdown, for a pull request. */
export function upgradeAsMarkdown({ from, to }: UpgradeOptions, sections: readonly UpgradeSection[]): string {
  return [
    `# Karpenter ${from} → ${to}`,
    ...sections.map(({ title, lines }) =>
      [`## ${title}`, "", ...lines.map((line) => `- \`${line.replaceAll("`", "")}\``)].join("\n"),
    ),
  ].join("\n\n");
}

/** The sections for a terminal. */
export function upgradeAsText({ from, to }: UpgradeOptions, sections: readonly UpgradeSection[]): string {
  return [
    `Karpenter ${from} → ${to}`,
    ...sections.map(({ title, lines }) => [title, ...lines.map((line) => `  ${line}`)].join("\n")),
  ].join("\n\n");
}
