import { Construct } from "constructs";
import { Annotations, Token } from "cdktf";
import { DEFAULT_KARPENTER_VERSION, endOfSupport, minorVersionOf } from "./versions";

/** Warns at synth of a release whose minor version gets no fixes any more; of one that only Terraform knows, the root module does. */
export function warnOfEndOfSupport(construct: Construct, version: string = DEFAULT_KARPENTER_VERSION): void {
  const { minorVersion, support } = minorVersionOf(version);
  if (!Token.isUnresolved(version) && support === "ended") {
    Annotations.of(construct).addWarning(endOfSupport(minorVersion));
  }
}
