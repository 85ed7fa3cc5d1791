import type { Command } from "commander";
import { Argument, Option } from "commander";
import { UserError } from "../../stacks/user-error";
import type { CommonOptions, Output } from "../command";
import { JSON_OUTPUT } from "../command";
import type { Finding } from "../finding";
import { exitCodeOf, findingsAsText } from "../finding";
import { readObjects } from "../manifest-files";
import { writeOutput } from "./output-folder";
import type { Rendered, RenderOptions } from "./render";
import { FORMS, render } from "./render";
import { yamlDocument } from "./yaml";

interface Options extends RenderOptions, CommonOptions {
  readonly output?: string;
}

/** Adds `render` to the program. What it renders is printed, what it finds goes to the standard error output. */
export function addRender(cli: Command, { print, end }: Output): void {
  const command = cli
    .command("render")
    .description(
      "Writes what an apply would put into the cluster as YAML, checked and complete, for Argo CD and Flux. The objects need helm.",
    )
    .addArgument(
      new Argument("<file...>", "a clusters file, inputs, objects: files, folders, or - for the standard input"),
    )
    .option("--cluster <name>", "the cluster of the clusters file, by its stack or its name")
    .addOption(new Option("--as <form>", "what to write").choices(FORMS).default("objects"))
    .option("--output <folder>", "where to write a file for each object, instead of printing them")
    .addOption(JSON_OUTPUT)
    .action((paths: string[], options: Options) => {
      const { findings, text } = result(paths, options);
      if (findings.length > 0) {
        command.configureOutput().writeErr?.(`${findingsAsText(findings)}\n`);
      }
      if (text !== "") {
        print(text);
      }
      end(exitCodeOf(findings));
    });
}

/** What is found, and what is printed. */
function result(paths: readonly string[], options: Options): { findings: readonly Finding[]; text: string } {
  const { objects, findings: unread } = readObjects(paths);
  if (unread.length > 0) {
    return { findings: unread, text: "" };
  }
  const { files, findings } = render(objects, options);
  try {
    return { findings, text: written(files, options) };
  } catch (error) {
    if (!(error instanceof UserError)) {
      throw error;
    }
    const { source: where, mistakes } = error;
    return { findings: mistakes.map((text) => ({ severity: "error", where, text })), text: "" };
  }
}

function written(files: Rendered["files"], { output, json }: Options): string {
  if (files.length === 0) {
    return "";
  }
  const contents = files.map(({ content }) => content);
  if (output !== undefined) {
    const done = writeOutput(output, files);
    return json ? JSON.stringify(done, null, 2) : done.join("\n");
  }
  return json
    ? JSON.stringify(contents, null, 2)
    : contents
        .map((content) => yamlDocument(content))
        .join("---\n")
        .trimEnd();
}
