import type { GraphPart, ModuleGraph } from "./module-graph";

/** What stands out in a part, one and several, the weightiest first; what is not named here only joins these. */
const WORDS: Readonly<Record<string, readonly [string, string]>> = {
  aws_eks_fargate_profile: ["Fargate profile", "Fargate profiles"],
  aws_sqs_queue: ["SQS queue", "SQS queues"],
  aws_cloudwatch_event_rule: ["EventBridge rule", "EventBridge rules"],
  aws_iam_role: ["IAM role", "IAM roles"],
  aws_iam_policy: ["IAM policy", "IAM policies"],
  aws_iam_instance_profile: ["instance profile", "instance profiles"],
  aws_eks_access_entry: ["access entry", "access entries"],
  aws_ec2_tag: ["tag", "tags"],
  helm_release: ["Helm release", "Helm releases"],
};

/** Where a provider makes things. */
const PLACES: Readonly<Record<string, string>> = { aws: "AWS", helm: "Kubernetes" };

/** The graph as a Mermaid flowchart: what is made first stands left. The same graph gives the same text. */
export function drawGraph(graph: ModuleGraph): string {
  const providers = [...new Set(graph.parts.map(({ provider }) => provider))].filter((name) => name !== undefined);
  const places = providers.flatMap((provider) => [
    `  subgraph ${provider}["${PLACES[provider] ?? provider}"]`,
    ...graph.parts.filter((part) => part.provider === provider).map((part) => `    ${node(part)}`),
    "  end",
  ]);
  const given = graph.parts
    .filter((part) => part.provider === undefined)
    .map((part) => `  ${part.id}(["${part.title}"])`);
  const arrows = graph.edges.map(({ from, to, outputs }) => {
    const label = outputs.length === 1 ? `|${outputs[0]}|` : "";
    return `  ${from} -->${label} ${to}`;
  });
  return ["flowchart LR", ...given, ...places, ...arrows, ""].join("\n");
}

function node({ id, title, resources }: GraphPart): string {
  return `${id}["${[`<b>${title}</b>`, ...contents(resources)].join("<br/>")}"]`;
}

function contents(resources: GraphPart["resources"]): string[] {
  const types = Object.keys(resources);
  const known = Object.keys(WORDS).filter((type) => types.includes(type));
  return known.length === 0 ? types : known.map((type) => WORDS[type][resources[type] === 1 ? 0 : 1]);
}

/** The Markdown with the drawing in the code block below the comment `graph`; draws only where there is one. */
export function embedGraph(markdown: string, draw: () => string): string {
  return markdown.replace(
    /<!-- graph -->\n```mermaid\n[^]*?```/,
    () => `<!-- graph -->\n\`\`\`mermaid\n${draw()}\`\`\``,
  );
}
