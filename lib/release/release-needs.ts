import type { Construct } from "constructs";
import type { IResolvable } from "cdktf";
import { DefaultTokenResolver, StringConcat, TerraformLocal, TerraformStack, Token, Tokenization } from "cdktf";
import type { Toggle } from "../terraform/expression";
import { tf } from "../terraform/expression";
import type { MinorVersion } from "../versions/minor-version";
import { DEFAULT_KARPENTER_VERSION, minorVersionOf, MINOR_VERSIONS_AT_PLAN } from "../versions/karpenter-version";

const MINOR = "karpenter-minor";

const resolver = new DefaultTokenResolver(new StringConcat());

/** Something that a release needs, and whether it is this release that does. */
export interface Need<T> {
  readonly name: string;
  readonly value: T;
  readonly condition: Toggle;
  /** Which minor versions need it, in words, where only Terraform knows the release and not all of them do. */
  readonly versions?: string;
}

/**
 * What the chosen release of Karpenter needs.
 *
 * Release known at synth: the values of its minor version. Known only to Terraform: the union over all minor versions from
 * 1.0 on, one entry per distinct value, each with the condition that the release is of a minor version that has the value.
 */
export class ReleaseNeeds {
  private minor?: MinorNumber;

  /** @param version the release, the default's where none is given */
  constructor(
    private readonly scope: Construct,
    private readonly version: string = DEFAULT_KARPENTER_VERSION,
  ) {}

  /** Things that minor versions have by name. */
  public of<T>(things: (minorVersion: MinorVersion) => Readonly<Record<string, T>>): readonly Need<T>[] {
    if (!Token.isUnresolved(this.version)) {
      const entries = Object.entries(things(minorVersionOf(this.version)));
      return entries.map(([name, value]) => ({ name, value, condition: true }));
    }
    const names = new Set(
      [...MINOR_VERSIONS_AT_PLAN].reverse().flatMap((minorVersion) => Object.keys(things(minorVersion))),
    );
    return [...names].flatMap((name) =>
      this.variants(name, (minorVersion) => things(minorVersion)[name] as T | undefined),
    );
  }

  private variants<T>(name: string, valueOf: (minorVersion: MinorVersion) => T | undefined): Need<T>[] {
    const variants = new Map<string, { value: T; minorVersions: MinorVersion[] }>();
    for (const minorVersion of MINOR_VERSIONS_AT_PLAN) {
      const value = valueOf(minorVersion);
      if (value !== undefined) {
        const key = JSON.stringify(value);
        variants.set(key, { value, minorVersions: [...(variants.get(key)?.minorVersions ?? []), minorVersion] });
      }
    }
    return [...variants.values()].map(({ value, minorVersions }) => ({
      name,
      value,
      condition: this.isOneOf(minorVersions),
      ...(minorVersions.length === MINOR_VERSIONS_AT_PLAN.length ? {} : { versions: inWords(minorVersions) }),
    }));
  }

  /** Whether the release is of one of these minor versions, some that Terraform may be given. */
  public isOneOf(minorVersions: readonly MinorVersion[]): Toggle {
    if (minorVersions.length === MINOR_VERSIONS_AT_PLAN.length) {
      return true;
    }
    return runsOf(minorVersions)
      .map(([first, last]) => this.isWithin(first, last))
      .reduce((one, other) => tf`${one} || ${other}`);
  }

  private isWithin(first: MinorVersion, last: MinorVersion): IResolvable {
    const [from, to] = [minorNumber(first), minorNumber(last)];
    const minor = this.minorNumber();
    if (first === last && last !== MINOR_VERSIONS_AT_PLAN.at(-1)) {
      return tf`${minor} == ${from}`;
    }
    if (first === MINOR_VERSIONS_AT_PLAN[0]) {
      return tf`${minor} <= ${to}`;
    }
    return last === MINOR_VERSIONS_AT_PLAN.at(-1)
      ? tf`${minor} >= ${from}`
      : tf`${minor} >= ${from} && ${minor} <= ${to}`;
  }

  /** The release's minor version: a local of the stack, or of the construct where the stack has one of another release. */
  private minorNumber(): IResolvable {
    const stack = TerraformStack.of(this.scope);
    const found = stack.node.tryFindChild(MINOR) as MinorNumber | undefined;
    this.minor ??=
      found?.isOf(this.version) === true ? found : new MinorNumber(found ? this.scope : stack, this.version);
    return tf`${this.minor.asString}`;
  }
}

/** Minor versions as runs of ones that follow each other, each by its first and its last. */
function runsOf(minorVersions: readonly MinorVersion[]): (readonly [MinorVersion, MinorVersion])[] {
  const isNext = (before: MinorVersion | undefined, next: MinorVersion): boolean =>
    before !== undefined && MINOR_VERSIONS_AT_PLAN.indexOf(next) === MINOR_VERSIONS_AT_PLAN.indexOf(before) + 1;
  const firsts = minorVersions.filter((each, index) => !isNext(minorVersions[index - 1], each));
  const lasts = minorVersions.filter((each, index) => !isNext(each, minorVersions[index + 1]));
  return firsts.map((first, index) => [first, lasts[index]]);
}

/** `since Karpenter 1.3, until and including 1.8`; what holds from the oldest or up to the newest has no such end. */
function inWords(minorVersions: readonly MinorVersion[]): string {
  const runs = runsOf(minorVersions).map(([first, last]) =>
    [
      first === MINOR_VERSIONS_AT_PLAN[0] ? "" : `since Karpenter ${first.minorVersion}`,
      last === MINOR_VERSIONS_AT_PLAN.at(-1) ? "" : `until and including ${last.minorVersion}`,
    ]
      .filter((part) => part !== "")
      .join(", "),
  );
  return runs.join("; again ");
}

/** The minor version of a release that only Terraform knows. */
class MinorNumber extends TerraformLocal {
  constructor(
    scope: Construct,
    private readonly release: string,
  ) {
    super(scope, MINOR, tf`tonumber(split(".", ${release})[1])`);
  }

  /** Whether this is the same release, in whatever token it comes. */
  public isOf(release: string): boolean {
    const written = (value: string): unknown => Tokenization.resolve(value, { scope: this, resolver });
    return written(this.release) === written(release);
  }
}

/** `14` of the minor version `1.14`. */
function minorNumber({ minorVersion }: MinorVersion): number {
  return Number(minorVersion.split(".")[1]);
}
