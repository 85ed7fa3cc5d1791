/** What the command line renders, with the helm of the tests. */
import { delimiter, dirname } from "node:path";

import { program } from "../../cli/program";
import { installHelm } from "../cloud/helm-cli";
import type { KubeObject } from "../cloud/kube-client";

/** The objects that `render FILE --as FORM --json` prints. */
export async function renderedBy(file: string, form: string): Promise<KubeObject[]> {
  const { PATH } = process.env;
  process.env.PATH = [dirname(await installHelm()), PATH].join(delimiter);
  let printed = "";
  const output = { print: (text: string) => void (printed += text), end: () => undefined };
  try {
    await program("0", output).parseAsync(["render", file, "--as", form, "--json"], { from: "user" });
  } finally {
    process.env.PATH = PATH;
  }
  return JSON.parse(printed) as KubeObject[];
}
