import type { Construct } from "constructs";
import { Token } from "cdktf";
import type { AcknowledgedWarningsProps } from "./inputs/acknowledged-warnings";
import { warn } from "./inputs/acknowledged-warnings";
import { DEFAULT_KARPENTER_VERSION, endOfSupport, minorVersionOf } from "./versions";

/** Warns at synth of a release without support; for a release known only to Terraform, a check of the root module does. */
export function warnOfEndOfSupport(
  construct: Construct,
  props: AcknowledgedWarningsProps & { readonly karpenterVersion?: string },
): void {
  const version = props.karpenterVersion ?? DEFAULT_KARPENTER_VERSION;
  const { minorVersion, support } = minorVersionOf(version);
  if (!Token.isUnresolved(version) && support === "ended") {
    warn(construct, [{ id: "karpenter-end-of-support", text: endOfSupport(minorVersion) }], props);
  }
}
