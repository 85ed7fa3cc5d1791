import { Command } from "commander";
import { addCheck } from "./check/command";
import { addCleanup } from "./cleanup/command";
import type { Output } from "./command";
import { addDoctor } from "./doctor/command";
import { addImport } from "./import/command";
import { addInit } from "./init/command";
import { addRender } from "./render/command";
import { addUpgrade } from "./upgrade/command";

/** Each command, in the order of the help. A folder has what a command does, and its `command.ts` how it is called. */
const COMMANDS = [addCheck, addImport, addUpgrade, addRender, addInit, addDoctor, addCleanup];

/** The command line of this package. */
export function program(version: string, output: Output): Command {
  const cli = new Command("cdktf-karpenter")
    .description("Karpenter's manifests, releases and installations.")
    .version(version)
    .showHelpAfterError("(--help says what there is)");
  for (const add of COMMANDS) {
    add(cli, output);
  }
  return cli;
}
