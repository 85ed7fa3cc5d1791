/** What the command line renders, with the helm of the tests. */
import { delimiter, dirname } from "node:path";

import { installHelm } from "../cloud/helm-cli";
import type { KubeObject } from "../cloud/kube-client";
import { commandLine } from "./command-line";

/** The objects that `render FILE --as FORM --json` prints. */
export async function renderedBy(file: string, form: string): Promise<KubeObject[]> {
  const PATH = [dirname(await installHelm()), process.env.PATH].join(delimiter);
  const { stdout, stderr } = await commandLine(["render", file, "--as", form, "--json"], { env: { PATH } });
  if (stdout === "") {
    throw new Error(`render ${file} prints nothing: ${stderr}`);
  }
  return JSON.parse(stdout) as KubeObject[];
}
