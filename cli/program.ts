import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { fieldProblems } from "../lib/inputs/field-problems";
import { INPUTS } from "../lib/inputs/catalog/inputs";
import { DEFAULT_KARPENTER_VERSION, isOfNewerMinorVersion, mayBeTaken } from "../lib/versions";
import { releaseNumber } from "../lib/versions/version-bounds";
import type { CheckOptions } from "./check";
import { check } from "./check";
import { exitCodeOf, findingsAsText } from "./finding";
import { readObjects } from "./manifest-files";
import type { UpgradeOptions } from "./upgrade";
import { upgrade, upgradeAsMarkdown, upgradeAsText } from "./upgrade";

/** What a command prints, and what the program ends with. */
export interface Output {
  print(text: string): void;
  end(code: number): void;
}

interface Json {
  readonly json?: boolean;
}

const KUBERNETES = new Option(
  "--kubernetes-version <version>",
  "minor version of the cluster's Kubernetes, 1.33",
).argParser((version: string) => taken("kubernetesVersion", version));
const JSON_OUTPUT = new Option("--json", "for machines");

/** The command line of this package. It only reads. */
export function program(version: string, { print, end }: Output): Command {
  const cli = new Command("cdktf-karpenter")
    .description("Karpenter's manifests and releases, without a cluster. Nothing is changed.")
    .version(version)
    .showHelpAfterError("(--help says what there is)");

  cli
    .command("check")
    .description(
      "Holds NodePools, EC2NodeClasses, NodeOverlays and CapacityBuffers in YAML to the rules of a release. Ends with 1 where any would not work.",
    )
    .addArgument(new Argument("<file...>", "files, folders, or - for the standard input"))
    .addOption(
      new Option("--karpenter-version <release>", "release of Karpenter")
        .default(DEFAULT_KARPENTER_VERSION)
        .argParser((release: string) => taken("karpenterVersion", release)),
    )
    .option("--allow-newer-karpenter-version", "take a release of a newer minor version as the newest one known here")
    .addOption(KUBERNETES)
    .option("--existing-node-class <name...>", "EC2NodeClasses that are not in the files")
    .option("--completed", "EC2NodeClasses get role, subnets and security groups from elsewhere")
    .option("--acknowledge <id...>", "warnings that are not shown")
    .addOption(JSON_OUTPUT)
    .action((files: string[], options: CheckOptions & Json) => {
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

  cli
    .command("upgrade")
    .description(
      "Says what changes from one release to another: steps that cannot be skipped, Kubernetes, custom resources, permissions, events, settings, feature gates.",
    )
    .addOption(new Option("--from <release>", "the release that is there").makeOptionMandatory().argParser(known))
    .addOption(new Option("--to <release>", "the release to come").default(DEFAULT_KARPENTER_VERSION).argParser(known))
    .addOption(KUBERNETES)
    .option("--manifests <file...>", "files and folders to hold to the rules of the release to come, as check does")
    .option("--markdown", "for a pull request")
    .addOption(JSON_OUTPUT)
    .action((options: UpgradeOptions & Json & { readonly manifests?: string[]; readonly markdown?: boolean }) => {
      if (releaseNumber(options.from) >= releaseNumber(options.to)) {
        cli.error(`error: --to ${options.to} must be later than --from ${options.from}`);
      }
      const sections = upgrade(options);
      const { objects, findings: unread } = readObjects(options.manifests ?? []);
      const { findings: found } = check(objects, {
        karpenterVersion: options.to,
        kubernetesVersion: options.kubernetesVersion,
      });
      const findings = [...unread, ...found];
      const yours = findings.map(({ severity, where, text }) => `${severity}: ${where}: ${text}`);
      const all = yours.length === 0 ? sections : [...sections, { title: "Your objects", lines: yours }];
      const form = options.markdown ? upgradeAsMarkdown : upgradeAsText;
      print(options.json ? JSON.stringify({ sections, findings }, null, 2) : form(options, all));
      end(exitCodeOf(findings));
    });

  return cli;
}

/** An option's value that the input of the same name takes. */
function taken(input: "karpenterVersion" | "kubernetesVersion", value: string): string {
  const [problem] = fieldProblems(input, value, INPUTS[input]);
  if (problem !== undefined) {
    throw new InvalidArgumentError(problem.replace(/^"\w+" is .*?, but /, ""));
  }
  return value;
}

/** A release whose facts are known. */
function known(release: string): string {
  if (!mayBeTaken(release) || isOfNewerMinorVersion(release)) {
    throw new InvalidArgumentError(`must be a release that is known here, such as ${DEFAULT_KARPENTER_VERSION}.`);
  }
  return release;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
