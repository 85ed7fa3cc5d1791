import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { Argument, Option } from "commander";
import { INPUTS } from "../../lib/inputs/catalog/inputs";
import { snakeCase } from "../../lib/terraform/readable-stack";
import { releaseNumber } from "../../lib/versions/version-bounds";
import { addressIn, resourceIn } from "./addresses";
import type { ClusterOptions } from "../cluster-options";
import { addWayOptions, clusterOf } from "../cluster-options";
import type { CommonOptions, Output } from "../command";
import { counted, JSON_OUTPUT, taken } from "../command";
import type { Finding } from "../finding";
import { exitCodeOf, findingsAsText } from "../finding";
import { readObjects } from "../manifest-files";
import { importExisting } from "./existing/command";
import { plannedIn } from "./existing/plan";
import { liveState } from "./live/live-state";
import type { MovingIn, MovingInOptions } from "./moving-in";
import { movingIn } from "./moving-in";
import { reportAsText, reportOf } from "./report";
import type { State } from "./state";
import { stateOf } from "./state";
import type { Written } from "./terraform-form";
import { terraformForm } from "./terraform-form";
import { typescriptForm } from "./typescript-form";

interface ImportOptions extends CommonOptions, Omit<ClusterOptions, "clusterName"> {
  readonly form: "terraform" | "typescript";
  readonly output: string;
  readonly overwrite?: boolean;
  readonly sameState?: boolean;
  readonly moduleName: string;
  readonly moduleSource: string;
  readonly live?: boolean;
  readonly clusterName?: string;
  readonly controllerRole?: string;
  readonly nodeRole?: string;
  readonly chartRepository?: string;
  readonly karpenterVersion?: string;
  readonly terraformVersion?: string;
  readonly manifests?: readonly string[];
}

/** What is read, and what is said of it beside. */
interface Source {
  /** What messages call it. */
  readonly title: string;
  readonly state: State;
  readonly options: MovingInOptions;
  /** Manifests that could not be read. */
  readonly unread: readonly Finding[];
}

/** Adds `import` to the program. */
export function addImport(cli: Command, output: Output): void {
  const command = cli
    .command("import")
    .description(
      "Recognizes Karpenter in a state of Terraform, or in an account and a cluster, and writes the call of the module that keeps it, with the blocks by which nothing is made anew. Of a plan it writes import blocks for what the plan would make and is there already. Writes files, and changes nothing else.",
    )
    .addArgument(
      new Argument(
        "[state]",
        "what `terraform show -json` prints of a state or of a plan, or a state file; - for the standard input",
      ),
    )
    .requiredOption("--output <folder>", "where the files come")
    .option("--overwrite", "files that are there are written anew")
    .addOption(new Option("--form <form>", "what is written").choices(["terraform", "typescript"]).default("terraform"))
    .option("--same-state", "the call comes into the root that the state is of; otherwise into another one")
    .option("--live", "reads the account and the cluster instead of a state")
    .option("--module-name <name>", "name of the call", "karpenter")
    .option("--module-source <source>", "where the module is", "<namespace>/karpenter/aws")
    .option("--cluster-name <name>", "the EKS cluster, where the state does not say it, or says several")
    .option("--controller-role <name>", "the controller's role, where there are several, or nothing says which it is")
    .option("--node-role <name>", "the nodes' role, where there are several, or nothing says which it is")
    .option("--chart-repository <address>", "where Karpenter's charts come from, for Helm does not keep it")
    .addOption(
      new Option(
        "--karpenter-version <release>",
        "the release that runs, where the state has no Helm release",
      ).argParser((release: string) => taken("karpenterVersion", release)),
    )
    .option("--terraform-version <version>", "the Terraform to come; otherwise the one that wrote the state")
    .option("--manifests <file...>", "objects of the cluster: kubectl get nodepools,ec2nodeclasses -o yaml");
  addWayOptions(command)
    .addOption(JSON_OUTPUT)
    .action((path: string | undefined, options: ImportOptions) => {
      const mistake = mistakeIn(path, options);
      if (mistake !== undefined) {
        command.error(`error: ${mistake}`);
      }
      if (path === undefined) {
        return liveSource(command, options).then((source) => tell(command, output, options, source));
      }
      const title = path === "-" ? "standard input" : path;
      const text = attempted(command, title, () => readFileSync(path === "-" ? 0 : path, "utf8"));
      const planned = plannedIn(text);
      return planned === undefined
        ? tell(command, output, options, stateSource(command, title, text, options))
        : importExisting(command, output, planned, options, (files) => write(command, options, files));
    });
}

/** What does not go together. */
function mistakeIn(path: string | undefined, { live, clusterName, sameState }: ImportOptions): string | undefined {
  if ((path === undefined) !== (live === true)) {
    return "give a state, or --live without one";
  }
  if (live === true && clusterName === undefined) {
    return "--live asks for --cluster-name";
  }
  return live === true && sameState === true ? "--live knows no --same-state: no state has what it reads" : undefined;
}

