import type { Command } from "commander";
import { Argument } from "commander";
import type { CommonOptions, Output } from "../command";
import { counted, JSON_OUTPUT, KARPENTER_VERSION, KUBERNETES_VERSION } from "../command";
import { exitCodeOf, findingsAsText } from "../finding";
import { readObjects } from "../manifest-files";
import type { CheckOptions } from "./check";
import { check } from "./check";

/** Adds `check` to the program. */
export function addCheck(cli: Command, { print, end }: Output): void {
  cli
    .command("check")
    .description(
      "Holds NodePools, EC2NodeClasses, NodeOverlays and CapacityBuffers in YAML to the rules of a release. Ends with 1 where any would not work.",
    )
    .addArgument(new Argument("<file...>", "files, folders, or - for the standard input"))
    .addOption(KARPENTER_VERSION)
    .option("--allow-newer-karpenter-version", "take a release of a newer minor version as the newest one known here")
    .addOption(KUBERNETES_VERSION)
    .option("--existing-node-class <name...>", "EC2NodeClasses that are not in the files")
    .option("--completed", "EC2NodeClasses get role, subnets and security groups from elsewhere")
    .option("--acknowledge <id...>", "warnings that are not shown")
    .addOption(JSON_OUTPUT)
    .action((files: string[], options: CheckOptions & CommonOptions) => {
      const { objects, findings: unread } = readObjects(files);
      const { findings: found, checked, others } = check(objects, options);
      const findings = [...unread, ...found];
      const errors = findings.filter(({ severity }) => severity === "error").length;
      const summary = `${counted(checked, "object")} of Karpenter, ${counted(others, "other object")} left out: ${counted(errors, "error")}, ${counted(findings.length - errors, "warning")}`;
      print(
        options.json
          ? JSON.stringify({ checked, others, findings }, null, 2)
          : [findingsAsText(findings), summary].filter((text) => text !== "").join("\n\n"),
      );
      end(exitCodeOf(findings));
    });
}
