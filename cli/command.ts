/** What the commands share: what they print to, and the options that mean the same in each. */
import { InvalidArgumentError, Option } from "commander";
import { INPUTS } from "../lib/inputs/catalog/inputs";
import { fieldProblems } from "../lib/inputs/field-problems";
import { DEFAULT_KARPENTER_VERSION, isOfNewerMinorVersion, mayBeTaken } from "../lib/versions";

/** What a command prints, and what the program ends with. */
export interface Output {
  print(text: string): void;
  end(code: number): void;
}

/** The options that every command has. */
export interface CommonOptions {
  readonly json?: boolean;
}

/** `--json`. */
export const JSON_OUTPUT = new Option("--json", "for machines");

/** `--kubernetes-version`. */
export const KUBERNETES_VERSION = new Option(
  "--kubernetes-version <version>",
  "minor version of the cluster's Kubernetes, 1.33",
).argParser((version: string) => taken("kubernetesVersion", version));

/** `--karpenter-version`, the default where it is not given. */
export const KARPENTER_VERSION = new Option("--karpenter-version <release>", "release of Karpenter")
  .default(DEFAULT_KARPENTER_VERSION)
  .argParser((release: string) => taken("karpenterVersion", release));

/** An option's value that the input of the same name takes. */
export function taken(input: "karpenterVersion" | "kubernetesVersion", value: string): string {
  const [problem] = fieldProblems(input, value, INPUTS[input]);
  if (problem !== undefined) {
    throw new InvalidArgumentError(problem.replace(/^"\w+" is .*?, but /, ""));
  }
  return value;
}

/** A release whose facts are known. */
export function known(release: string): string {
  if (!mayBeTaken(release) || isOfNewerMinorVersion(release)) {
    throw new InvalidArgumentError(`must be a release that is known here, such as ${DEFAULT_KARPENTER_VERSION}.`);
  }
  return release;
}

/** `1 object`, `2 objects`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
