import { Construct } from "constructs";
import {
  DefaultTokenResolver,
  IResolvable,
  StringConcat,
  TerraformLocal,
  TerraformStack,
  Token,
  Tokenization,
} from "cdktf";
import { Condition, tf } from "../terraform/expression";
import { KarpenterLine } from "./karpenter-line";
import { DEFAULT_KARPENTER_VERSION, karpenterLine, LINES_AT_PLAN } from "./karpenter-version";

const MINOR = "karpenter-minor";

const resolver = new DefaultTokenResolver(new StringConcat());

/** Something that a release needs, and whether it is this release that does. */
export interface Need<T> {
  readonly name: string;
  readonly value: T;
  readonly condition: Condition;
}

/**
 * What the chosen release of Karpenter needs.
 *
 * Of a release that is known at synth, that is what its line says. Of one that only Terraform knows, it is what every line
 * from 1.0 on says, once for each different value and on the condition that the release is of one of its lines.
 */
export class ReleaseNeeds {
  private minor?: MinorNumber;

  /** @param version the release, the default's where none is given */
  constructor(
    private readonly scope: Construct,
    private readonly version: string = DEFAULT_KARPENTER_VERSION,
  ) {}

  /** Things that lines have by name. */
  public of<T>(things: (line: KarpenterLine) => Readonly<Record<string, T>>): readonly Need<T>[] {
    if (!Token.isUnresolved(this.version)) {
      const ofLine = Object.entries(things(karpenterLine(this.version)));
      return ofLine.map(([name, value]) => ({ name, value, condition: true }));
    }
    const names = new Set([...LINES_AT_PLAN].reverse().flatMap((line) => Object.keys(things(line))));
    return [...names].flatMap((name) => this.variants(name, (line) => things(line)[name] as T | undefined));
  }

  private variants<T>(name: string, valueOf: (line: KarpenterLine) => T | undefined): Need<T>[] {
    const variants = new Map<string, { value: T; lines: KarpenterLine[] }>();
    for (const line of LINES_AT_PLAN) {
      const value = valueOf(line);
      if (value !== undefined) {
        const key = JSON.stringify(value);
        variants.set(key, { value, lines: [...(variants.get(key)?.lines ?? []), line] });
      }
    }
    return [...variants.values()].map(({ value, lines }) => ({ name, value, condition: this.isOneOf(lines) }));
  }

  /** Whether the release is of one of these lines, some that Terraform may be given. */
  public isOneOf(lines: readonly KarpenterLine[]): Condition {
    if (lines.length === LINES_AT_PLAN.length) {
      return true;
    }
    const runs: KarpenterLine[][] = [];
    for (const line of lines) {
      const run = runs.at(-1);
      const follows =
        run !== undefined && LINES_AT_PLAN.indexOf(line) === LINES_AT_PLAN.indexOf(run[run.length - 1]) + 1;
      if (follows) {
        run.push(line);
      } else {
        runs.push([line]);
      }
    }
    return runs.map((run) => this.isWithin(run[0], run[run.length - 1])).reduce((one, other) => tf`${one} || ${other}`);
  }

  private isWithin(first: KarpenterLine, last: KarpenterLine): IResolvable {
    const [from, to] = [minorNumber(first), minorNumber(last)];
    const minor = this.minorNumber();
    if (first === last && last !== LINES_AT_PLAN.at(-1)) {
      return tf`${minor} == ${from}`;
    }
    if (first === LINES_AT_PLAN[0]) {
      return tf`${minor} <= ${to}`;
    }
    return last === LINES_AT_PLAN.at(-1) ? tf`${minor} >= ${from}` : tf`${minor} >= ${from} && ${minor} <= ${to}`;
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

/** `14` of the line `1.14`. */
function minorNumber({ line }: KarpenterLine): number {
  return Number(line.split(".")[1]);
}
