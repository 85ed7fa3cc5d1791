import type { Command } from "commander";
import { awsClients } from "../../aws/clients";
import type { ClusterOptions } from "../../cluster-options";
import { kubernetesOf } from "../../cluster-options";
import type { CommonOptions, Output } from "../../command";
import { counted } from "../../command";
import { exitCodeOf, findingsAsText } from "../../finding";
import type { Existing } from "./existing";
import { existingOf, importBlocks, importCommands } from "./existing";
import type { Planned } from "./plan";

/** Options that count for a plan. */
export interface ExistingOptions extends CommonOptions, Omit<ClusterOptions, "clusterName"> {
  readonly output: string;
  /** By default the one that the plan names. */
  readonly clusterName?: string;
}

const FILE = "imports.tf";

/** Writes `import` blocks for what a plan would make and is there already. */
export async function importExisting(
  cli: Command,
  { print, end }: Output,
  planned: readonly Planned[],
  options: ExistingOptions,
  write: (files: Readonly<Record<string, string>>) => void,
): Promise<void> {
  const { existing, findings } = await lookedFor(planned, options).catch((problem: Error) =>
    cli.error(`error: ${problem.message}`),
  );
  if (existing.length > 0) {
    write({ [FILE]: importBlocks(existing) });
  }
  const commands = importCommands(existing);
  const summary =
    existing.length > 0
      ? `${counted(existing.length, "object")} of this plan are there already; ${FILE} is written to ${options.output}: apply, and remove it.`
      : "nothing of this plan is there already; nothing is written.";
  print(
    options.json
      ? JSON.stringify({ existing, commands, written: existing.length > 0 ? [FILE] : [], findings }, null, 2)
      : [
          [...(commands.length > 0 ? ["Where a root takes no blocks:"] : []), ...commands].join("\n"),
          findingsAsText(findings),
          summary,
        ]
          .filter((text) => text !== "")
          .join("\n\n"),
  );
  end(exitCodeOf(findings));
}

async function lookedFor(planned: readonly Planned[], options: ExistingOptions): Promise<Existing> {
  const aws = await awsClients(options.region);
  const clusterName = options.clusterName ?? clusterIn(planned);
  // Without a cluster that is named, only a kubeconfig says where to ask.
  const isNamed = clusterName !== "" || options.kubeconfig !== undefined || options.context !== undefined;
  const kubernetes = await kubernetesOf({ ...options, clusterName, cluster: options.cluster && isNamed }, aws);
  return existingOf(planned, { aws, kubernetes });
}

/** The cluster that the plan itself names. */
function clusterIn(planned: readonly Planned[]): string {
  const named = planned.map(({ values }) => values.cluster_name).find((name) => typeof name === "string");
  return String(named ?? "");
}
