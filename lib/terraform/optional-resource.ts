import type { IResolvable, TerraformDataSource, TerraformResource } from "cdktf";
import { TerraformCount, Token, ref } from "cdktf";
import type { Toggle } from "./expression";
import { tf, tfList, tfString } from "./expression";

/**
 * A resource that exists or not, by a condition.
 *
 * Known at synth, it is a plain resource or no resource. Decided by Terraform, it carries `count`, and what refers to it
 * goes through `one(…[*].x)`: a bare reference to a counted resource is refused by Terraform.
 */
export class OptionalResource<T extends TerraformResource | TerraformDataSource> {
  private readonly resource: T | undefined;

  /**
   * @param condition whether there is one
   * @param create makes the resource; what it is given goes to the resource's `count`
   */
  constructor(
    public readonly condition: Toggle,
    create: (count: TerraformCount | undefined) => T,
  ) {
    this.resource = condition === false ? undefined : create(countOf(condition));
  }

  /** An attribute of the resource, or `otherwise` (null by default) where there is none. */
  public attribute(name: string, otherwise?: unknown): string {
    if (this.resource === undefined) {
      return otherwise === undefined ? Token.asString(tf`null`) : (otherwise as string);
    }
    if (this.condition === true) {
      return this.resource.getStringAttribute(name);
    }
    const found = tf`one(${this.resource.fqn}[*].${ref(name)})`;
    return otherwise === undefined ? Token.asString(found) : tfString`${this.condition} ? ${found} : ${otherwise}`;
  }

  /** The resources to name in another one's `dependsOn`. */
  public get dependables(): T[] {
    return this.resource === undefined ? [] : [this.resource];
  }
}

/** The `count` of a resource that exists by a condition: none where it is known to exist. */
export function countOf(condition: Toggle): TerraformCount | undefined {
  return typeof condition === "boolean" ? undefined : TerraformCount.of(Token.asNumber(tf`${condition} ? 1 : 0`));
}

/** Both conditions hold, decided at synth as far as they are known. */
export function both(a: Toggle, b: Toggle): Toggle {
  if (typeof a === "boolean") {
    return a ? b : false;
  }
  if (typeof b === "boolean") {
    return b ? a : false;
  }
  return tf`${a} && ${b}`;
}

/** The condition does not hold. */
export function not(a: Toggle): Toggle {
  return typeof a === "boolean" ? !a : tf`!${a}`;
}

/** One of two values, decided at synth when the condition is known. */
export function choose<A, B>(condition: Toggle, yes: A, no: B): A | B | IResolvable {
  return typeof condition === "boolean" ? (condition ? yes : no) : tf`${condition} ? ${yes} : ${no}`;
}

/** Whether a string is the given one, decided at synth when it is known. */
export function equals(value: string, wanted: string): Toggle {
  return Token.isUnresolved(value) ? tf`${value} == ${wanted}` : value === wanted;
}

/** Whether an optional value was given; one that only Terraform knows may still be null. */
export function isGiven(value: string | undefined): Toggle {
  return Token.isUnresolved(value) ? tf`${value} != null` : value !== undefined;
}

/** An optional text, or another where it is not given; one that only Terraform knows may still be null. */
export function textOr(value: string | undefined, otherwise: string): string {
  return Token.isUnresolved(value) ? tfString`coalesce(${value}, ${otherwise})` : (value ?? otherwise);
}

/** Whether an optional list has any item. */
export function hasItems(list: readonly string[] | undefined): Toggle {
  return Token.isUnresolved(list) ? tf`length(${list}) > 0` : (list ?? []).length > 0;
}

/** An optional value as a list of none or one. */
export function zeroOrOne(value: string | undefined): string[] {
  if (value === undefined) {
    return [];
  }
  return Token.isUnresolved(value) ? tfList`compact([${value}])` : [value];
}
