import type { NodeClass } from "../../lib/node-objects/node-class";
import { minorVersionOf } from "../../lib/versions";

/** The release of AMIs that today's form of a setup pins. */
const PINNED = "al2023@v20251108";

/**
 * Amazon Linux as the two older setups have it: the newest of its second edition. From Karpenter 1.0 on an alias can
 * name a release, and then it does, of the edition that is still made.
 */
export function amazonLinux(karpenterVersion: string): Pick<NodeClass, "amiAlias" | "allowLatestAmi"> {
  return minorVersionOf(karpenterVersion).apiVersion === "v1"
    ? { amiAlias: PINNED }
    : { amiAlias: "al2@latest", allowLatestAmi: true };
}
