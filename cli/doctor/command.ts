import type { Command } from "commander";
import { Option } from "commander";
import type { CommonOptions, Output } from "../command";
import { JSON_OUTPUT, taken } from "../command";
import type { ClusterOptions } from "../cluster-options";
import { addClusterOptions, clusterOf } from "../cluster-options";
import { ifThere } from "../aws/answers";
import { eksCluster } from "./aws/eks-cluster";
import { CHECKS } from "./checks";
import type { DoctorOptions } from "./sources";
import { Sources } from "./sources";
import { exitCodeOf, reportsAsText, summaryOf } from "./verdict";

interface Options extends DoctorOptions, ClusterOptions, CommonOptions {
  readonly acknowledge?: readonly string[];
}

/** Adds `doctor` to the program. */
export function addDoctor(cli: Command, { print, end }: Output): void {
  const command = cli
    .command("doctor")
    .description(
      "Looks at the account and the cluster, before and after Karpenter comes, and changes nothing. Ends with 1 where anything does not work, and with 2 where something could not be looked at.",
    );
  addClusterOptions(command)
    .addOption(
      new Option(
        "--karpenter-version <release>",
        "release to hold everything to (default: the one that runs, or this package's)",
      ).argParser((release: string) => taken("karpenterVersion", release)),
    )
    .option(
      "--subnet-ids <id...>",
      "subnets of nodes and of Fargate (default: those in use, or tagged, or the cluster's)",
    )
    .option("--interruption-queue <name>", "the queue (default: the controller's, or <cluster>-karpenter)")
    .option("--namespace <name>", "namespace of the controller (default: any)")
    .option("--acknowledge <check...>", "checks that are not made")
    .addOption(JSON_OUTPUT)
    .action(async (options: Options) => {
      const { aws, kubernetes, about } = await clusterOf(options, command);
      const sources = new Sources(options, aws, kubernetes);
      if (!(await isThere(sources))) {
        command.error(
          `error: there is no EKS cluster ${about.cluster} in ${about.region} of the account ${about.account}`,
        );
      }
      const wanted = CHECKS.filter(({ id }) => options.acknowledge?.includes(id) !== true);
      const made = await Promise.all(wanted.map((check) => check.made(sources)));
      const reports = made.filter(({ verdicts }) => verdicts.length > 0);
      print(
        options.json
          ? JSON.stringify({ ...about, reports }, null, 2)
          : [
              `${about.cluster} in ${about.region}, account ${about.account}`,
              reportsAsText(reports),
              summaryOf(reports),
            ].join("\n\n"),
      );
      end(exitCodeOf(reports));
    });
}

/** Whether there is the cluster, or at least nobody says that there is none. */
async function isThere(sources: Sources): Promise<boolean> {
  try {
    return (await ifThere(sources.ask(eksCluster))) !== undefined;
  } catch {
    return true;
  }
}
