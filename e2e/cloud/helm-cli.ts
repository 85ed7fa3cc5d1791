/** The helm command, for what a test does to a cluster beside Terraform. */
import { goInstall } from "./go-install";
import { neutralEnvironment } from "./local-aws";
import { runOrThrow, type RunResult } from "./run";

const VERSION = "v3.22.0";

/** Builds helm if this machine has not got it yet, and returns its path. */
export function installHelm(log?: (line: string) => void): Promise<string> {
  return goInstall(`helm.sh/helm/v3/cmd/helm@${VERSION}`, { log });
}

/** One helm command. Without a kubeconfig only commands that need no cluster work. */
export async function helm(
  args: readonly string[],
  options: { readonly kubeconfig?: string; readonly log?: (line: string) => void } = {},
): Promise<RunResult> {
  const program = await installHelm(options.log);
  const environment = Object.entries(neutralEnvironment()).filter(([name]) => !/^(HELM|KUBE)/.test(name));
  return runOrThrow(program, args, {
    // A file that is not there: never the cluster of whoever runs the tests.
    env: { ...Object.fromEntries(environment), KUBECONFIG: options.kubeconfig ?? "/dev/null" },
    log: options.log,
  });
}
