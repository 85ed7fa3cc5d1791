/** What a change of each input does, for docs/changes.md, from what plans said: e2e/changes.test.ts keeps it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a plan said of a change, as `ADDRESS: made` or `ADDRESS: changes VALUE`. */
type Facts = readonly string[];

/** A change, as it is kept. */
export interface Kept {
  /** Inputs that had to change with it. */
  readonly with: readonly string[];
  readonly facts: Facts;
}

/** What an apply of a change did while pods ran, as it is kept beside. */
export interface Observed {
  readonly nodes: "stay" | "are replaced" | "all go";
  /** What nodes that run had of the policies of their role, and of their access to the cluster. */
  readonly identity: "kept" | "without permissions" | "not let in";
  readonly controller: "stays" | "restarts" | "is away";
  /** Whether there was the role that the controller had become, until it had another one. */
  readonly controllerRole: "kept" | "lost";
}

/** Objects by the end of their address, in the words of people; the first that fits. */
const OBJECTS: readonly (readonly [RegExp, string])[] = [
  [/helm_release\.karpenter_crd$/, "CRDs"],
  [/helm_release\.karpenter_controller$/, "controller's release"],
  [/helm_release\.karpenter_guard$/, "guard"],
  [/helm_release\.karpenter_flow_schemas$/, "FlowSchemas"],
  [/node_pools\.helm_release\.karpenter$/, "release of the NodePools"],
  [/monitoring\.helm_release\.karpenter$/, "release of alerts and dashboard"],
  [/controller_identity\.aws_iam_role\.controller$/, "controller's role"],
  [/controller_identity\.aws_iam_role_policy\./, "inline policies of the controller's role"],
  [/controller_identity\.aws_iam_policy\./, "managed policies of the controller's role"],
  [/controller_identity\.aws_iam_role_policy_attachment\./, "policies attached to the controller's role"],
  [/aws_eks_pod_identity_association\./, "Pod Identity association"],
  [/aws_iam_role\.karpenter_pod_execution_role$/, "pod execution role"],
  [/fargate_profile\.aws_iam_role_policy\./, "inline policies of the pod execution role"],
  [/fargate_profile\.aws_iam_role_policy_attachment\./, "policies attached to the pod execution role"],
  [/aws_eks_fargate_profile\./, "Fargate profile"],
  [/aws_iam_role\.node$/, "nodes' role"],
  [/node_identity\.aws_iam_role_policy\./, "inline policies of the nodes' role"],
  [/node_identity\.aws_iam_role_policy_attachment\./, "policies attached to the nodes' role"],
  [/aws_iam_instance_profile\./, "instance profile"],
  [/aws_eks_access_entry\./, "access entry"],
  [/aws_sqs_queue\./, "queue"],
  [/aws_cloudwatch_event_rule\./, "event rules"],
  [/aws_cloudwatch_event_target\./, "targets of the event rules"],
  [/aws_cloudwatch_metric_alarm\./, "alarm"],
  [/aws_ec2_tag\./, "discovery tags"],
  [/aws_cloudwatch_log_group\./, "log group"],
  [/fargate_logging\.helm_release\./, "release of the logging ConfigMap"],
  [/fargate_logging\.aws_iam_role_policy\./, "inline policies of the pod execution role"],
  [/aws_iam_service_linked_role\./, "service-linked role for Spot"],
];

/** What comes of a change for somebody, the worst first. */
type Consequences = readonly (readonly [RegExp, string])[];

/** What nodes that run lose, at once. */
const LOST_BY_NODES: Consequences = [
  [/node_pools\.helm_release\.karpenter: (removed|replaced)|karpenter_crd: (removed|replaced)/, "**all go**"],
  [/aws_iam_role\.node: (removed|replaced)/, "**lose their permissions**"],
  [/aws_iam_instance_profile\.[^:]*: (removed|replaced, the old)/, "**lose their permissions**"],
  [/aws_eks_access_entry\.[^:]*: removed/, "**are not let in any more**, unless aws-auth maps their role"],
  [/aws_eks_access_entry\.[^:]*: replaced/, "are not let in for a moment"],
  [/node_identity\.aws_iam_role_policy[^:]*: (made|removed|changes)/, "have other permissions"],
];

/** Why nodes that run are replaced: what Karpenter calls drift. */
const REPLACED_NODES: Consequences = [
  [/values\.nodeClassDefaults\.(instanceProfile|role|tags|securityGroup)/, "are replaced by budget"],
  [/values\.nodeClassDefaults\.subnet/, "those in no subnet of the list are replaced by budget"],
  [/values\.nodeClasses/, "those of a class are replaced by budget, unless AMIs or selectors change and still fit"],
  [
    /values\.nodePools/,
    "those of a pool are replaced by budget where its template changes; limits, weight and disruption replace none",
  ],
  [/values\.manifests/, "as with `node_pools` and `node_classes`"],
];

