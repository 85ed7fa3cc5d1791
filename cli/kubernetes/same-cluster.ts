/** Whether a kubeconfig is of the cluster that was named: what is asked of one must not be done to another. */
import type { Kubernetes } from "./kubernetes";

/** What tells a cluster from all others: the issuer of its service accounts' tokens, whichever way one came to it. */
export async function issuerOf(kubernetes: Kubernetes): Promise<string | undefined> {
  return (await kubernetes.get<{ readonly issuer?: string }>("/.well-known/openid-configuration"))?.issuer;
}
