import type { Command } from "commander";
import { Option } from "commander";
import type { CommonOptions, Output } from "../command";
import { JSON_OUTPUT } from "../command";
import { exitCodeOf, findingsAsText } from "../finding";
import { packageRoot } from "../package-root";
import { writeProject } from "./init";
import { FORMS, projectFiles } from "./project-files";

/** What to do next. */
const NEXT = {
  typescript: "npm install && npm test, then fill in platform.ts",
  terraform: "terraform init && terraform test, then say in terraform.tfvars what variables.tf asks for",
};

/** Adds `init` to the program. */
export function addInit(cli: Command, { print, end }: Output): void {
  cli
    .command("init")
    .description("Writes a small project with a test that needs no account and no cluster. Writes over no file.")
    .argument("[folder]", "where to", ".")
    .addOption(new Option("--form <language>", "what it is written in").choices(FORMS).makeOptionMandatory())
    .addOption(JSON_OUTPUT)
    .action((folder: string, { form, json }: CommonOptions & { readonly form: (typeof FORMS)[number] }) => {
      const files = projectFiles(form, packageRoot());
      const findings = writeProject(folder, files);
      const written = findings.length === 0 ? Object.keys(files) : [];
      print(
        json
          ? JSON.stringify({ written, findings }, null, 2)
          : findings.length > 0
            ? findingsAsText(findings)
            : `${written.filter((path) => !path.startsWith("modules/")).join("\n")}\n\nNext: ${NEXT[form]}`,
      );
      end(exitCodeOf(findings));
    });
}