const WITHOUT_PERMISSIONS = "restarts, **without permissions until then**";

/** What comes of it for the controller's pods. */
const CONTROLLER: Consequences = [
  [/karpenter_controller: (removed|replaced)/, "**goes**"],
  [/aws_iam_role\.controller: (removed|replaced)/, WITHOUT_PERMISSIONS],
  [/aws_eks_fargate_profile\.[^:]*: (removed|replaced, the old)/, "**its pods end**"],
  [
    /karpenter_controller: changes (chart|version|values)(?!\.(replicas|podDisruptionBudget|serviceMonitor))/,
    "restarts",
  ],
  [/aws_eks_fargate_profile\.[^:]*: replaced, the new/, "its pods move to the new profile"],
];

/** The table of all inputs; what was seen of one wins over what follows from its plan. */
export function changesTable(
  recorded: Readonly<Record<string, Kept>> = kept("recorded"),
  observed: Readonly<Record<string, Observed>> = kept("observed"),
): string {
  const rows = Object.keys(recorded)
    .sort()
    .map((input) => {
      const { with: others, facts } = recorded[input];
      const also = others.length === 0 ? "" : ` with ${others.map(inCode).join(", ")}`;
      const seen = input in observed ? " †" : "";
      const [controller, nodes] = consequencesOf(facts, observed[input]);
      return `| ${inCode(input)}${also}${seen} | ${said(facts)} | ${controller} | ${nodes} |`;
    });
  return ["| Input | In the plan | Controller | Nodes |", "| --- | --- | --- | --- |", ...rows, ""].join("\n");
}

function kept<T>(name: string): Readonly<Record<string, T>> {
  const file = join(__dirname, `../e2e/changes/${name}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, T>>;
}

/** For the controller and for nodes. The words on a plan say more where they say the same. */
function consequencesOf(facts: Facts, observed: Observed | undefined): readonly [string, string] {
  const expected = [firstOf(CONTROLLER, facts) ?? "", nodesOf(facts)] as const;
  if (observed === undefined) {
    return expected;
  }
  const { nodes, identity, controller, controllerRole } = observed;
  const lost = nodes === "all go" ? undefined : OBSERVED_IDENTITY[identity];
  const seen = [
    controller === "restarts" && controllerRole === "lost" ? WITHOUT_PERMISSIONS : OBSERVED_CONTROLLER[controller],
    [lost, OBSERVED_NODES[nodes]].filter((text) => text !== undefined).join(", and "),
  ] as const;
  const saysTheSame = (words: string, short: string): boolean =>
    MARKS.every((mark) => words.includes(mark) === short.includes(mark));
  return [0, 1].map((at) => (saysTheSame(expected[at], seen[at]) ? expected[at] : seen[at])) as [string, string];
}

const OBSERVED_CONTROLLER = { stays: "", restarts: "restarts", "is away": "**goes**" } as const;
const OBSERVED_NODES = { stay: undefined, "are replaced": "are replaced by budget", "all go": "**all go**" } as const;
const OBSERVED_IDENTITY = {
  kept: undefined,
  "without permissions": "**lose their permissions**",
  "not let in": "**are not let in any more**, unless aws-auth maps their role",
} as const;
/** What tells one consequence from another, in the words of both. */
const MARKS = [
  "goes",
  "restarts",
  "without permissions",
  "all go",
  "lose their permissions",
  "not let in any more",
  "replaced by budget",
];

function inCode(name: string): string {
  return `\`${name}\``;
}

/** The objects by what becomes of them. */
function said(facts: Facts): string {
  const actions = new Map<string, Set<string>>();
  for (const fact of facts) {
    const [address, what] = fact.split(": ") as [string, string];
    const action = what.startsWith("changes ") ? "in place" : what;
    actions.set(action, (actions.get(action) ?? new Set()).add(objectAt(address)));
  }
  const parts = [...actions].map(([action, objects]) => `${action}: ${[...objects].join(", ")}`);
  return parts.length === 0 ? "nothing" : parts.join("; ");
}

function objectAt(address: string): string {
  const path = address.replace(/\[[^\]]*\]/g, "");
  const found = OBJECTS.find(([end]) => end.test(path));
  if (found === undefined) {
    throw new Error(`"${address}" has no name in docs/changes.md; give it one`);
  }
  return found[1];
}

function nodesOf(facts: Facts): string {
  const lost = firstOf(LOST_BY_NODES, facts);
  const replaced = lost === "**all go**" ? undefined : firstOf(REPLACED_NODES, facts);
  return [lost, replaced].filter((text) => text !== undefined).join(", and ");
}

function firstOf(consequences: Consequences, facts: Facts): string | undefined {
  return consequences.find(([when]) => facts.some((fact) => when.test(fact)))?.[1];
}
