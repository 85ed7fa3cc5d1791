import type { NodeClass } from "../../lib/node-objects/node-class";
import { minorVersionOf, NEWEST_AMI_ALIAS } from "../../lib/versions";

/**
 * Amazon Linux as the two older setups have it: the newest of its second edition. From Karpenter 1.0 on an alias can
 * name a release, and then it does, of the edition that is still made.
 */
export function amazonLinux(karpenterVersion: string): Pick<NodeClass, "amiAlias" | "allowLatestAmi"> {
  return minorVersionOf(karpenterVersion).apiVersion === "v1"
    ? { amiAlias: NEWEST_AMI_ALIAS }
    : { amiAlias: "al2@latest", allowLatestAmi: true };
}
