import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import type { ClusterOptions } from "../cluster-options";
import { addClusterOptions, clusterOf } from "../cluster-options";
import type { CommonOptions, Output } from "../command";
import { JSON_OUTPUT } from "../command";
import type { Leftover } from "./leftovers";
import { leftovers } from "./leftovers";
import type { CleanupOptions } from "./look";
import { lookAround } from "./look";
import { remove } from "./remove";

interface Options extends CleanupOptions, ClusterOptions, CommonOptions {
  readonly yes?: boolean;
}

/** A leftover, and what became of it. */
interface Outcome {
  readonly is: "left" | "removed" | "failed";
  readonly text: string;
}

/** Adds `cleanup` to the program. */
export function addCleanup(cli: Command, { print, end }: Output): void {
  const command = cli
    .command("cleanup")
    .description(
      "Lists what Karpenter made for a cluster and nobody looks after any more, and Helm releases that were left in the middle; with --yes it removes them. Ends with 1 while anything is left.",
    );
  addClusterOptions(command)
    .option("--yes", "remove what is listed")
    .option("--namespace <name>", "namespace of the Helm releases (default: the controller's, or karpenter)")
    .addOption(
      new Option("--older-than <minutes>", "leave alone what is younger").default(30).argParser((text: string) => {
        if (!/^\d+$/.test(text)) {
          throw new InvalidArgumentError("must be a number of minutes, 30.");
        }
        return Number(text);
      }),
    )
    .option("--while-karpenter-runs", "remove what is in AWS although a controller runs")
    .addOption(JSON_OUTPUT)
    .action(async (options: Options) => {
      const { aws, kubernetes, about } = await clusterOf(options, command);
      const { found, refusal } = leftovers(await lookAround(options, aws, kubernetes));
      const outcomes: Outcome[] = [];
      // One after the other: revisions first, and roles out of their profiles before these go.
      for (const left of found) {
        const isToGo = options.yes === true && (left.kind === "revision" || refusal === undefined);
        outcomes.push(
          isToGo ? await removed(left, () => remove(left, aws, kubernetes)) : { is: "left", text: left.text },
        );
      }
      print(
        options.json
          ? JSON.stringify({ ...about, found: outcomes, refusal }, null, 2)
          : [
              ...outcomes.map(({ is, text }) => `${is.padEnd(7)}  ${text}`),
              outcomes.length === 0
                ? `nothing is left of ${about.cluster} in ${about.region}, account ${about.account}`
                : "",
              refusal === undefined ? "" : `not removed: ${refusal}`,
            ]
              .filter((line) => line !== "")
              .join("\n"),
      );
      end(outcomes.every(({ is }) => is === "removed") ? 0 : 1);
    });
}

async function removed({ text }: Leftover, remove: () => Promise<void>): Promise<Outcome> {
  try {
    await remove();
    return { is: "removed", text };
  } catch (problem) {
    return { is: "failed", text: `${text}: ${(problem as Error).message}` };
  }
}
