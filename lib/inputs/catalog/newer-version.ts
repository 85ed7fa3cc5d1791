import type { Construct } from "constructs";
import { Token } from "cdktf";
import type { AcknowledgedWarningsProps } from "../acknowledged-warnings";
import { warn } from "../acknowledged-warnings";
import type { CrossRule } from "../cross-rule";
import { predicate } from "../predicate";
import { isAlreadyChecked } from "../problems";
import { DEFAULT_KARPENTER_VERSION, isOfNewerMinorVersion, NEWEST_MINOR_VERSION } from "../../versions";
import { isNewerAtPlan } from "./karpenter-version";

/** The word by which a user takes a release that this project knows nothing of. */
export interface NewerVersionProps {
  /**
   * Whether a release of a newer minor version than this project knows may be taken: it is treated as the newest known one,
   * with a warning. What is new in it is missing from permissions, settings and checks. Another major version is refused
   * all the same.
   *
   * @default false
   */
  readonly allowNewerKarpenterVersion?: boolean;
}

/** A newer minor version may need what nobody here has read, so only its user can say that it should be tried. */
export const newerVersionRules: readonly CrossRule[] = [
  {
    refusal:
      '"{karpenterVersion}" is <karpenterVersion>, but must be a release of a minor version that is known here, up to ' +
      `${NEWEST_MINOR_VERSION.minorVersion}; take "${DEFAULT_KARPENTER_VERSION}", or set "{allowNewerKarpenterVersion}" to true ` +
      `to have it treated as ${NEWEST_MINOR_VERSION.minorVersion}`,
    condition: predicate(
      ({ karpenterVersion, allowNewerKarpenterVersion }) =>
        allowNewerKarpenterVersion === true || !isOfNewerMinorVersion(String(karpenterVersion)),
      (at) => `${at("allowNewerKarpenterVersion")} || !${isNewerAtPlan(at("karpenterVersion"))}`,
    ),
  },
];

/** What is told of a release of a newer minor version. */
export function newerVersion(release: string): string {
  return (
    `Karpenter ${release} is newer than this project, and treated as ${NEWEST_MINOR_VERSION.minorVersion}: what is new in it ` +
    "is missing from permissions, settings and checks; update this project once it knows that release"
  );
}

/** Warns at synth of a release that is newer than this project, once: a part leaves it to what it is a part of. */
export function warnOfNewerVersion(
  construct: Construct,
  props: NewerVersionProps & AcknowledgedWarningsProps & { readonly karpenterVersion?: string },
): void {
  const { karpenterVersion: release, allowNewerKarpenterVersion: isAllowed } = props;
  if (release !== undefined && !Token.isUnresolved(release) && isOfNewerMinorVersion(release) && isAllowed === true) {
    if (!isAlreadyChecked(props)) {
      warn(construct, [{ id: "karpenter-newer-version", text: newerVersion(release) }], props);
    }
  }
}
