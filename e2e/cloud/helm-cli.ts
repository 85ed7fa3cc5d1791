/** The helm command, for what a test does to a cluster beside Terraform. */
import { dirname, join } from "node:path";

import { cacheRoot } from "./cache";
import { goInstall } from "./go-install";
import { neutralEnvironment } from "./local-aws";
import { runOrThrow, type RunResult } from "./run";

const VERSION = "v3.22.0";

let program: Promise<string> | undefined;

/** Builds helm if this machine has not got it yet, and returns its path. */
export function installHelm(log?: (line: string) => void): Promise<string> {
  return (program ??= goInstall(`helm.sh/helm/v3/cmd/helm@${VERSION}`, { log }));
}

/** One helm command. Without a kubeconfig only commands that need no cluster work. */
export async function helm(
  args: readonly string[],
  options: { readonly kubeconfig?: string; readonly log?: (line: string) => void } = {},
): Promise<RunResult> {
  const command = await installHelm(options.log);
  const environment = Object.entries(neutralEnvironment()).filter(([name]) => !/^(HELM|KUBE)/.test(name));
  const kubeconfig = options.kubeconfig ?? "/dev/null";
  const home = join(cacheRoot(), "helm-home");
  return runOrThrow(command, args, {
    env: {
      ...Object.fromEntries(environment),
      // Neither the plugins and repositories nor the cluster of whoever runs the tests.
      HELM_CACHE_HOME: home,
      HELM_CONFIG_HOME: home,
      HELM_DATA_HOME: home,
      KUBECONFIG: kubeconfig,
      // What a server knows is kept on disk, under its port: another control plane may have had that port before.
      KUBECACHEDIR: options.kubeconfig === undefined ? home : join(dirname(kubeconfig), "cache"),
    },
    log: options.log,
  });
}
