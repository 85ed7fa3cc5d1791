/** Whether the cluster that answers is the one that EKS describes. */
import { issuerOf } from "../../kubernetes/same-cluster";
import { eksCluster } from "../aws/eks-cluster";
import { check } from "../check";
import type { Verdict } from "../verdict";
import { error, ok } from "../verdict";

/** The issuer of tokens, by EKS and by the cluster that answers. */
export interface IssuerFacts {
  readonly wanted: string | undefined;
  readonly found: string | undefined;
}

export function judgeIssuer({ wanted, found }: IssuerFacts): readonly Verdict[] {
  return found === wanted
    ? [ok("the cluster that answers is the one that EKS describes")]
    : [
        error(
          `another cluster answers: its issuer is ${found ?? "none"}, and EKS says ${wanted ?? "none"}; what is said of objects below is of that one. Give another --kubeconfig or --context`,
        ),
      ];
}

export const SAME_CLUSTER_CHECKS = [
  check(
    "same-cluster",
    async ({ ask, kubernetes }): Promise<IssuerFacts> => ({
      wanted: (await ask(eksCluster)).oidcIssuer,
      found: await issuerOf(kubernetes),
    }),
    judgeIssuer,
  ),
];
