/** The words of refusals, for synth and for Terraform alike: paths, values and releases may be parts of a template. */
import { RuleText } from "./rule";
import { isBounded, VersionBounds } from "../versions/version-bounds";
import { Size } from "./field";

/** What something that has a name must be. */
export const AN_OBJECT = "an object; leave its name out where there is to be none";

/** What a rule allows, and the way out; one of some minor versions says of which release it speaks. */
export function saying(rule: RuleText & VersionBounds, release?: string): string {
  const ofRelease = isBounded(rule) && release !== undefined ? ` with Karpenter ${release}` : "";
  return `${rule.allowed}${ofRelease}; ${rule.remedy}`;
}

/** What an enum allows. */
export function oneOfThese(allowed: readonly string[]): string {
  return `one of ${allowed.map((value) => `"${value}"`).join(", ")}`;
}

/** A field that is given and should not be. */
export function given(path: string, { why, remedy }: OtherVersions): string {
  return `"${path}" is given, but must be left out ${why}; leave it out, or ${remedy}`;
}

/** A value that is right in other minor versions. */
export function unknownValue(path: string, value: string, { why, remedy }: OtherVersions): string {
  return `"${path}" is ${value}, but must be another ${why}; take another, or ${remedy}`;
}

/** A name that is right in other minor versions. */
export function unknownName(path: string, name: string, { why, remedy }: OtherVersions): string {
  return `"${path}" has the name ${name}, but a name must be another ${why}; take another, or ${remedy}`;
}

/** A value that is there twice. */
export function repeated(path: string, value: string): string {
  return `"${path}" is ${value} again, but must be there once; leave it out`;
}

/** A number of entries that there must not be. */
export function sizeText(path: string, count: string, of: string, { min = 0, max }: Size): string {
  const allowed = max === undefined ? `at least ${min}` : min > 0 ? `${min} to ${max}` : `at most ${max}`;
  return `"${path}" has ${count} ${of}, but must have ${allowed}; ${min > 0 ? "correct how many there are" : "leave some out"}`;
}

interface OtherVersions {
  readonly why: string;
  readonly remedy: string;
}

/** Why a release does not have something, and which ones do. */
export function otherVersions({ since, until }: VersionBounds, release: string, versionName: string): OtherVersions {
  return until === undefined
    ? {
        why: `with Karpenter ${release}, which does not know it`,
        remedy: `set "${versionName}" to a release from ${since} on`,
      }
    : {
        why: `with Karpenter ${release}, which no longer knows it`,
        remedy: `set "${versionName}" to a release before ${until}`,
      };
}