/** What a state says. */
function stateSource(command: Command, title: string, text: string, options: ImportOptions): Source {
  const state = attempted(command, title, () => stateOf(text));
  const { objects, findings: unread } = readObjects([...(options.manifests ?? [])]);
  return { title, state, options: { ...options, manifests: objects.map(({ object }) => object) }, unread };
}

/** What an account and a cluster say. */
async function liveSource(command: Command, options: ImportOptions): Promise<Source> {
  const { clusterName = "", controllerRole, nodeRole, chartRepository } = options;
  const { aws, kubernetes, about } = await clusterOf({ ...options, clusterName }, command);
  const title = `the cluster ${about.cluster} in ${about.region} of the account ${about.account}`;
  const { objects, findings: unread } = readObjects([...(options.manifests ?? [])]);
  const manifests = objects.map(({ object }) => object);
  try {
    const { state, ...found } = await liveState(aws, kubernetes, {
      clusterName,
      controllerRole,
      nodeRole,
      chartRepository,
      manifests,
    });
    const karpenterVersion = options.karpenterVersion ?? found.karpenterVersion;
    return { title, state, options: { ...found, clusterName, nodeRole, karpenterVersion }, unread };
  } catch (error) {
    return command.error(`error: ${title} ${(error as Error).message}`);
  }
}

/** Writes what keeps it, and says what becomes of it. */
function tell(command: Command, { print, end }: Output, options: ImportOptions, source: Source): void {
  const { title, state, unread } = source;
  const moving = attempted(command, title, () => movingIn(state, source.options));
  if (options.form === "terraform" && releaseNumber(String(moving.inputs.karpenterVersion)) < FIRST_OF_MODULES) {
    command.error(
      `error: the modules take Karpenter 1.0 and later, and this is ${String(moving.inputs.karpenterVersion)}: upgrade ` +
        "it first, or take --form typescript",
    );
  }
  const { files, commands } = writtenIn(options, moving, state);
  const findings: Finding[] = [
    ...unread,
    ...moving.problems.map((text) => ({
      severity: "error" as const,
      where: "inputs",
      text: options.form === "terraform" ? inModuleWords(text) : text,
    })),
  ];
  if (findings.length === 0) {
    write(command, options, files);
  }
  const report = reportOf(
    moving,
    ({ place, key }) =>
      options.form === "terraform"
        ? addressIn(options.moduleName, place, key)
        : [resourceIn(place), ...(key === undefined ? [] : [key])].join(" "),
    commands,
    state.live === true,
  );
  const written = findings.length === 0 ? Object.keys(files) : [];
  const summary =
    findings.length === 0
      ? `${counted(report.taken.length, "object")} taken over; written to ${options.output}: ${written.join(", ")}`
      : "nothing is written: the inputs that keep what is there do not hold";
  print(
    options.json
      ? JSON.stringify({ ...report, written, findings }, null, 2)
      : [reportAsText(report), findingsAsText(findings), summary].filter((text) => text !== "").join("\n\n"),
  );
  end(exitCodeOf(findings));
}

/** The release from which on the modules take all. */
const FIRST_OF_MODULES = releaseNumber("1.0.0");

/** The files in the form that is asked for. */
function writtenIn(options: ImportOptions, moving: MovingIn, state: State): Written {
  const sameState = options.sameState === true;
  const { live } = state;
  const terraformVersion = options.terraformVersion ?? state.terraformVersion;
  return options.form === "terraform"
    ? terraformForm(moving, { ...options, sameState, live, terraformVersion })
    : typescriptForm(moving, { sameState, live, terraformVersion });
}

/** What comes of it, or the program's end with the sentence that it throws. */
function attempted<T>(cli: Command, title: string, attempt: () => T): T {
  try {
    return attempt();
  } catch (error) {
    return cli.error(`error: ${title} ${(error as Error).message}`);
  }
}

function write(cli: Command, { output, overwrite }: ImportOptions, files: Readonly<Record<string, string>>): void {
  const there = Object.keys(files).filter((name) => existsSync(join(output, name)));
  if (there.length > 0 && overwrite !== true) {
    cli.error(`error: ${output} has ${there.join(", ")} already: give another folder, or --overwrite`);
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(output, name)), { recursive: true });
    writeFileSync(join(output, name), text);
  }
}

/** Inputs as the modules call them. */
function inModuleWords(sentence: string): string {
  return sentence.replace(/"([a-z]+[A-Za-z]*)(?=[".[])/g, (word, name: string) =>
    Object.hasOwn(INPUTS, name) ? `"${snakeCase(name)}` : word,
  );
}
